import { type InfiniteData, type QueryClient, useQuery } from '@tanstack/react-query';
import type { NotificationsRead } from '../../../../src/contracts/notifications/notifications';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import type { Inbox, Notification } from '../../api/types';

export type Pages = InfiniteData<Inbox, string | undefined>;

/** A new notice at the head of the inbox; one that is known already may say more now, and stays where it is. */
export function withNotice(inbox: Inbox, notice: Notification): Inbox {
  if (inbox.items.some((item) => item.id === notice.id))
    return { ...inbox, items: inbox.items.map((item) => (item.id === notice.id ? notice : item)) };
  return { ...inbox, items: [notice, ...inbox.items], unread: inbox.unread + (notice.readAt ? 0 : 1) };
}

/** The same inbox after these notices, or all up to an instant, were read. */
export function withRead(inbox: Inbox, { ids, before, readAt }: NotificationsRead): Inbox {
  const hit = (item: Notification) =>
    item.readAt === null && (ids ? ids.includes(item.id) : Date.parse(item.createdAt) <= Date.parse(before ?? readAt));
  const read = inbox.items.filter(hit).length;
  return {
    ...inbox,
    items: inbox.items.map((item) => (hit(item) ? { ...item, readAt } : item)),
    // Of what is on later pages only "all" says that it was unread.
    unread: ids ? Math.max(inbox.unread - read, 0) : inbox.items.filter((item) => !item.readAt && !hit(item)).length,
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

/** The first page of the inbox with the count of all that is unread. */
export const useInboxHead = () => useQuery({ queryKey: keys.inboxHead, queryFn: () => api.get<Inbox>('/me/inbox') });

/** A notice that came by the socket goes to the head of the first page only. */
export function applyNotice(client: QueryClient, notice: Notification): void {
  client.setQueryData<Inbox>(keys.inboxHead, (inbox) => inbox && withNotice(inbox, notice));
  client.setQueriesData<Pages>({ queryKey: keys.inboxList }, (data) => {
    const [first, ...rest] = data?.pages ?? [];
    return data && first ? { ...data, pages: [withNotice(first, notice), ...rest] } : data;
  });
}

/** What happened, as it stands before the reason: what somebody wrote often has no end of its own. */
export function beforeWhy(body: string): string {
  if (body === '') return '';
  return `${body}${/[.!?…][\s»”"]*$/.test(body) ? ' ' : ' · '}`;
}
