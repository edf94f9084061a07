import { Button, NumberInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Assigned } from '../../../../../src/contracts/selection/assignment';
import type { Step } from '../../../../../src/contracts/selection/steps';
import { isProblem } from '../../../api/problem';
import { Panel } from '../../../ui/page/Panel';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { Notice } from '../../../ui/page/State';
import { type OfCall, useReadingActs } from '../queries';

interface AssignPanelProps {
  of: OfCall;
  step: Step;
  files: number;
  readers: number;
  onJurors: () => void;
}

/** Shares the files out among the jurors, and says in words how it came out. What was begun, or set by hand, stays. */
export function AssignPanel({ of, step, files, readers, onJurors }: AssignPanelProps) {
  const { t } = useTranslation('selection');
  const { assign } = useReadingActs(of);
  const [perFile, setPerFile] = useState(2);
  const [most, setMost] = useState<number | null>(null);
  // As many as it takes when all read alike.
  const needed = readers === 0 ? 0 : Math.ceil((files * perFile) / readers);
  const perJuror = most ?? Math.max(needed + 1, 1);
  const act = useMutation({
    mutationFn: () => assign({ step: step.id, perFile, perJuror }),
  });
  const tooFew = isProblem(act.error, 'too_few_jurors') ? act.error.extras : null;
  return (
    <Panel title={t('assign.title')}>
      <p className="t2 mt4">{t('assign.what')}</p>
      {readers === 0 ? (
        <p className="mt12">
          {t('assign.noJurors')}{' '}
          <button type="button" className="link" onClick={onJurors}>
            {t('jurors.invite')}
          </button>
        </p>
      ) : (
        <form
          className="stackv g12 mt12"
          onSubmit={(event) => {
            event.preventDefault();
            act.mutate();
          }}
        >
          <NumberInput
            label={t('assign.perFile')}
            min={1}
            max={10}
            allowDecimal={false}
            clampBehavior="strict"
            value={perFile}
            onChange={(value) => setPerFile(typeof value === 'number' ? value : 1)}
          />
          <NumberInput
            label={t('assign.perJuror')}
            description={t('assign.needed', { files, readers, needed })}
            min={1}
            max={2000}
            allowDecimal={false}
            clampBehavior="strict"
            value={perJuror}
            onChange={(value) => setMost(typeof value === 'number' ? value : null)}
          />
          {tooFew !== null ? (
            <Notice tone="alert">
              {Number(tooFew.jurors) < perFile
                ? t('assign.fewerThanEach', { jurors: Number(tooFew.jurors), each: perFile })
                : t('assign.tooFew', { lacking: Number(tooFew.needed) - Number(tooFew.places) })}
            </Notice>
          ) : (
            <ProblemAlert error={act.error} ns="selection" />
          )}
          <Button
            type="submit"
            variant="filled"
            loading={act.isPending}
            disabled={!step.abilities.assign || files === 0}
          >
            {t('assign.act')}
          </Button>
          {!step.abilities.assign && <p className="t2 xs">{t('assign.notNow')}</p>}
        </form>
      )}
      <div role="status">{act.data && <Outcome assigned={act.data} />}</div>
    </Panel>
  );
}

/** How it came out: how much each reads, who was kept apart, and which files nobody else may read. */
function Outcome({ assigned: { assigned, added, removed, loads, conflicts, short } }: { assigned: Assigned }) {
  const { t } = useTranslation('selection');
  const sizes = loads.map(({ files }) => files);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  return (
    <div className="stackv g8 mt16">
      <Notice tone={short.length === 0 ? 'ok' : 'wait'}>
        <p className="med">{t('assign.done', { assigned, added, removed })}</p>
        {sizes.length > 0 && (
          <p className="mt4">
            {least === most ? t('assign.alike', { count: most }) : t('assign.loads', { least, most })}
          </p>
        )}
        <p className="mt4">{t('assign.conflicts', { count: conflicts })}</p>
        {short.length > 0 && <p className="mt4">{t('assign.short', { count: short.length })}</p>}
      </Notice>
      {short.length > 0 && (
        <ul className="stackv g4">
          {short.map(({ applicationId, number, jurors }) => (
            <li key={applicationId}>{t('assign.shortOne', { number, count: jurors })}</li>
          ))}
        </ul>
      )}
      {loads.length > 0 && (
        <details>
          <summary>{t('assign.each')}</summary>
          <ul className="stackv g4 mt8">
            {loads.map(({ jurorId, name, files }) => (
              <li key={jurorId} className="row">
                <span className="grow">{name}</span>
                <span className="t2">{files}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
