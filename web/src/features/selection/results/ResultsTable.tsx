import { Checkbox } from '@mantine/core';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../../../../../src/contracts/calls/calls';
import type { InBoth } from '../../../../../src/contracts/calls/forms';
import type { Result, Strictness } from '../../../../../src/contracts/selection/results';
import type { Step } from '../../../../../src/contracts/selection/steps';
import { said } from '../../apply/call/timing';
import { useLocale } from '../../../time/clock';
import type { OfCall } from '../queries';
import { mayChoose } from './choice';
import { Axis } from './DotPlot';
import { ResultRow } from './ResultRow';
import classes from './results.module.css';

interface ResultsTableProps {
  of: OfCall;
  call: Call;
  step: Step;
  results: readonly Result[];
  scale: readonly InBoth[];
  jurors: readonly Strictness[];
  by: 'levelled' | 'raw';
  line: number | undefined;
  lineCutsTie: boolean;
  picked: ReadonlySet<string>;
  onChoose: (ids: readonly string[], isChosen: boolean) => void;
}

/** One row for each file, by rank, with the line of so many that are chosen. */
export function ResultsTable(props: ResultsTableProps) {
  const { of, call, step, results, scale, jurors, by, line, lineCutsTie, picked, onChoose } = props;
  const { t } = useTranslation('selection');
  const locale = useLocale();
  const [open, setOpen] = useState<string | null>(null);
  const ids = results.filter(mayChoose).map(({ applicationId }) => applicationId);
  const words = [scale[0], scale.at(-1)].map((word) => (word ? said(word, locale) : ''));
  return (
    <div className={classes.scroll} role="group" aria-label={t('results.table')} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">
              <Checkbox
                aria-label={t('results.all')}
                checked={ids.length > 0 && ids.every((id) => picked.has(id))}
                indeterminate={ids.some((id) => picked.has(id)) && !ids.every((id) => picked.has(id))}
                onChange={(event) => onChoose(ids, event.currentTarget.checked)}
              />
            </th>
            <th scope="col" className={classes.number}>
              {t('results.rank')}
            </th>
            <th scope="col">{t('results.file')}</th>
            <th scope="col" className={classes.number}>
              {t('results.mean')}
            </th>
            <th scope="col" className={classes.plot} title={t('results.scale', { low: words[0], high: words[1] })}>
              <span className={classes.unseen}>{t('results.plotHead')}</span>
              <Axis top={scale.length} />
            </th>
            <th scope="col" className={`${classes.number} ${classes.less}`}>
              {t('results.spread')}
            </th>
            <th scope="col">{t('results.verdicts')}</th>
            <th scope="col">
              <span className={classes.unseen}>{t('results.notes')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {results.map((result, at) => (
            <Fragment key={result.applicationId}>
              <ResultRow
                {...{ of, call, step, result, by, jurors }}
                top={scale.length}
                isChosen={picked.has(result.applicationId)}
                isOpen={open === result.applicationId}
                isLast={line === at + 1}
                onChoose={(isChosen) => onChoose([result.applicationId], isChosen)}
                onOpen={(isOpen) => setOpen(isOpen ? result.applicationId : null)}
              />
              {line === at + 1 && (
                <tr className={classes.lineAt}>
                  <td colSpan={8}>{t(lineCutsTie ? 'results.lineCuts' : 'results.lineEnds', { count: line })}</td>
                </tr>
              )}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}
