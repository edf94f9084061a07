import type { Types } from 'mongoose';
import { decodeCursor } from '../../common/cursor.js';
import { invalidField } from '../../common/problem.js';
import { toId } from './ids.js';

/** A place in a list that is ordered by time, then by id. */
export interface TimePlace {
  at: Date;
  id: Types.ObjectId;
}

/** A place in the order newest first: what lies behind it is older, or of the same instant with a smaller id (null: older alone). */
export interface Behind {
  at: Date;
  id: Types.ObjectId | null;
}

/** A day after which nothing happens: bounds an open range (an open one scans on the slow engine, and none holds later ones). */
export const EVER = new Date('9999-12-31T23:59:59Z');

/** Reads a cursor of `[instant, id]`, the instant in ms since the epoch or as text. Throws 422 `wrong_format`. */
export function timePlaceOf(cursor: string): TimePlace {
  const [instant = '', hex] = decodeCursor(cursor, 2);
  const at = new Date(instant);
  const id = toId(String(hex));
  if (!id || !(at >= new Date(0) && at <= EVER)) throw invalidField('/cursor', 'wrong_format');
  return { at, id };
}

/** Where to go on: behind what was seen last (ms and id, '' for all of that instant), and before `end`. */
export function placeWithin(seen: { at: number; id: string } | null, end: Date): Behind {
  return seen && seen.at < end.getTime() ? { at: new Date(seen.at), id: toId(seen.id) } : { at: end, id: null };
}

/**
 * Conditions for what lies behind a place, back to an instant (which is in it): any of them holds. As alternatives, each a range of an
 * index, so that however many rows carry one instant, none is read again and none passed over.
 */
export function behind({ at, id }: Behind, field: string, from: Date): Record<string, unknown>[] {
  return [{ [field]: { $gte: from, $lt: at } }, ...(id && at >= from ? [{ [field]: at, _id: { $lt: id } }] : [])];
}
