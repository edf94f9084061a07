import { useQuery } from '@tanstack/react-query';
import type { ClosedDay, ClosedDays } from '../../../../src/contracts/cohorts/closed-days';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useLocale } from '../../time/clock';

/** The closed days of a cohort's residency, or as if it were of another country. */
export function useClosedDays(cohortId: string, country?: string) {
  const locale = useLocale();
  return useQuery({
    queryKey: keys.in(cohortId, 'closed-days', locale, country),
    queryFn: ({ signal }) =>
      api.get<ClosedDays>(`/cohorts/${cohortId}/closed-days`, { query: { locale, country }, signal }),
    staleTime: 5 * 60_000,
    enabled: cohortId !== '',
  });
}

/** What closes a day of the residency; undefined: it is open, or not known yet. */
export function useClosedDay(cohortId: string, on: string): ClosedDay | undefined {
  return useClosedDays(cohortId).data?.items.find((day) => day.on === on);
}

/** What closes each of some days that are closed. */
export const closedAmong = (days: readonly string[], closed: readonly ClosedDay[]): ClosedDay[] =>
  days.flatMap((day) => closed.find(({ on }) => on === day) ?? []);
