import type { mongo } from 'mongoose';
import { messageTokens } from '../../common/texts/search-words.js';
import { againWhenDoubled, isDuplicateKey } from './errors.js';
import { newId, toIds } from './ids.js';

type Id = mongo.ObjectId;

interface PlaceholderRow {
  _id: Id;
  placeholderFor: string;
  email: string;
}

interface ChannelRow {
  _id: Id;
  cohortId: Id;
  guests?: Id[];
  awaits?: Id[];
  last?: { messageId: Id; senderId: Id; excerpt: string } | null;
}

interface MessageRow {
  _id: Id;
  seq: number;
  rev: number;
  senderId: Id;
  body: string;
  excerpt?: string;
  reactions?: { emoji: string; userIds: Id[] }[];
  attachments?: { fileId: Id; name: string; alt: string }[];
  deletedAt?: Date | null;
}

interface QuotingRow {
  _id: Id;
  quotes: { messageId: Id; authorId: Id; body: string | null }[];
}

/** What hangs on a message and says again who wrote it, or whom it names. */
interface HangingRow {
  _id: Id;
  authorId?: Id;
  text?: string;
  body?: string;
}

const CHANNELS = 100;
const MESSAGES = 500;
/** What it stands for, behind the cohort that has it; those of before have none. */
const KEY = /^(?:([0-9a-f]{24}):)?((?:mail|slack):.*)$/s;
const NAMED = /<@([0-9a-f]{24})>/gi;

/**
 * Placeholders of people who wrote elsewhere were one for all cohorts; each gets those of its own. The cohort whose channel came first keeps a row, every other
 * one that shows it gets a twin by the name it had, and its channels, messages and what hangs on these say the twin instead. Whoever became a person before stays
 * that person everywhere. One that no channel shows stays as it is: nobody becomes it any more.
 *
 * What is to be done is read from the rows as they are, so a run that was killed goes on where it was, and one more changes nothing. Numbers of changes stay: a page
 * that was open meanwhile shows the old row until it is loaded again.
 */
export async function partPlaceholders(db: mongo.Db): Promise<void> {
  const fields = { cohortId: 1, guests: 1, awaits: 1, last: 1 };
  for (let after: Id | null = null; ;) {
    const channels: ChannelRow[] = await db
      .collection<ChannelRow & { key: string }>('channels')
      .find({ key: /^slack:/, ...(after && { _id: { $gt: after } }) }, { projection: fields })
      .sort({ _id: 1 })
      .limit(CHANNELS)
      .toArray();
    for (const channel of channels) {
      await partPeople(db, channel);
      await partMessages(db, channel);
    }
    after = channels.at(-1)?._id ?? null;
    if (after === null) return;
  }
}

/** Who wrote in a channel, who is awaited in it, and what the list of channels shows of it. */
async function partPeople(db: mongo.Db, { _id, cohortId, guests = [], awaits = [], last }: ChannelRow): Promise<void> {
  const shown = last ? [String(last.senderId), ...namedIn(last.excerpt)] : [];
  const swap = await swapIn(db, cohortId, [...[...guests, ...awaits].map(String), ...shown]);
  const channels = db.collection<ChannelRow>('channels');
  for (const [old, twin] of swap.twins) {
    await channels.updateOne({ _id, guests: old }, { $set: { 'guests.$': twin } });
    await channels.updateOne({ _id, awaits: old }, { $set: { 'awaits.$': twin } });
  }
  if (!last || !shown.some(swap.has)) return;
  const said = { 'last.senderId': swap.person(last.senderId), 'last.excerpt': swap.text(last.excerpt) };
  await channels.updateOne({ _id, 'last.messageId': last.messageId, 'last.excerpt': last.excerpt }, { $set: said });
}

/** What hangs on the messages first: as long as these say the old row, the next run finds them again. One that is changed meanwhile is read once more. */
async function partMessages(db: mongo.Db, channel: ChannelRow): Promise<void> {
  const fields = { seq: 1, rev: 1, senderId: 1, body: 1, excerpt: 1, reactions: 1, attachments: 1, deletedAt: 1 };
  const messages = db.collection<MessageRow & { channelId: Id }>('messages');
  for (let after = -1; ;) {
    const rows: MessageRow[] = await messages
      .find({ channelId: channel._id, seq: { $gt: after } }, { projection: fields })
      .sort({ seq: 1 })
      .limit(MESSAGES)
      .toArray();
    const last = rows.at(-1);
    if (!last) return;
    const swap = await swapIn(db, channel.cohortId, rows.flatMap(peopleIn));
    const old = rows.filter((row) => peopleIn(row).some(swap.has));
    if (old.length > 0) {
      await partHanging(db, old, swap);
      const { matchedCount } = await messages.bulkWrite(
        old.map((row) => ({
          updateOne: { filter: { _id: row._id, rev: row.rev }, update: { $set: saidBy(row, swap) } },
        })),
        { ordered: false },
      );
      if (matchedCount < old.length) continue;
    }
    after = last.seq;
  }
}

