import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  MadeCalendarFeed,
  MakeCalendarFeed,
  MyCalendarFeed,
  MyCalendarFeeds,
} from '../../../../src/contracts/calendar';
import type { WorkshopTags } from '../../../../src/contracts/workshops/workshops';
import { api } from '../../api/http';
import { keys } from '../../api/keys';

const path = '/me/calendar-feeds';
const feedsKey = ['calendar-feeds'] as const;

/** What a feed holds: my own agenda, a cohort, or a tag of it. */
export type Scope = Pick<MakeCalendarFeed, 'cohortId' | 'tag'>;

export function useFeeds() {
  return useQuery({
    queryKey: feedsKey,
    queryFn: ({ signal }) => api.get<MyCalendarFeeds>(path, { signal }),
    select: ({ items }) => items,
  });
}

/** The tags that the workshops of a cohort have, the most used first. */
export function useTags(cohortId: string | undefined) {
  return useQuery({
    queryKey: keys.in(cohortId ?? '', 'workshop-tags'),
    queryFn: ({ signal }) => api.get<WorkshopTags>(`/cohorts/${cohortId}/workshop-tags`, { signal }),
    select: ({ items }) => items,
    enabled: cohortId !== undefined,
  });
}

/** Makes an address, or a new one in the place of the old; ends one. */
export function useFeedActs() {
  const client = useQueryClient();
  const again = () => client.invalidateQueries({ queryKey: feedsKey });
  const make = useMutation({
    mutationFn: (scope: Scope) => api.post<MadeCalendarFeed>(path, scope),
    onSuccess: again,
  });
  const end = async ({ id }: MyCalendarFeed) => {
    await api.delete(`${path}/${id}`);
    if (make.data?.id === id) make.reset();
    await again();
  };
  return { make, end };
}

export const isOf =
  ({ cohortId, tag }: Scope) =>
  (feed: Scope) =>
    feed.cohortId === cohortId && feed.tag === tag;

/** The address as calendar programs open it themselves. */
export const webcalOf = (url: string): string => url.replace(/^https?:/, 'webcal:');
