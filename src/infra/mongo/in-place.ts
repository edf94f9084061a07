import type { Connection, mongo } from 'mongoose';
import { messageTokens } from '../../common/texts/search-words.js';

type Id = mongo.ObjectId;

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

const MESSAGES = 500;
const NAMED = /<@([0-9a-f]{24})>/gi;

/** Who stands for whom: people by the id that is to go. */
export type Instead = ReadonlyMap<string, Id>;

/** Of these people, by id, those who are to go, and who comes in their place. */
type InsteadOf = (ids: readonly string[]) => Promise<Instead>;

/** A channel as far as it says who wrote in it. */
export type ImportedChannelRow = ChannelRow;

/** What of it is read. */
export const CHANNEL_FIELDS = { cohortId: 1, guests: 1, awaits: 1, last: 1 } as const;

/**
 * Puts people in the place of others in an imported channel: who wrote, reacted, is named or awaited in it, in the words of what hangs on its messages, and as owners of
 * their files. What is to be done is read from the rows as they are, so a run that was killed goes on where it was, and one more changes nothing. Numbers of changes
 * stay: a page that was open meanwhile shows the old row until it is loaded again.
 */
export async function putInPlace(db: mongo.Db, channel: ImportedChannelRow, insteadOf: InsteadOf): Promise<void> {
  const swapOf = async (ids: readonly string[]) => swapBy(await insteadOf([...new Set(ids)]));
  await partPeople(db, channel, swapOf);
  await partMessages(db, channel, swapOf);
}

/** The same for all imported channels whose key begins so. */
export async function putInPlaceIn({ db }: Connection, key: string, instead: Instead): Promise<void> {
  if (!db) throw new Error('the database is not connected yet');
  const channels = db
    .collection<ImportedChannelRow & { key: string }>('channels')
    .find({ key: { $gte: key, $lt: `${key}\uffff` } }, { projection: CHANNEL_FIELDS });
  for (const channel of await channels.toArray()) await putInPlace(db, channel, () => Promise.resolve(instead));
}

/** Who wrote in a channel, who is awaited in it, and what the list of channels shows of it. */
async function partPeople(
  db: mongo.Db,
  { _id, guests = [], awaits = [], last }: ChannelRow,
  swapOf: SwapOf,
): Promise<void> {
  const shown = last ? [String(last.senderId), ...namedIn(last.excerpt)] : [];
  const swap = await swapOf([...[...guests, ...awaits].map(String), ...shown]);
  const channels = db.collection<ChannelRow>('channels');
  for (const list of ['guests', 'awaits'] as const)
    for (const old of { guests, awaits }[list].filter((id) => swap.has(String(id)))) {
      // In this order: who is in it already stays in it once, and nobody is lost in between.
      await channels.updateOne({ _id, [list]: old }, { $addToSet: { [list]: swap.person(old) } });
      await channels.updateOne({ _id }, { $pull: { [list]: old } });
    }
  if (!last || !shown.some(swap.has)) return;
  const said = { 'last.senderId': swap.person(last.senderId), 'last.excerpt': swap.text(last.excerpt) };
  await channels.updateOne({ _id, 'last.messageId': last.messageId, 'last.excerpt': last.excerpt }, { $set: said });
}

/** What hangs on the messages first: as long as these say the old row, the next run finds them again. One that is changed meanwhile is read once more. */
async function partMessages(db: mongo.Db, channel: ChannelRow, swapOf: SwapOf): Promise<void> {
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
    const swap = await swapOf(rows.flatMap(peopleIn));
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

type SwapOf = (ids: readonly string[]) => Promise<Swap>;

interface Swap {
  has: (id: string) => boolean;
  person: (id: Id) => Id;
  text: (text: string) => string;
}

function swapBy(instead: Instead): Swap {
  const named = (whole: string, id: string) => {
    const other = instead.get(id.toLowerCase());
    return other ? `<@${String(other)}>` : whole;
  };
  return {
    has: (id) => instead.has(id),
    person: (id) => instead.get(String(id)) ?? id,
    text: (text) => text.replace(NAMED, named),
  };
}
