import { invalidField } from './problem.js';
import { within } from './texts/within.js';

/** The place after which the next page begins, as an opaque text. */
export function encodeCursor(place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** Reads a cursor of `length` parts. Throws 422 `wrong_format` for one that we did not write. */
export function decodeCursor(cursor: string, length: number): (string | number)[] {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (
      Array.isArray(place) &&
      place.length === length &&
      place.every((part) => typeof part === 'string' || typeof part === 'number')
    ) {
      return place;
    }
  } catch {
    // falls through to the refusal
  }
  throw invalidField('/cursor', 'wrong_format');
}

/** Cuts `limit + 1` rows to a page, which ends before it is too long ({@link within}) where `lengthOf` says how long the texts of a row are, and says where the next begins. */
export function pageOf<T>(
  rows: readonly T[],
  limit: number,
  placeOf: (row: T) => readonly (string | number)[],
  lengthOf: (row: T) => number = () => 0,
): { items: T[]; nextCursor: string | null } {
  const items = [...within(rows.slice(0, limit), lengthOf)];
  const last = items.at(-1);
  return { items, nextCursor: rows.length > items.length && last !== undefined ? encodeCursor(placeOf(last)) : null };
}
