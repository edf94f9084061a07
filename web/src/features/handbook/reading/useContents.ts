import { useLayoutEffect, type RefObject } from 'react';

/** A heading of a page: how deep it stands (0: not below another), and where. */
export interface Heading {
  id: string;
  text: string;
  depth: number;
}

const HEADINGS = 'h3, h4, h5, h6';

/**
 * The headings of a text as it stands on the page, each of which can be gone to from then on. They follow the title of the page, whatever sign their writer began with. `key` says which text it is;
 * highlighted code comes later, and leaves the headings as they are.
 */
export function useContents(
  body: RefObject<HTMLElement | null>,
  key: string,
  onHeadings?: (headings: Heading[]) => void,
): void {
  useLayoutEffect(() => {
    const found = [...(body.current?.querySelectorAll<HTMLElement>(HEADINGS) ?? [])];
    const levels = found.map((heading) => Number(heading.tagName.slice(1)));
    const top = Math.min(...levels);
    const all = found.map((heading, at): Heading => {
      // None is skipped: what is below one follows it.
      const depth = Math.min((levels[at] ?? top) - top, at === 0 ? 0 : depthOf(found[at - 1]) + 1);
      heading.id = `part-${at + 1}`;
      heading.dataset.depth = String(depth);
      heading.setAttribute('aria-level', String(depth + 2));
      heading.tabIndex = -1;
      return { id: heading.id, text: heading.textContent, depth };
    });
    onHeadings?.(all);
  }, [body, key, onHeadings]);
}

const depthOf = (heading: HTMLElement | undefined) => Number(heading?.dataset.depth ?? 0);
