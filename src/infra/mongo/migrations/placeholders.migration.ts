import type { mongo } from 'mongoose';
import { CHANNEL_FIELDS, type ImportedChannelRow, type Instead, putInPlace } from '../in-place.js';
import { againWhenDoubled, isDuplicateKey } from '../errors.js';
import { newId, toIds } from '../ids.js';

type Id = mongo.ObjectId;

interface PlaceholderRow {
  _id: Id;
  placeholderFor: string;
  email: string;
}

const CHANNELS = 100;
/** What it stands for, behind the cohort that has it; those of before have none. */
const KEY = /^(?:([0-9a-f]{24}):)?((?:mail|slack):.*)$/s;

/**
 * Placeholders of people who wrote elsewhere were one for all cohorts; each gets those of its own. The cohort whose channel came first keeps a row, every other
 * one that shows it gets a twin by the name it had, and its channels, messages and what hangs on these say the twin instead. Whoever became a person before stays
 * that person everywhere. One that no channel shows stays as it is: nobody becomes it any more.
 *
 * What is to be done is read from the rows as they are, so a run that was killed goes on where it was, and one more changes nothing. Numbers of changes stay: a page
 * that was open meanwhile shows the old row until it is loaded again.
 */
export async function partPlaceholders(db: mongo.Db): Promise<void> {
  for (let after: Id | null = null; ;) {
    const channels: ImportedChannelRow[] = await db
      .collection<ImportedChannelRow & { key: string }>('channels')
      .find({ key: /^slack:/, ...(after && { _id: { $gt: after } }) }, { projection: CHANNEL_FIELDS })
      .sort({ _id: 1 })
      .limit(CHANNELS)
      .toArray();
    for (const channel of channels) await putInPlace(db, channel, (ids) => twinsIn(db, channel.cohortId, ids));
    after = channels.at(-1)?._id ?? null;
    if (after === null) return;
  }
}

/** Who of some people stands for somebody in another cohort, and who does in this one instead. */
async function twinsIn(db: mongo.Db, cohortId: Id, people: readonly string[]): Promise<Instead> {
  const users = db.collection<PlaceholderRow>('users');
  const ids = toIds(people);
  const twins: [Id, Id][] = [];
  for await (const row of users.find({ _id: { $in: ids }, placeholderFor: { $exists: true } })) {
    const [, cohort, standsFor = ''] = KEY.exec(row.placeholderFor) ?? [];
    if (cohort === String(cohortId)) continue;
    const placeholderFor = `${String(cohortId)}:${standsFor}`;
    if (cohort !== undefined || !(await isGiven(users, row, placeholderFor)))
      twins.push([row._id, await twinOf(users, row, placeholderFor)]);
  }
  return new Map(twins.map(([old, twin]) => [String(old), twin]));
}

/** Gives the row of before to a cohort. False where that has one already; who became a person at this moment is no placeholder any more, and stays. */
async function isGiven(
  users: mongo.Collection<PlaceholderRow>,
  { _id, placeholderFor: before }: PlaceholderRow,
  placeholderFor: string,
): Promise<boolean> {
  try {
    await users.updateOne({ _id, placeholderFor: before }, { $set: { placeholderFor } });
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

async function twinOf(
  users: mongo.Collection<PlaceholderRow>,
  { _id: _, placeholderFor: __, ...known }: PlaceholderRow,
  placeholderFor: string,
): Promise<Id> {
  const row = { ...known, email: `${String(newId())}@placeholder.invalid` };
  const upsert = { upsert: true, returnDocument: 'after', projection: { _id: 1 } } as const;
  const twin = await againWhenDoubled(() => users.findOneAndUpdate({ placeholderFor }, { $setOnInsert: row }, upsert));
  if (!twin) throw new Error('no placeholder was written');
  return twin._id;
}
