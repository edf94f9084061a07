import type { MouseEvent } from 'react';

/**
 * For a button that takes back what it, or the one that stood in its place, has just done: the second half of a double click must not
 * undo what was wanted. A key, and a click of its own, count.
 */
export const onFirstClick = (act: () => void) => (event: MouseEvent) => {
  if (event.detail < 2) act();
};
