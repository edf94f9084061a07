import { useRouterState } from '@tanstack/react-router';
import { useEffect, type RefObject } from 'react';

/** The page that had the focus last. The first page of a visit keeps the browser's own focus. */
let arrivedAt = window.location.pathname;

/** Gives the focus to a page's heading when one comes from another page, so that a screen reader starts there. */
export function useArrivalFocus(heading: RefObject<HTMLElement | null>): void {
  // The resolved one: `location` changes while the page before is still on screen.
  const pathname = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  useEffect(() => {
    if (pathname === undefined || pathname === arrivedAt) return;
    arrivedAt = pathname;
    heading.current?.focus({ preventScroll: true });
  }, [pathname, heading]);
}
