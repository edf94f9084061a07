import type { Types } from 'mongoose';
import { decodeCursor } from '../common/cursor.js';
import { invalidField } from '../common/problem.js';
import { toId } from '../infra/mongo/ids.js';

/** A place in a list that is ordered by time, then by id. */
export interface TimePlace {
  at: Date;
  id: Types.ObjectId;
}

/** Reads a cursor of `[ms since the epoch, id]`. Throws 422 `wrong_format`. */
export function timePlaceOf(cursor: string): TimePlace {
  const [at, hex] = decodeCursor(cursor, 2);
  const id = toId(String(hex));
  if (typeof at !== 'number' || Number.isNaN(new Date(at).getTime()) || !id)
    throw invalidField('/cursor', 'wrong_format');
  return { at: new Date(at), id };
}
