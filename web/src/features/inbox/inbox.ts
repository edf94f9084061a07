import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { keys } from '../../api/keys';
import type { Inbox, Notification } from '../../api/types';

export type Pages = InfiniteData<Inbox, string | undefined>;

/** A new notice at the head of the inbox; one that is known already changes nothing. */
export function withNotice(inbox: Inbox, notice: Notification): Inbox {
  if (inbox.items.some((item) => item.id === notice.id)) return inbox;
  return { ...inbox, items: [notice, ...inbox.items], unread: inbox.unread + (notice.readAt ? 0 : 1) };
}

/** The same inbox after these notices (or, without ids, all of them) were read at an instant. */
export function withRead(inbox: Inbox, ids: readonly string[] | undefined, at: string): Inbox {
  const hit = (item: Notification) => item.readAt === null && (ids?.includes(item.id) ?? true);
  const read = inbox.items.filter(hit).length;
  return {
    ...inbox,
    items: inbox.items.map((item) => (hit(item) ? { ...item, readAt: at } : item)),
    unread: ids ? Math.max(inbox.unread - read, 0) : 0,
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

/** A notice that came by the socket goes to the head of the first page only. */
export function applyNotice(client: QueryClient, notice: Notification): void {
  client.setQueryData<Inbox>(keys.inboxHead, (inbox) => inbox && withNotice(inbox, notice));
  client.setQueriesData<Pages>({ queryKey: keys.inboxList }, (data) => {
    const [first, ...rest] = data?.pages ?? [];
    return data && first ? { ...data, pages: [withNotice(first, notice), ...rest] } : data;
  });
}
