import type { MouseEvent } from 'react';

/**
 * For a button that takes the place of the one that does the opposite: the second half of a double click on that one lands here, and
 * must not undo what was wanted. A key, and a click of its own, count.
 */
export const onFirstClick = (act: () => void) => (event: MouseEvent) => {
  if (event.detail < 2) act();
};
