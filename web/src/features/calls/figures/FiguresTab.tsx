import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Call } from '../../../../../src/contracts/calls/calls';
import type { CallFigures } from '../../../../../src/contracts/calls/figures';
import { useLocale } from '../../../time/clock';
import { saveAsFile } from '../../../ui/forms/save-file';
import { Icon } from '../../../ui/Icon';
import { Empty } from '../../../ui/page/Empty';
import { Group } from '../../../ui/page/Group';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { RowSkeleton } from '../../../ui/page/RowSkeleton';
import { toastProblem } from '../../../ui/toast';
import { figuresAsFile, useFigures } from '../queries';
import { Bars } from './Bars';
import { DayChart } from './DayChart';
import classes from './figures.module.css';

const TOTALS = ['seen', 'begun', 'submitted', 'withdrawn'] as const;

/** What a call comes to in numbers: by day, by what was answered, and how long an answer took. */
export default function FiguresTab({ cohortId, call }: { cohortId: string; call: Call }) {
  const { t } = useTranslation('calls');
  return (
    <QueryBoundary query={useFigures(cohortId, call.id)} loading={<RowSkeleton rows={8} />}>
      {(figures) =>
        figures.totals.begun === 0 && figures.totals.seen === 0 ? (
          <Empty title={t('figures.none')}>{t('figures.noneBody')}</Empty>
        ) : (
          <>
            <div className="row wrap between mt16">
              <Totals figures={figures} />
              <span className="right">
                <AsFile cohortId={cohortId} call={call} />
              </span>
            </div>
            <Group title={t('figures.byDay')}>
              <DayChart figures={figures} />
            </Group>
            <div className={classes.groups}>
              {figures.totals.submitted > 0 && <Answers figures={figures} />}
              {figures.waited.answered > 0 && <Decisions figures={figures} />}
            </div>
            <p className="t2 mt16">{t('figures.small')}</p>
          </>
        )
      }
    </QueryBoundary>
  );
}

function Totals({ figures: { totals } }: { figures: CallFigures }) {
  const { t } = useTranslation('calls');
  const locale = useLocale();
  return (
    <dl className={classes.totals}>
      {TOTALS.map((one) => (
        <div key={one}>
          <dt>{t(`figures.totals.${one}`)}</dt>
          <dd>{totals[one].toLocaleString(locale)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What was handed in, by each question that is answered by one of several. */
function Answers({ figures: { fields } }: { figures: CallFigures }) {
  const { t } = useTranslation('calls');
  const locale = useLocale();
  return fields.map(({ key, label, options, unsaid }) => {
    const cells = options.map((option) => ({ key: option.key, label: option.label[locale], count: option.count }));
    const all = unsaid === 0 ? cells : [...cells, { key: '', label: t('figures.unsaid'), count: unsaid }];
    return <Bars key={key} title={label[locale]} cells={all} />;
  });
}

function Decisions({ figures: { decisions, waited } }: { figures: CallFigures }) {
  const { t } = useTranslation('calls');
  const kinds = (['accepted', 'waiting', 'declined', 'lapsed'] as const).filter(
    (kind) => kind !== 'lapsed' || decisions.lapsed !== 0,
  );
  const cells = kinds.map((kind) => ({
    ...{ key: kind, label: t(`figures.decisions.${kind}`), count: decisions[kind] },
  }));
  return (
    <Bars title={t('figures.decided')} cells={cells}>
      <p className="t2 mt8">{t('figures.waited', { count: waited.days ?? 0, answered: waited.answered })}</p>
    </Bars>
  );
}

/** The same as lines for a spreadsheet. */
function AsFile({ cohortId, call }: { cohortId: string; call: Call }) {
  const { t } = useTranslation('calls');
  const text = useProblemText('calls');
  const save = useMutation({
    mutationFn: () => figuresAsFile(cohortId, call.id),
    // Reading the answer as text takes the mark off by which spreadsheets know UTF-8.
    onSuccess: (csv) => saveAsFile(`${call.slug}-figures.csv`, 'text/csv', `\ufeff${csv}`),
    onError: (error) => toastProblem(text(error)),
  });
  return (
    <Button leftSection={<Icon of={IconDownload} size={16} />} loading={save.isPending} onClick={() => save.mutate()}>
      {t('figures.asFile')}
    </Button>
  );
}
