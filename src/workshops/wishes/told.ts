import type { Said } from './wish.js';

/** Of so many others together nobody can be told from a count. */
export const FEWEST_TOLD = 3;

/**
 * Whose time is counted from now on, of whose it was and who is there now, when somebody asks: the same people until so many others came, went or changed what they
 * say that nobody is told from the difference of two counts.
 */
export function toldFrom(before: readonly Said[], now: readonly Said[], askingId: string): readonly Said[] {
  const [was, is] = [sidesOf(before), sidesOf(now)];
  const others = [...new Set([...was.keys(), ...is.keys()])].filter((id) => id !== askingId);
  return others.filter((id) => was.get(id) !== is.get(id)).length >= FEWEST_TOLD ? now : before;
}

/** Whose time somebody is told together with their own, which they know; null of too few others. */
export function toldTo(askingId: string, told: readonly Said[], now: readonly Said[]): Said[] | null {
  const others = told.filter(({ userId }) => userId !== askingId);
  if (peopleOf(others).length < FEWEST_TOLD) return null;
  return [...others, ...now.filter(({ userId }) => userId === askingId)];
}

/** Each once, in the order in which they said something. */
export const peopleOf = (said: readonly Said[]): string[] => [...new Set(said.map(({ userId }) => userId))];

/** Both sides of each as one text, whatever was said first. */
function sidesOf(said: readonly Said[]): Map<string, string> {
  const sides = new Map<string, string>();
  for (const { userId, side } of said.toSorted((a, b) => a.side.localeCompare(b.side)))
    sides.set(userId, `${sides.get(userId) ?? ''} ${side}`);
  return sides;
}
