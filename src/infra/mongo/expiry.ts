import type { Collection } from 'mongoose';

/** So many rows of a collection end in one turn; the next one goes on. */
export const ENDS_AT_ONCE = 1000;

/**
 * Deletes at most {@link ENDS_AT_ONCE} of the rows whose instant in `field` lies before another, the oldest first; an index on it serves. Two
 * processes at once, or one that is killed, leave nothing half done. Returns how many went.
 */
export async function endSome(rows: Collection, field: string, before: Date): Promise<number> {
  const over = { [field]: { $lt: before } };
  const found = await rows
    .find(over, { projection: { _id: 1 } })
    .sort({ [field]: 1 })
    .limit(ENDS_AT_ONCE)
    .toArray();
  if (found.length === 0) return 0;
  return (await rows.deleteMany({ ...over, _id: { $in: found.map(({ _id }) => _id) } })).deletedCount;
}
