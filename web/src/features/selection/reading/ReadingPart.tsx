import { Button, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StaffReviews } from '../../../../../src/contracts/selection/assignment';
import type { Juror } from '../../../../../src/contracts/selection/jurors';
import type { Step } from '../../../../../src/contracts/selection/steps';
import { Empty } from '../../../ui/page/Empty';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { WordsField } from '../../../ui/page/Found';
import { type OfCall, useJurors, useReading } from '../queries';
import classes from '../selection.module.css';
import { AssignPanel } from './AssignPanel';
import { FileReaders } from './FileReaders';
import { counts, foundIn, type Shown } from './reading';

const FIRST = 40;
const SHOWN = ['all', 'few', 'open'] as const satisfies Shown[];

interface ReadingPartProps {
  of: OfCall;
  step: Step;
  onJurors: () => void;
}

/** Who reads what: shared out by the solver, changed by hand, each file with how far its jurors are. */
export function ReadingPart({ of, step, onJurors }: ReadingPartProps) {
  const { t } = useTranslation('selection');
  const jurors = useJurors(of, step.id).data?.items;
  const query = useReading(of, step.id);
  const readers = jurors?.filter(({ state }) => state !== 'left') ?? [];
  return (
    <div className={classes.reading}>
      <div>
        <QueryBoundary query={query} ns="selection">
          {({ files }) =>
            files.length === 0 ? (
              <Empty title={t(step.number === 1 ? 'reading.none' : 'reading.noneChosen')}>
                {t(step.number === 1 ? 'reading.noneBody' : 'reading.noneChosenBody')}
              </Empty>
            ) : (
              <Files {...{ of, step, files, jurors: jurors ?? [] }} />
            )
          }
        </QueryBoundary>
      </div>
      <aside>
        <AssignPanel {...{ of, step, readers: readers.length, onJurors }} files={query.data?.files.length ?? 0} />
      </aside>
    </div>
  );
}

interface FilesProps {
  of: OfCall;
  step: Step;
  files: StaffReviews['files'];
  jurors: readonly Juror[];
}

function Files({ of, step, files, jurors }: FilesProps) {
  const { t } = useTranslation('selection');
  const [words, setWords] = useState('');
  const [shown, setShown] = useState<Shown>('all');
  const [most, setMost] = useState(FIRST);
  const so = counts(files);
  const found = foundIn(files, jurors, { words, shown });
  return (
    <>
      <div className="row wrap">
        <WordsField
          className={classes.search}
          label={t('reading.search')}
          hint={t('reading.searchHint')}
          typed={words}
          onType={setWords}
        />
        <SegmentedControl
          aria-label={t('reading.shown')}
          value={shown}
          onChange={(value) => setShown(value)}
          data={SHOWN.map((value) => ({ value, label: t(`reading.only.${value}`, { count: so[value] }) }))}
        />
      </div>
      {found.length === 0 && <p className="t2 mt16">{t('reading.nothing')}</p>}
      <ul className="list tight mt8" aria-label={t('parts.reading')}>
        {found.slice(0, most).map((file) => (
          <FileReaders key={file.applicationId} {...{ of, step, file, jurors }} />
        ))}
      </ul>
      {found.length > most && (
        <Button mt="md" onClick={() => setMost(most + FIRST)}>
          {t('common:more')}
        </Button>
      )}
    </>
  );
}
