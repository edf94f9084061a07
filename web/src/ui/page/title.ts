import { useEffect } from 'react';

/** Names the browser's tab: "Workshops · Cordée". */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Cordée`;
  }, [title]);
}
