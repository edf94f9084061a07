import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type {
  ReminderChannel,
  ReminderKind,
  ReminderState,
  Reminders,
} from '../../../../src/contracts/reminders/reminders';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { isBehind } from './first-day';

/** What the address says of the list: `?day=2026-10-13&state=failed&who=<id>&kind=session.1h&by=mail`. */
export interface Filters {
  /** The first day shown, in the cohort's zone; when absent as `firstDayOf` says. */
  day?: string | undefined;
  state?: ReminderState | undefined;
  who?: string | undefined;
  kind?: ReminderKind | undefined;
  by?: ReminderChannel | undefined;
}

const PAGE = 50;
const MINUTE_MS = 60_000;
/** A cohort without any is perhaps being planned now. */
const SOON_MS = 5_000;

/**
 * The reminders from a day on, page by page, in order of their time: of what was not sent the newest first. Asked again each minute: they
 * go out by themselves.
 */
export function useReminders(cohortId: string, from: string, { state, who, kind, by }: Filters) {
  return useInfiniteQuery({
    queryKey: keys.in(cohortId, 'reminders', 'list', from, state ?? '', who ?? '', kind ?? '', by ?? ''),
    queryFn: ({ pageParam, signal }) =>
      api.get<Reminders>(`/cohorts/${cohortId}/reminders`, {
        query: {
          ...{ from, state, userId: who, kind, channel: by, cursor: pageParam, limit: PAGE },
          ...(isBehind(state) && { order: 'newest' }),
        },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data } }) => (data?.pages[0]?.items.length === 0 ? SOON_MS : MINUTE_MS),
  });
}

/** How many fall on each day, of all ten months. */
export function useDensity(cohortId: string) {
  return useQuery({
    queryKey: keys.in(cohortId, 'reminders', 'density'),
    queryFn: ({ signal }) =>
      api.get<Reminders>(`/cohorts/${cohortId}/reminders`, { query: { limit: 1 }, signal }).then((all) => all.byDay),
    refetchInterval: ({ state: { data } }) => (data?.length === 0 ? SOON_MS : 5 * MINUTE_MS),
  });
}

/** How many failed since an instant: the one thing here that asks for an act. */
export function useFailed(cohortId: string, from: string) {
  return useQuery({
    queryKey: keys.in(cohortId, 'reminders', 'failed', from),
    queryFn: ({ signal }) =>
      api
        .get<Reminders>(`/cohorts/${cohortId}/reminders`, { query: { limit: 1, state: 'failed', from }, signal })
        .then((failed) => failed.byDay.reduce((sum, { count }) => sum + count, 0)),
  });
}
