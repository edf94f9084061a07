/// <reference lib="webworker" />
import { ExpirationPlugin } from 'workbox-expiration';
import { registerRoute } from 'workbox-routing';
import { CacheFirst, NetworkFirst } from 'workbox-strategies';
import { SHELL_HEADER, isPage, plainPath } from '../../src/contracts/shell/pages';
import type { PushMessage } from '../../src/contracts/notifications/push';
import type { FromWorker, ToWorker } from './shell/device/messages';

declare const self: ServiceWorkerGlobalScope;

const PAGE = 'cordee-page';
const ASSETS = 'cordee-assets';
/** The one page that the server answers with for every address of the app. */
const SHELL = '/';
const PATIENCE_SECONDS = 5;
const MAX_ASSETS = 400;
const MONTH_SECONDS = 30 * 86_400;

/** What the server says is that page: it answers with others at odd addresses, and a net that asks for a login first answers with its own. */
const isShell = ({ status, headers }: Response) => status === 200 && headers.has(SHELL_HEADER);

// Nothing that the API says is kept here but while it is on its way: only the app itself, which is the same for everybody.
self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(PAGE)
      .then(keepShell)
      .then(() => self.skipWaiting()),
  );
});
async function keepShell(cache: Cache): Promise<void> {
  const answer = await fetch(SHELL);
  if (!isShell(answer)) throw new Error('the page of the app did not come');
  await cache.put(SHELL, answer);
}
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

// A name with a hash in it always means the same bytes.
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && plainPath(url.pathname).startsWith('/assets/'),
  new CacheFirst({
    cacheName: ASSETS,
    plugins: [new ExpirationPlugin({ maxEntries: MAX_ASSETS, maxAgeSeconds: MONTH_SECONDS, purgeOnQuotaError: true })],
  }),
);

/** The answer with the next cookie that is under way. */
let renewal: Promise<Response> | undefined;

// A page that is left or loaded again leaves its request behind: it is finished here, so that its cookie arrives, and the page after it gets the same
// answer. With a second request the old cookie would come twice, which ends the login. A form of a foreign page that leads there comes by here, too: it stays
// what it is, or it would be sent on as a request of our own.
registerRoute(
  ({ url, sameOrigin, request }) =>
    sameOrigin && plainPath(url.pathname) === '/api/auth/refresh' && request.mode !== 'navigate',
  async ({ event }) => {
    renewal ??= fetch('/api/auth/refresh', { method: 'POST' }).finally(() => (renewal = undefined));
    event.waitUntil(renewal);
    return (await renewal).clone();
  },
  'POST',
);

// The network has the newest page; what is kept is for when there is none.
registerRoute(
  ({ url, request }) => request.mode === 'navigate' && isPage(url.pathname),
  new NetworkFirst({
    cacheName: PAGE,
    networkTimeoutSeconds: PATIENCE_SECONDS,
    plugins: [
      {
        cacheKeyWillBeUsed: () => Promise.resolve(SHELL),
        cacheWillUpdate: ({ response }) => Promise.resolve(isShell(response) ? response : null),
      },
    ],
  }),
);

/** Notices that were tapped while no window was open: the window that opens asks for them. */
const tapped: string[] = [];

self.addEventListener('push', (event) => {
  const message = event.data?.json() as PushMessage | undefined;
  if (message) event.waitUntil(show(message));
});

/** A window in front shows it live; what else is shown and not unread any more was read elsewhere. */
async function show({ id, title, link, lang, unread }: PushMessage): Promise<void> {
  const shown = await self.registration.getNotifications();
  shown.filter(({ tag }) => tag !== id && !unread.includes(tag)).forEach((notice) => notice.close());
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (windows.some(({ focused }) => focused)) return;
  await self.registration.showNotification(title, { tag: id, lang, icon: '/favicon.svg', data: { link } });
}

self.addEventListener('notificationclick', (event) => {
  const { notification } = event;
  notification.close();
  const { link } = notification.data as { link: string };
  event.waitUntil(open(notification.tag, link));
});

/** In a window that is open already, or in a new one. */
async function open(id: string, link: string): Promise<void> {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const here = windows.find(({ visibilityState }) => visibilityState === 'visible') ?? windows[0];
  if (!here) {
    tapped.push(id);
    await self.clients.openWindow(link);
    return;
  }
  here.postMessage({ what: 'open', id, link } satisfies FromWorker);
  // Some browsers let nobody come to the front who was not tapped a moment ago.
  await here.focus().catch(() => undefined);
}

self.addEventListener('message', ({ data, source }) => {
  if ((data as Partial<ToWorker>).what !== 'tapped?') return;
  const ids = tapped.splice(0);
  if (ids.length > 0) source?.postMessage({ what: 'tapped', ids } satisfies FromWorker);
});