async function partHanging(db: mongo.Db, messages: readonly MessageRow[], swap: Swap): Promise<void> {
  for (const { senderId, attachments = [] } of messages) {
    if (attachments.length === 0 || !swap.has(String(senderId))) continue;
    const files = { _id: { $in: attachments.map(({ fileId }) => fileId) }, ownerId: senderId };
    await db.collection('files').updateMany(files, { $set: { ownerId: swap.person(senderId) } });
  }
  const ids = { $in: messages.map(({ _id }) => _id) };
  for (const collection of ['message-reports', 'message-edits']) {
    const hanging = db.collection<HangingRow>(collection);
    for await (const { _id, authorId, text, body } of hanging.find({ messageId: ids })) {
      const said = { ...(text && { text: swap.text(text) }), ...(body && { body: swap.text(body) }) };
      const change = { ...said, ...(authorId && { authorId: swap.person(authorId) }) };
      if (Object.keys(change).length > 0) await hanging.updateOne({ _id }, { $set: change });
    }
  }
  const posts = db.collection<QuotingRow>('posts');
  for await (const { _id, quotes } of posts.find({ 'quotes.messageId': ids }, { projection: { quotes: 1 } })) {
    for (const { messageId, authorId, body } of quotes) {
      const said = { 'quotes.$[one].authorId': swap.person(authorId), 'quotes.$[one].body': body && swap.text(body) };
      // Words that are taken out of it at the same moment do not come back.
      await posts.updateOne(
        { _id },
        { $set: said },
        { arrayFilters: [{ 'one.messageId': messageId, 'one.body': body }] },
      );
    }
  }
}

/** What of a message says who wrote it, reacted, or is named. Placeholders are in no channel, so its `names` hold none. */
function saidBy(row: MessageRow, swap: Swap): Partial<MessageRow> & { tokens?: string[] } {
  const now = { ...row, senderId: swap.person(row.senderId), body: swap.text(row.body) };
  return {
    ...{ senderId: now.senderId, body: now.body },
    ...(row.excerpt !== undefined && { excerpt: swap.text(row.excerpt) }),
    ...(!now.senderId.equals(row.senderId) && { tokens: messageTokens(now) }),
    reactions: (row.reactions ?? []).map(({ emoji, userIds }) => {
      const people = new Map(userIds.map(swap.person).map((id) => [String(id), id]));
      return { emoji, userIds: [...people.values()] };
    }),
  };
}

const namedIn = (text: string) => [...text.matchAll(NAMED)].map(([, id = '']) => id.toLowerCase());

const peopleIn = ({ senderId, reactions = [], body, excerpt = '' }: MessageRow): string[] => [
  ...[senderId, ...reactions.flatMap(({ userIds }) => userIds)].map(String),
  ...[...namedIn(body), ...namedIn(excerpt)],
];

/** Who of some people stands for somebody in another cohort, and who does in this one instead. */
interface Swap {
  twins: [Id, Id][];
  has: (id: string) => boolean;
  person: (id: Id) => Id;
  text: (text: string) => string;
}

async function swapIn(db: mongo.Db, cohortId: Id, people: readonly string[]): Promise<Swap> {
  const users = db.collection<PlaceholderRow>('users');
  const ids = toIds([...new Set(people)]);
  const twins: [Id, Id][] = [];
  for await (const row of users.find({ _id: { $in: ids }, placeholderFor: { $exists: true } })) {
    const [, cohort, standsFor = ''] = KEY.exec(row.placeholderFor) ?? [];
    if (cohort === String(cohortId)) continue;
    const placeholderFor = `${String(cohortId)}:${standsFor}`;
    if (cohort !== undefined || !(await isGiven(users, row, placeholderFor)))
      twins.push([row._id, await twinOf(users, row, placeholderFor)]);
  }
  const byId = new Map(twins.map(([old, twin]) => [String(old), twin]));
  const named = (whole: string, id: string) => {
    const twin = byId.get(id.toLowerCase());
    return twin ? `<@${String(twin)}>` : whole;
  };
  return {
    twins,
    has: (id) => byId.has(id),
    person: (id) => byId.get(String(id)) ?? id,
    text: (text) => text.replace(NAMED, named),
  };
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
