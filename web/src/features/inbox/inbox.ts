import { type InfiniteData, type QueryClient, useQuery } from '@tanstack/react-query';
import type {
  NoticePlace,
  NoticeTopic,
  NoticesMoved,
  NotificationsRead,
} from '../../../../src/contracts/notifications/notifications';
import { isMention, isWaiting } from '../../../../src/contracts/notifications/waiting';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import type { Inbox, Notification } from '../../api/types';

export type Pages = InfiniteData<Inbox, string | undefined>;

/** Is it among those that wait to be read? What is snoozed waits for its time. */
export const isUnread = ({ readAt, place }: Pick<Notification, 'readAt' | 'place'>) =>
  readAt === null && place === 'inbox';

/** The tabs of the inbox. */
export const TABS = ['all', 'waiting', 'mentions'] as const;
/** What the inbox shows: a tab, or what its menu leads to. */
export const SHOWS = [...TABS, 'unread', 'snoozed', 'done', 'coming'] as const;
export type Show = (typeof SHOWS)[number];

/** What a tab itself narrows the list to. */
export const aboutOf = (show: Show, about?: NoticeTopic): NoticeTopic | undefined =>
  show === 'waiting' || show === 'mentions' ? show : about;

/** The list in which a tab looks. */
export const placeShown = (show: unknown): NoticePlace => (show === 'snoozed' || show === 'done' ? show : 'inbox');

/**
 * A new notice at the head of the inbox; one that is known already may say something else now, and stays where it is. What is not known and is no news (it was read, or is
 * older than all that is here while there is more) stands on a later page.
 */
export function withNotice(inbox: Inbox, notice: Notification): Inbox {
  const { items, nextCursor } = inbox;
  const known = items.find(({ id }) => id === notice.id);
  if (known)
    return saysMore(known, notice) ? inbox : { ...inbox, items: items.map((item) => (item === known ? notice : item)) };
  const older = items.filter(({ at }) => Date.parse(at) <= Date.parse(notice.at));
  if (notice.readAt !== null || (older.length === 0 && nextCursor !== null)) return inbox;
  const newer = items.filter((item) => !older.includes(item));
  return { ...inbox, items: [...newer, notice, ...older], ...countsWith(inbox, [notice], 1) };
}

type Counts = Pick<Inbox, 'unread' | 'unreadOf'>;

const NONE: Counts = { unread: 0, unreadOf: { waiting: 0, mentions: 0 } };

/** The counts once the unread among these came, or are gone. */
function countsWith({ unread, unreadOf }: Counts, notices: readonly Notification[], by: 1 | -1): Counts {
  const kinds = notices.filter(isUnread).map(({ kind }) => kind);
  const so = (before: number, many: number) => Math.max(before + by * many, 0);
  return {
    unread: so(unread, kinds.length),
    unreadOf: {
      waiting: so(unreadOf.waiting, kinds.filter(isWaiting).length),
      mentions: so(unreadOf.mentions, kinds.filter(isMention).length),
    },
  };
}

/** Two that were told at once may come the other way round: of a conversation the later message stays. */
const saysMore = (known: Notification, notice: Notification) =>
  known.kind === 'chat.direct' && Number(known.params.seq) > Number(notice.params.seq);

/** The same in a list of which several pages are here. */
export function withNoticeIn(data: Pages, notice: Notification): Pages {
  const at = Math.max(
    data.pages.findIndex(({ items }) => items.some(({ id }) => id === notice.id)),
    0,
  );
  return { ...data, pages: data.pages.map((page, index) => (index === at ? withNotice(page, notice) : page)) };
}

/** The same inbox after these notices, or all up to an instant, were read. */
export function withRead(inbox: Inbox, { ids, before, readAt }: NotificationsRead): Inbox {
  const hit = (item: Notification) =>
    isUnread(item) && (ids ? ids.includes(item.id) : Date.parse(item.at) <= Date.parse(before ?? readAt));
  const after = inbox.items.map((item) => (hit(item) ? { ...item, readAt } : item));
  return {
    ...inbox,
    items: after,
    // Of what is on later pages only "all" says that it was unread.
    ...(ids ? countsWith(inbox, inbox.items.filter(hit), -1) : countsWith(NONE, after, 1)),
  };
}

/** Changes every copy of the inbox in the cache (the bell's and the page's) by one function. */
export function changeInbox(client: QueryClient, change: (inbox: Inbox) => Inbox): void {
  client.setQueryData<Inbox>(keys.inboxHead, (inbox) => inbox && change(inbox));
  client.setQueriesData<Pages>(
    { queryKey: keys.inboxList },
    (data) => data && { ...data, pages: data.pages.map(change) },
  );
}

/** I read notices here or on another device. The count is asked for: pages that are not loaded may hold some of them. */
export function applyRead(client: QueryClient, read: NotificationsRead): void {
  changeInbox(client, (inbox) => withRead(inbox, read));
  void client.invalidateQueries({ queryKey: keys.inboxHead });
}

/** The same list after notices went elsewhere; what stood there already stays. */
export function withMoved(inbox: Inbox, { ids, place }: NoticesMoved): Inbox {
  const gone = inbox.items.filter((item) => ids.includes(item.id) && item.place !== place);
  if (gone.length === 0) return inbox;
  return {
    ...inbox,
    items: inbox.items.filter((item) => !gone.includes(item)),
    ...countsWith(inbox, gone, -1),
  };
}

/** Notices stand elsewhere by now, put there here or on another device, or come back. The list where they stand is asked for, and the count. */
export function applyMoved(client: QueryClient, moved: NoticesMoved): void {
  changeInbox(client, (inbox) => withMoved(inbox, moved));
  void client.invalidateQueries({ queryKey: keys.inboxHead });
  const isThere = ({ queryKey }: { queryKey: readonly unknown[] }) => placeShown(queryKey[2]) === moved.place;
  void client.invalidateQueries({ queryKey: keys.inboxList, predicate: isThere });
}

/** The first page of the inbox with the count of all that is unread. */
export const useInboxHead = () => useQuery({ queryKey: keys.inboxHead, queryFn: () => api.get<Inbox>('/me/inbox') });

/** A notice that came by the socket, new or with other words. Whether it belongs to what a list is narrowed to, the server knows. */
export function applyNotice(client: QueryClient, notice: Notification): void {
  client.setQueryData<Inbox>(keys.inboxHead, (inbox) => inbox && withNotice(inbox, notice));
  const isWhole = ({ queryKey }: { queryKey: readonly unknown[] }) =>
    placeShown(queryKey[2]) === 'inbox' && queryKey[3] === undefined;
  client.setQueriesData<Pages>(
    { queryKey: keys.inboxList, predicate: isWhole },
    (data) => data && withNoticeIn(data, notice),
  );
  const isNarrow = ({ queryKey }: { queryKey: readonly unknown[] }) => queryKey[3] !== undefined;
  void client.invalidateQueries({ queryKey: keys.inboxList, predicate: isNarrow });
}

/** What happened, as it stands before the reason: what somebody wrote often has no end of its own. */
export function beforeWhy(body: string): string {
  if (body === '') return '';
  return `${body}${/[.!?…][\s»”"]*$/.test(body) ? ' ' : ' · '}`;
}
