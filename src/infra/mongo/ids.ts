import { Types } from 'mongoose';

/** A new id. */
export const newId = () => new Types.ObjectId();

/** The hex of an id as an ObjectId, or null: a malformed id is an unknown id (404, never 400). */
export function toId(hex: string): Types.ObjectId | null {
  return /^[0-9a-f]{24}$/i.test(hex) ? new Types.ObjectId(hex) : null;
}

/** An id that we ourselves wrote as hex. Throws for anything else. */
export function idOf(hex: string): Types.ObjectId {
  const id = toId(hex);
  if (!id) throw new TypeError('not an id of ours');
  return id;
}

/** Those of the texts that are ids. */
export function toIds(hexes: readonly string[]): Types.ObjectId[] {
  return hexes.flatMap((hex) => toId(hex) ?? []);
}
