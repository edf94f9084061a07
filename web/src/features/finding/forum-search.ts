import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { ForumSearchReply } from '../../../../src/contracts/forum-search';
import { api } from '../../api/http';
import { keys } from '../../api/keys';

/** The pages of what is found in the forum of a cohort. */
export function useForumFound(cohortId: string, q: string) {
  return useInfiniteQuery({
    queryKey: keys.in(cohortId, 'topics', 'found', q),
    queryFn: ({ pageParam, signal }) =>
      api.get<ForumSearchReply>(`/cohorts/${cohortId}/forum/search`, { query: { q, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    // What one may read changes: an answer of a while ago is not shown again.
    gcTime: 0,
    staleTime: 0,
  });
}
