import { type RefObject, useEffect } from 'react';

/**
 * While one writes in it, a part of the page stays where it is on screen, whatever comes above it: the page is scrolled by as much as it would move, before that is
 * painted.
 */
export function useSteady(part: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = part.current;
    const [scroller, content] = [element?.closest('main'), element?.closest<HTMLElement>('.page')];
    if (!element || !scroller || !content) return;
    /** Where it stands in the page, however far that is scrolled. */
    const place = () => element.getBoundingClientRect().top + scroller.scrollTop;
    let before = place();
    const scrollTo = (top: number) => {
      // A short page is made long enough to be scrolled so far.
      const missing = top - (scroller.scrollHeight - scroller.clientHeight);
      if (missing > 0) content.style.minHeight = `${content.getBoundingClientRect().height + missing}px`;
      scroller.scrollTo({ top, behavior: 'instant' });
    };
    const observer = new ResizeObserver(() => {
      const now = place();
      if (now !== before && element.contains(document.activeElement)) scrollTo(scroller.scrollTop + now - before);
      before = now;
    });
    // The browser would hold on to something else, and the part would be moved twice.
    const hold = () => scroller.style.setProperty('overflow-anchor', 'none');
    const letGo = () => scroller.style.removeProperty('overflow-anchor');
    observer.observe(content);
    element.addEventListener('focusin', hold);
    element.addEventListener('focusout', letGo);
    return () => {
      observer.disconnect();
      letGo();
      content.style.removeProperty('min-height');
      element.removeEventListener('focusin', hold);
      element.removeEventListener('focusout', letGo);
    };
  }, [part]);
}
