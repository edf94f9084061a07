/**
 * What a camera reads at the door of a workshop: 24 signs name a place, 3 tell which time it was taken, 11 prove that it is ours. Nobody signs in by it: hosts
 * alone can do something with one. Without schemas, so that a page does not load the library of these for it.
 */
export const PASS = { place: 24, turn: 3, proof: 11 } as const;
/** So many signs of the proof are enough beside the workshop: what one types where there is no camera. */
export const SHORT_PASS = 8;

/** The signs of a pass that one types, as they are written beside it: `7KQ2-9M4X`. */
export function shortPassOf(pass: string): string {
  const proof = pass.slice(-PASS.proof);
  return `${proof.slice(0, SHORT_PASS / 2)}-${proof.slice(SHORT_PASS / 2, SHORT_PASS)}`;
}
