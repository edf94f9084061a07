import { isDuplicateKey } from './errors.js';

/**
 * Inserts a row where at most so many may be: each takes a place, from 1 on, and the unique index of that name over owner and place gives a place to one row
 * only. Two that want the same one at once: the other looks again. Returns which, null when none is free. `taken` reads the places that are held now; more than `most` of
 * them, which older versions may have left, leave none free.
 */
export async function atFreePlace(
  { most, index }: { most: number; index: string },
  taken: () => Promise<readonly number[]>,
  insert: (place: number) => Promise<void>,
): Promise<number | null> {
  // Whoever loses a place lost it to another row, so nobody loses more often than there are places.
  for (let tries = 0; tries <= most; tries += 1) {
    const held = new Set(await taken());
    if (held.size >= most) return null;
    let place = 1;
    while (held.has(place)) place += 1;
    try {
      await insert(place);
      return place;
    } catch (error) {
      if (!isDuplicateKey(error, index)) throw error;
    }
  }
  throw new Error(`No place of ${index} could be taken.`);
}
