import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Cohort, Milestone } from '../../../../src/contracts/cohorts/cohorts';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import type { Page } from '../../api/types';
import { useNames } from '../../shell/navigation/names';
import { useLocale } from '../../time/clock';
import { formatFullDate } from '../../time/format';
import { daysTo, standingOf, todayIn } from '../../time/residency';

/** "Week 7 of 44, in phase 1 of 4. Field visits in 16 days." Before the first day, when it starts. */
export function Lead({ cohort, cohortId, now }: { cohort: Cohort | undefined; cohortId: string; now: number }) {
  const { t } = useTranslation('week');
  const names = useNames();
  const locale = useLocale();
  const { data } = useQuery({
    queryKey: keys.in(cohortId, 'milestones', 'all'),
    queryFn: ({ signal }) =>
      api.get<Page<Milestone>>(`/cohorts/${cohortId}/milestones`, { query: { limit: 100 }, signal }),
    staleTime: 5 * 60_000,
  });
  if (!cohort) return <p>{'\u00a0'}</p>;
  const today = todayIn(cohort, now);
  const { at, week, weeks, phase } = standingOf(cohort, today);
  const next = data?.items.find((milestone) => milestone.on >= today.toString());
  const over = cohort.state === 'closed' || at === 'over';
  const where = over ? 'closed' : at === 'ahead' ? 'ahead' : 'standing';
  return (
    <p>
      {t(where, {
        week,
        weeks,
        phase,
        phases: cohort.phases.length,
        days: daysTo(today, cohort.startsOn),
        date: formatFullDate(cohort.startsOn, locale),
      })}{' '}
      {next && !over && t('milestone', { name: names.milestone(next), days: daysTo(today, next.on) })}
    </p>
  );
}
