/** Keeps the app for when there is no network, and shows notices while no window is open. Not while one develops: parts change by the minute there. */
export const hasWorker = () => import.meta.env.PROD && 'serviceWorker' in navigator;

/** Called once a page is drawn. What came before the worker was there is handed to it, so that the next visit needs no network. */
export async function startWorker(): Promise<void> {
  if (!hasWorker()) return;
  await navigator.serviceWorker.register('/service-worker.js');
  const { active } = await navigator.serviceWorker.ready;
  const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
  const urlsToCache = loaded.filter((name) => new URL(name).pathname.startsWith('/assets/'));
  active?.postMessage({ type: 'CACHE_URLS', payload: { urlsToCache } });
}
