import { createStore } from './store';

/** True once the server serves another version of the app than the one that runs here. */
export const updated = createStore(false);

/**
 * A script of this version that does not come any more is asked after: the line may be down, or a newer version has taken its place.
 * The page is never loaded afresh without the reader, who may be in the middle of a sentence.
 */
export function watchForUpdates(): void {
  window.addEventListener('vite:preloadError', () => {
    void servesAnother().then((another) => {
      if (another) updated.set(true);
    });
  });
}

/** The first script carries in its name what is in it and in all that it brings. */
async function servesAnother(): Promise<boolean> {
  const mine = document.querySelector('script[type="module"][src]')?.getAttribute('src');
  if (!mine) return false;
  try {
    const page = await fetch('/', { cache: 'no-store' });
    return page.ok && !(await page.text()).includes(mine);
  } catch {
    return false;
  }
}

/** Whether a script or a style sheet did not come; each browser has its own words for it. */
export const isLostScript = (error: unknown): boolean =>
  error instanceof Error && /dynamically imported|module script|preload css/i.test(error.message);
