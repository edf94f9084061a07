import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { FlagCase, FlagCaseCounts, FlagCasesQuery, FlagCaseWithBody } from '../../../../src/contracts/forum/flags';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import type { Page } from '../../api/types';

export type FlagState = FlagCasesQuery['state'];

// With the topics: what happens in the forum asks for both again.
const key = (cohortId: string, ...rest: readonly unknown[]) => keys.in(cohortId, 'topics', 'flags', ...rest);

/** Flagged posts in a state, page by page. */
export function useFlagCases(cohortId: string, state: FlagState) {
  return useInfiniteQuery({
    queryKey: key(cohortId, state),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<FlagCase>>(`/cohorts/${cohortId}/flag-cases`, { query: { state, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
}

/** How many flagged posts are in each state. */
export function useFlagCounts(cohortId: string) {
  return useQuery({
    queryKey: key(cohortId, 'counts'),
    queryFn: ({ signal }) => api.get<FlagCaseCounts>(`/cohorts/${cohortId}/flag-cases/counts`, { signal }),
  });
}

/** The first flagged posts that wait, for the start page of staff. */
export function useWaitingFlags(cohortId: string, isStaff: boolean) {
  return useQuery({
    queryKey: key(cohortId, 'waiting'),
    queryFn: ({ signal }) =>
      api.get<Page<FlagCase>>(`/cohorts/${cohortId}/flag-cases`, { query: { limit: 3 }, signal }),
    select: (page) => page.items,
    enabled: isStaff,
  });
}

/** What a flagged post says now with its files, for who decides. Asked again when something happens in the forum. */
export function useFlagBody(cohortId: string, caseId: string) {
  return useQuery({
    queryKey: key(cohortId, 'body', caseId),
    queryFn: ({ signal }) => api.get<FlagCaseWithBody>(`/cohorts/${cohortId}/flag-cases/${caseId}`, { signal }),
  });
}
