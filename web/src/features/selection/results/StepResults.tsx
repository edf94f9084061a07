import { Button, NumberInput, SegmentedControl } from '@mantine/core';
import { IconAdjustments } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../../../../../src/contracts/calls/calls';
import type { Step } from '../../../../../src/contracts/selection/steps';
import { oneOf } from '../../../shell/address';
import { useLocale } from '../../../time/clock';
import { Icon } from '../../../ui/Icon';
import { Empty } from '../../../ui/page/Empty';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { RowSkeleton } from '../../../ui/page/RowSkeleton';
import { said } from '../../apply/call/timing';
import { type OfCall, type ResultsAsked, useResults } from '../queries';
import { useAsked } from '../useAsked';
import { mayChoose } from './choice';
import { ChosenBar } from './ChosenBar';
import { weightsText } from './plot';
import classes from './results.module.css';
import { ResultsTable } from './ResultsTable';
import { StrictList } from './StrictList';
import { Weights } from './Weights';

interface StepResultsProps {
  of: OfCall;
  call: Call;
  step: Step;
  next: Step | undefined;
  /** What is done with all of it. */
  act: ReactNode;
}

const BY = ['levelled', 'raw'] as const;
const ONLY = ['wide', 'ties'] as const;
const MOST_LINE = 2_000;

/** The table of results with what one looks at it by; beside it how strict each juror is, and what other weights would do. */
export function StepResults({ of, call, step, next, act }: StepResultsProps) {
  const { t } = useTranslation('selection');
  const locale = useLocale();
  const { asked, ask } = useAsked('results');
  const line = Number(asked.line);
  const so: ResultsAsked = {
    scores: oneOf(BY, asked.scores) ?? 'levelled',
    ...(asked.craft && { craft: asked.craft }),
    ...(oneOf(ONLY, asked.only) && { only: oneOf(ONLY, asked.only) }),
    ...(Number.isInteger(line) && line >= 1 && line <= MOST_LINE && { line }),
    ...(asked.weights && { weights: asked.weights }),
  };
  const query = useResults(of, step.id, so);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [tries, setTries] = useState(asked.weights !== undefined);
  const first = query.data?.pages[0];
  if (query.error && !first)
    return (
      <div className="mt16">
        <ProblemAlert error={query.error} ns="selection" onRetry={() => void query.refetch()} />
      </div>
    );
  if (!first) return <RowSkeleton rows={8} />;
  const { counts, crafts, criteria, scale, jurors, lineCutsTie, moves, total } = first;
  const results = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const chosen = results.filter((one) => picked.has(one.applicationId) && mayChoose(one));
  const choose = (ids: readonly string[], isChosen: boolean) =>
    setPicked((before) => new Set(isChosen ? [...before, ...ids] : [...before].filter((id) => !ids.includes(id))));
  const isLoadedTo = (so.line ?? 0) <= results.length || results.length === total;
  const toLine = isLoadedTo ? results.slice(0, so.line ?? 0).filter(mayChoose) : [];
  const isFiltered = so.craft !== undefined || so.only !== undefined;
  if (counts.files === 0 && !isFiltered) return <Empty title={t('results.noFiles')}>{t('results.noFilesBody')}</Empty>;
  if (counts.submitted === 0 && !isFiltered)
    return <Empty title={t('results.nothingIn')}>{t('results.nothingInBody')}</Empty>;
  return (
    <>
      <div className="row wrap between mt12">
        <p className="t2">{t('results.lead', counts)}</p>
        {act}
      </div>
      <div className={classes.asking}>
        {crafts.length > 1 && (
          <SegmentedControl
            aria-label={t('results.craft')}
            value={so.craft ?? ''}
            onChange={(craft) => ask({ craft: craft || undefined })}
            data={[
              { value: '', label: t('results.allCrafts') },
              ...crafts.map(({ key, name }) => ({ value: key, label: said(name, locale) || key })),
            ]}
          />
        )}
        <SegmentedControl
          aria-label={t('results.by')}
          value={so.scores ?? 'levelled'}
          onChange={(scores) => ask({ scores: scores === 'levelled' ? undefined : scores })}
          data={BY.map((value) => ({ value, label: t(`results.scores.${value}`) }))}
        />
        {ONLY.map((one) => (
          <Button
            key={one}
            aria-pressed={so.only === one}
            data-pressed={so.only === one}
            className={classes.toggle}
            onClick={() => ask({ only: so.only === one ? undefined : one })}
          >
            {t(`results.only.${one}`)}
            <span className={`num ${classes.count}`}>{counts[one].toLocaleString(locale)}</span>
          </Button>
        ))}
        <Button
          aria-expanded={tries}
          leftSection={<Icon of={IconAdjustments} size={16} />}
          onClick={() => {
            if (tries) ask({ weights: undefined });
            setTries(!tries);
          }}
        >
          {t(tries ? 'weights.end' : 'weights.try')}
        </Button>
        <label className={classes.line}>
          <span>{t('results.line')}</span>
          <NumberInput
            aria-label={t('results.line')}
            w={88}
            min={1}
            max={MOST_LINE}
            allowDecimal={false}
            value={so.line ?? ''}
            onChange={(value) => ask({ line: typeof value === 'number' && value >= 1 ? String(value) : undefined })}
          />
        </label>
      </div>
      {tries && (
        <Weights
          criteria={criteria}
          weights={so.weights}
          moves={moves}
          line={so.line}
          onTry={(tried) => ask({ weights: weightsText(criteria, tried) || undefined })}
        />
      )}
      <div className="two fold narrow">
        <div>
          {so.line !== undefined && so.only === undefined && toLine.length > 0 && (
            <p className="mt4">
              <button
                type="button"
                className="link"
                onClick={() => setPicked(new Set(toLine.map(({ applicationId }) => applicationId)))}
              >
                {t('results.chooseToLine', { count: toLine.length })}
              </button>
            </p>
          )}
          {results.length === 0 ? (
            <p className="t2">{t('results.nothing')}</p>
          ) : (
            <ResultsTable
              {...{ of, call, step, results, scale, jurors, picked }}
              by={so.scores ?? 'levelled'}
              line={so.only === undefined ? so.line : undefined}
              lineCutsTie={lineCutsTie}
              onChoose={choose}
            />
          )}
          {query.hasNextPage && (
            <Button mt="md" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {t('results.more', { count: total - results.length })}
            </Button>
          )}
          {chosen.length > 0 && <ChosenBar {...{ of, call, chosen, next }} onDone={() => setPicked(new Set())} />}
        </div>
        <aside className="side">
          <StrictList jurors={jurors} />
        </aside>
      </div>
    </>
  );
}
