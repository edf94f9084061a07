import { useInfiniteQuery } from '@tanstack/react-query';
import type { NoticeTopic } from '../../../../src/contracts/notifications/notifications';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import type { Inbox } from '../../api/types';
import { aboutOf, placeShown, type Show } from './inbox';

/** What the inbox can be narrowed to in its menu. */
export const TOPICS = [
  'workshops',
  'sessions',
  'milestones',
  'forum',
  'chat',
  'other',
] as const satisfies NoticeTopic[];
export type Topic = (typeof TOPICS)[number];

/** What is shown, page by page. What is planned is no list of notices. */
export function useInboxPages(show: Show, topic: Topic | undefined) {
  const place = placeShown(show);
  const about = aboutOf(show, topic);
  return useInfiniteQuery({
    queryKey: [...keys.inboxList, show, about],
    queryFn: ({ pageParam, signal }) =>
      api.get<Inbox>('/me/inbox', {
        query: {
          ...{ cursor: pageParam, about },
          ...{ unread: show === 'unread' ? 'true' : undefined, place: place === 'inbox' ? undefined : place },
        },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    enabled: show !== 'coming',
  });
}
