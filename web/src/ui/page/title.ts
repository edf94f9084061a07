import { useEffect } from 'react';

/** Not every browser has it (Badging API of the W3C). */
const badge: Partial<Pick<Navigator, 'setAppBadge' | 'clearAppBadge'>> = navigator;
let page = '';
let waiting = 0;

/** "(3) Workshops · Cordée": how much waits for me, the page, the product. */
function writeTitle(): void {
  document.title = [waiting > 0 && `(${waiting})`, page && `${page} ·`, 'Cordée'].filter(Boolean).join(' ');
}

/** Names the browser's tab: "Workshops · Cordée". */
export function usePageTitle(title: string): void {
  useEffect(() => {
    page = title;
    writeTitle();
  }, [title]);
}

/** Says in the browser's tab, and on the icon of the installed app, how many notices wait. None: nothing is said, also once nobody is signed in any more. */
export function useWaitingCount(count: number): void {
  useEffect(() => {
    waiting = count;
    writeTitle();
    // What a browser cannot show is not there; one that may not says so, and nothing follows from it.
    void badge.setAppBadge?.(count).catch(() => undefined);
    return () => {
      waiting = 0;
      writeTitle();
      void badge.clearAppBadge?.().catch(() => undefined);
    };
  }, [count]);
}
