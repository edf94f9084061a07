import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  MAX_DATES,
  type SeriesPreview,
  type WorkshopSeries,
} from '../../../../../src/contracts/workshops/workshop-series';
import type { Workshop } from '../../../../../src/contracts/workshops/workshops';
import { api } from '../../../api/http';
import { isProblem } from '../../../api/problem';
import { useLocale } from '../../../time/clock';
import { ConfirmDialog } from '../../../ui/confirm';
import { useFieldText } from '../../../ui/forms/form';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { workshopKeys } from '../cache';
import { RepeatEnd, PreviewDate } from '../form/Repeats';
import { isOut, noRepeat, type RepeatValues } from '../form/repeat-values';
import { pathOfSeries, useSeriesActs } from './series';

/** So many dates more are suggested. */
const MORE = 4;

interface LengthenDialogProps {
  workshop: Workshop;
  series: WorkshopSeries;
  onClose: () => void;
}

/** Lets a series go on: until when, or how often in all, and what that adds, each date to be taken out. */
export function LengthenDialog({ workshop, series, onClose }: LengthenDialogProps) {
  const { t } = useTranslation('workshops');
  const acts = useSeriesActs(series.cohortId, series.id);
  const { repeat: rule, dates } = series;
  const [repeat, setRepeat] = useState<RepeatValues>(() => ({
    ...noRepeat(),
    end: rule.until === null ? 'count' : 'until',
    count: Math.min(MAX_DATES, (rule.count ?? dates.length) + MORE),
    until: rule.until ?? '',
  }));
  const set = (change: Partial<RepeatValues>) => setRepeat((before) => ({ ...before, ...change }));
  const end = endOf(repeat);
  // Once it is said, the series is longer before the dialog is gone: asking again what it would add is refused.
  const [isSaid, setSaid] = useState(false);
  const query = useLonger(workshop, series, end, !isSaid);
  const planned = query.data?.dates ?? [];
  const out = planned.filter((date) => isOut(repeat, date)).map(({ date }) => date);
  // What stands there while the next answer is on its way belongs to another end.
  const isReady = end !== null && !query.error && !query.isPlaceholderData && planned.length > out.length;
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('lengthen.ask', { title: workshop.title })}
      act={t('lengthen.act', { count: isReady ? planned.length - out.length : 0 })}
      keep={t('lengthen.keep')}
      danger={false}
      isReady={() => isReady}
      ns="workshops"
      onConfirm={async () => {
        if (!end) return;
        setSaid(true);
        try {
          await acts.lengthen({ ...end, workshopId: workshop.id, edition: series.edition, except: out });
        } catch (refused) {
          setSaid(false);
          throw refused;
        }
      }}
    >
      <p>{t(workshop.status === 'draft' ? 'lengthen.drafts' : 'lengthen.what')}</p>
      <div className="mt16">
        <RepeatEnd repeat={repeat} set={set} error={undefined} count={t('lengthen.count')} />
      </div>
      {query.error ? (
        <Wrong error={query.error} />
      ) : (
        <ul className="list tight mt16">
          {planned.map((date) => (
            <PreviewDate key={date.date} date={date} timeZone={workshop.timeZone} repeat={repeat} set={set} />
          ))}
        </ul>
      )}
    </ConfirmDialog>
  );
}

function Wrong({ error }: { error: Error }) {
  const text = useFieldText('workshops');
  const [wrong] = isProblem(error, 'invalid') ? error.errors : [];
  if (!wrong) return <ProblemAlert error={error} ns="workshops" />;
  return (
    <p role="alert" className="mt16">
      {text(wrong.code, wrong.params)}
    </p>
  );
}

type End = { until: string | null; count: number | null };

/** Null while it is not said to its end. */
function endOf({ end, count, until }: RepeatValues): End | null {
  if (end === 'until') return until === '' ? null : { until, count: null };
  return count === '' ? null : { until: null, count: Number(count) };
}

function useLonger({ id, cohortId }: Workshop, series: WorkshopSeries, end: End | null, isAsked: boolean) {
  const locale = useLocale();
  const body = { ...end, workshopId: id, locale };
  return useQuery({
    queryKey: workshopKeys.preview(cohortId, { ...body, series: series.id, edition: series.edition }),
    queryFn: () => api.post<SeriesPreview>(`${pathOfSeries(cohortId, series.id)}/lengthen/preview`, body),
    enabled: end !== null && isAsked,
    placeholderData: keepPreviousData,
    retry: false,
  });
}
