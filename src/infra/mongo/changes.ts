import { type Collection, Types } from 'mongoose';

/** A place among changes: after what was written at this instant with this id (null: at the instant itself). */
export interface ChangePlace {
  changedAt: Date;
  id: string | null;
}

/** A person of whom something changed. */
export interface PersonChange {
  id: string;
  changedAt: Date;
}

const EVER = new Date('9999-12-31T00:00:00.000Z');

/** The rows, named by the person's id, that changed after a place, the oldest change first. Needs the index `changedAt, _id`. */
export async function changesSince(
  rows: Collection,
  { changedAt, id }: ChangePlace,
  limit: number,
): Promise<PersonChange[]> {
  const found = await rows
    .find(
      {
        changedAt: { $gte: changedAt, $lte: EVER },
        ...(id !== null && { $or: [{ changedAt: { $gt: changedAt } }, { _id: { $gt: new Types.ObjectId(id) } }] }),
      },
      { projection: { changedAt: 1 } },
    )
    .sort({ changedAt: 1, _id: 1 })
    .limit(limit)
    .toArray();
  return found.map((row) => ({ id: String(row._id), changedAt: row.changedAt as Date }));
}
