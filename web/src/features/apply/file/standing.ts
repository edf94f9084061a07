/** The line that says how a file stands: its stamp, when, and its number. */
export const STANDING = 'standing';

/** Once it stands otherwise: a screen reader says how, and the page is read on from there. */
export const focusStanding = (): void => {
  window.scrollTo({ top: 0 });
  // The act's own button goes first, and a dialog gives the focus back a moment after it closed.
  setTimeout(() => document.getElementById(STANDING)?.focus({ preventScroll: true }), 60);
};
