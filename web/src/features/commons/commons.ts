import { type QueryClient, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type {
  CommonsFlags,
  CommonsPost,
  CommonsStanding,
  CommonsTopic,
  CommonsTopicSummary,
  CommonsTopicsQuery,
} from '../../../../src/contracts/commons/commons';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import type { Page } from '../../api/types';

const ALL = ['commons'] as const;
/** Others write, and flag, meanwhile, and no event says so. */
const ASKED_AGAIN_MS = 60_000;

export interface CommonsFilter {
  q?: string | undefined;
  tag?: string | undefined;
  state?: CommonsTopicsQuery['state'];
}

/** Topics that all cohorts read, page by page. */
export function useCommonsTopics({ q, tag, state }: CommonsFilter) {
  return useInfiniteQuery({
    queryKey: [...ALL, 'list', q ?? '', tag ?? '', state ?? ''],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<CommonsTopicSummary>>('/commons/topics', {
        query: { q, tag, state, limit: 30, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
}

export function useCommonsTopic(topicId: string) {
  return useQuery({
    queryKey: [...ALL, 'one', topicId],
    queryFn: ({ signal }) => api.get<CommonsTopic>(`/commons/topics/${topicId}`, { signal }),
    refetchInterval: ASKED_AGAIN_MS,
  });
}

export function useCommonsPosts(topicId: string) {
  return useInfiniteQuery({
    queryKey: [...ALL, 'posts', topicId],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<CommonsPost>>(`/commons/topics/${topicId}/posts`, {
        query: { limit: 50, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    refetchInterval: ASKED_AGAIN_MS,
  });
}

export function useCommonsFlags() {
  return useQuery({
    queryKey: [...ALL, 'flags'],
    queryFn: ({ signal }) => api.get<CommonsFlags>('/commons/flags', { signal }),
  });
}

export const askCommonsAgain = (client: QueryClient) => void client.invalidateQueries({ queryKey: ALL });

export const standingKey = (cohortId: string, topicId: string) => keys.in(cohortId, 'topics', 'commons', topicId);

/** Where a topic of a cohort stands with the commons. */
export function useCommonsStanding(cohortId: string, topicId: string) {
  return useQuery({
    queryKey: standingKey(cohortId, topicId),
    queryFn: ({ signal }) => api.get<CommonsStanding>(`/cohorts/${cohortId}/topics/${topicId}/commons`, { signal }),
  });
}

/** A text with each `<@userId>` as a name. Whom one meets here has no page that all may open. */
export function named(body: string, mentions: CommonsPost['mentions']): string {
  const names = new Map(mentions.map(({ id, name }) => [id, name]));
  return body.replace(
    /<@([0-9a-f]{24})>/gi,
    (_, id: string) => `**@${(names.get(id.toLowerCase()) ?? '…').replace(/[[\]\\*]/g, '')}**`,
  );
}
