import type { NotificationsRead } from '../../../../src/contracts/notifications/notifications';
import { api } from '../../api/http';
import { onEvent } from '../../api/socket';
import type { Inbox } from '../../api/types';
import type { FromWorker, ToWorker } from './messages';
import { hasWorker } from './worker';

const MOST = 100;

const shownNotices = async () => (await (await navigator.serviceWorker.getRegistration())?.getNotifications()) ?? [];

/**
 * Follows the notices that this device shows: a tap opens the thing here and reads it, what is read, done or snoozed anywhere goes away. Returns how to stop.
 */
export function followNotices(goTo: (link: string) => void): () => void {
  if (!hasWorker()) return () => undefined;
  const heard = ({ data }: MessageEvent<FromWorker>) => {
    if (data.what === 'open') goTo(data.link);
    const ids = data.what === 'open' ? [data.id] : data.ids;
    void api.post('/me/inbox/read', { ids }).catch(() => undefined);
  };
  const seen = () => {
    if (document.visibilityState === 'visible') void clearRead();
  };
  navigator.serviceWorker.addEventListener('message', heard);
  document.addEventListener('visibilitychange', seen);
  const stops = [
    onEvent('notification.read', (read) => void close(read)),
    onEvent('notification.moved', ({ ids, place }) => place !== 'inbox' && void close({ ids })),
  ];
  void navigator.serviceWorker.ready.then(({ active }) => active?.postMessage({ what: 'tapped?' } satisfies ToWorker));
  seen();
  return () => {
    navigator.serviceWorker.removeEventListener('message', heard);
    document.removeEventListener('visibilitychange', seen);
    stops.forEach((stop) => stop());
  };
}

async function close({ ids }: Pick<NotificationsRead, 'ids'>): Promise<void> {
  for (const notice of await shownNotices()) if (ids === null || ids.includes(notice.tag)) notice.close();
}

/** While this window was not looked at, notices may have been read on another device. */
async function clearRead(): Promise<void> {
  const shown = await shownNotices();
  if (shown.length === 0) return;
  const { items } = await api.get<Inbox>('/me/inbox', { query: { unread: true, limit: MOST } });
  const unread = new Set(items.map(({ id }) => id));
  shown.filter(({ tag }) => !unread.has(tag)).forEach((notice) => notice.close());
}
