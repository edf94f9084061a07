import { Types } from 'mongoose';
import { derivedId } from '../../common/derived-id.js';

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

/**
 * The id of what a person writes at a place: for the same `clientId` of theirs the same one, so that `_id` keeps it once however often
 * it is sent; without, a new one.
 */
export function sentId(kind: string, placeId: string, userId: string, clientId: string | undefined): Types.ObjectId {
  return clientId === undefined ? newId() : idOf(derivedId(kind, placeId, userId, clientId));
}

/** Those of the texts that are ids. */
export function toIds(hexes: readonly string[]): Types.ObjectId[] {
  return hexes.flatMap((hex) => toId(hex) ?? []);
}
