import type { mongo } from 'mongoose';
import { ANY, type Searchable, marksOf } from '../../../common/texts/search-words.js';

const BATCH = 500;

type OldMessage = Searchable & { _id: mongo.ObjectId };

/**
 * Messages from before are found by what they are: replies in a thread, pinned, and by whom they name. Batch by batch in the order of their ids; one that is deleted
 * meanwhile stays without.
 */
export async function giveMarks(messages: mongo.Collection<OldMessage>): Promise<void> {
  const fields = { channelId: 1, threadId: 1, pinnedAt: 1, names: 1 } as const;
  for (let last: mongo.ObjectId | null = null; ;) {
    const rows: OldMessage[] = await messages
      .find(last ? { _id: { $gt: last } } : {}, { projection: fields })
      .sort({ _id: 1 })
      .limit(BATCH)
      .toArray();
    if (rows.length === 0) return;
    const steps = rows.flatMap((row) => {
      const marks = marksOf(row);
      const update = { $addToSet: { tokens: { $each: marks } } };
      return marks.length > 0 ? { updateOne: { filter: { _id: row._id, tokens: ANY }, update } } : [];
    });
    if (steps.length > 0) await messages.bulkWrite(steps, { ordered: false });
    last = rows.at(-1)?._id ?? null;
  }
}
