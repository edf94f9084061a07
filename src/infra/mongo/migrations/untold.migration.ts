import type { Connection, mongo } from 'mongoose';
import type { Migration } from '../migrations.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const BATCH = 500;
/** So long materials wait for others that are added. */
const GATHER_MS = 10 * 60 * 1000;

type Row = mongo.WithId<mongo.Document>;

/** What people of workshops had not heard of their places. */
interface PlaceNews {
  what: string;
  at: Date;
  actId?: mongo.ObjectId;
  grown?: true;
}

/** Who had not heard of which dates that were added to a series. */
type GrowthNews = { actId: mongo.ObjectId } & Record<'userIds' | 'workshopIds', mongo.ObjectId[]>;

/** `waiting`: who follows it, where others of the field have others. */
interface Event {
  kind: string;
  fact: Record<string, unknown>;
  waiting?: string[];
}

/** What was still to be told, by a field of its own, before the outbox had it. */
interface Untold {
  collection: string;
  /** Since when; absent in what was told. */
  field: string;
  /** The index of that field, where there was one. It is dropped. */
  index?: string;
  /** Where it says since when, if the field holds more than that. */
  at?: string;
  /** The event that its tellers follow now; null where there is nothing to tell. */
  event: (row: Row) => Event | Event[] | null;
  /** Who follows, where the event does not say so itself. */
  waiting?: string[];
  /** What of the field stays, under other names. */
  keep?: (row: Row) => Record<string, unknown>;
  /** It is told however old it is. */
  atAnyAge?: true;
}

/**
 * What a process that died left to be told is written to the outbox, and the field goes. What was no news after a day is none now. Killed in between, it
 * writes a row twice: who follows tells once by key.
 */
export async function intoOutbox(db: mongo.Db, untold: Untold, now = new Date()): Promise<void> {
  const { collection, field, at = field, index, event, waiting, keep, atAnyAge } = untold;
  const rows = db.collection(collection);
  const old = { [at]: { $lt: new Date(now.getTime() - DAY_MS) } };
  if (!atAnyAge) await rows.updateMany(old, { $unset: { [field]: 1 } });
  for (;;) {
    const left = await rows.find({ [field]: { $exists: true } }, { limit: BATCH }).toArray();
    if (left.length === 0) break;
    // What many rows say together is said once.
    const events = new Map(left.flatMap((row) => event(row) ?? []).map((one) => [JSON.stringify(one), one]));
    const written = [...events.values()].map((one) => ({ waiting, ...one, at: now, dueAt: now, tries: 0 }));
    if (written.length > 0) await db.collection('outbox').insertMany(written);
    await rows.bulkWrite(
      left.map((row) => ({
        updateOne: {
          filter: { _id: row._id },
          update: { ...(keep && { $set: keep(row) }), $unset: { [field]: 1 } },
        },
      })),
      { ordered: false },
    );
  }
  // One that is not there needs no dropping.
  if (index) await rows.dropIndex(index).catch(() => undefined);
}

const move = (name: string, ...all: Untold[]): Migration => ({
  name,
  up: async ({ db }: Connection) => {
    for (const untold of all) if (db) await intoOutbox(db, untold);
  },
});

/** Materials that wait to be told of, once for each workshop, when those that were added first have waited for long enough. */
async function materialsDue(db: mongo.Db): Promise<void> {
  const news = db.collection('workshop-news');
  const now = new Date();
  const oldest = await news
    .aggregate<{ _id: mongo.ObjectId; cohortId: mongo.ObjectId; at: Date }>([
      { $group: { _id: '$workshopId', cohortId: { $first: '$cohortId' }, at: { $min: '$at' } } },
    ])
    .toArray();
  const rows = oldest.map(({ _id, cohortId, at }) => ({
    ...{ kind: 'workshop.documented', fact: { cohortId: String(cohortId), workshopId: String(_id) } },
    ...{ waiting: ['material notices'], at: now, dueAt: new Date(at.getTime() + GATHER_MS), tries: 0 },
  }));
  if (rows.length > 0) await db.collection('outbox').insertMany(rows);
  await news.dropIndex('age').catch(() => undefined);
}

/** Each room that tells by the outbox, in the order in which they moved. */
export const untoldMigrations: readonly Migration[] = [
  move('2026-12-09-reports-in-the-outbox', {
    ...{ collection: 'message-reports', field: 'untoldSince', index: 'untold', waiting: ['report notices'] },
    event: ({ _id, cohortId, open }) => ({
      kind: open ? 'message.reported' : 'report.closed',
      fact: { cohortId: String(cohortId), reportId: String(_id) },
    }),
  }),
  move('2026-12-09-words-of-hosts-in-the-outbox', {
    ...{ collection: 'workshop-messages', field: 'untoldSince', index: 'untold', waiting: ['message notices'] },
    atAnyAge: true,
    event: ({ _id }) => ({ kind: 'workshop.messaged', fact: { messageId: String(_id) } }),
  }),
  move(
    '2026-12-09-forum-in-the-outbox',
    {
      ...{ collection: 'posts', field: 'untoldSince', index: 'untold', waiting: ['forum notices'] },
      // A question is told of as a post is: its ids are all that is read of it.
      event: ({ _id, topicId }) => ({
        kind: 'post.created',
        fact: { topicId: String(topicId), postId: String(_id) },
      }),
    },
    {
      ...{ collection: 'topics', field: 'answerUntoldSince', index: 'answer-untold', waiting: ['forum notices'] },
      event: ({ _id, answerId }) =>
        answerId ? { kind: 'answer.accepted', fact: { topicId: String(_id), postId: String(answerId) } } : null,
    },
    {
      ...{ collection: 'topics', field: 'threadUntoldAt', index: 'thread-untold', waiting: ['threads of chat'] },
      atAnyAge: true,
      event: ({ _id, deletedAt }) => ({
        kind: deletedAt ? 'topic.ended' : 'topic.created',
        fact: { topicId: String(_id) },
      }),
    },
  ),
  move(
    '2026-12-09-wishes-in-the-outbox',
    {
      ...{ collection: 'workshop-wishes', field: 'untold', index: 'untold', waiting: ['wish notices'] },
      event: ({ _id, cohortId }) => ({
        kind: 'wish.planned',
        fact: { cohortId: String(cohortId), wishId: String(_id) },
      }),
    },
    {
      ...{ collection: 'workshop-wishes', field: 'following', index: 'following', waiting: ['wishes'] },
      // What became of the workshop is read by its id, whatever it was.
      event: ({ cohortId, workshopId }) =>
        workshopId
          ? { kind: 'workshop.published', fact: { cohortId: String(cohortId), workshopId: String(workshopId) } }
          : null,
    },
  ),
  move('2026-12-10-places-in-the-outbox', {
    ...{ collection: 'registrations', field: 'news', at: 'news.at', index: 'news' },
    keep: ({ news }) => {
      const { at, actId } = news as PlaceNews;
      return { since: at, ...(actId && { actId }) };
    },
    event: ({ workshopId, userId, guest, news }) => {
      const { what, at, actId, grown } = news as PlaceNews;
      if (actId)
        return {
          kind: what === 'left' ? 'series.left' : 'series.joined',
          fact: { userIds: [String(userId)], actId: String(actId), ...(grown && { grown }) },
          waiting: ['series notices'],
        };
      return {
        kind: guest ? 'guest-places.changed' : 'places.changed',
        fact: { workshopId: String(workshopId), at: at.getTime(), people: { [what]: [String(userId)] } },
        waiting: [guest ? 'guest letters' : 'workshop notices'],
      };
    },
  }),
  move('2026-12-10-moves-of-workshops-in-the-outbox', {
    ...{ collection: 'workshops', field: 'guestNewsAt', index: 'guests', waiting: ['guest letters'] },
    atAnyAge: true,
    event: ({ _id }) => ({ kind: 'workshops.replanned', fact: { workshopIds: [String(_id)] } }),
  }),
  move(
    '2026-12-10-series-in-the-outbox',
    {
      // What is to be served stays: it says which dates that is about.
      ...{ collection: 'workshop-series', field: 'growth.at', index: 'growth', waiting: ['series growth'] },
      atAnyAge: true,
      event: ({ _id }) => ({ kind: 'series.extended', fact: { seriesId: String(_id) } }),
    },
    {
      ...{ collection: 'workshop-series', field: 'news', index: 'news', waiting: ['series notices'] },
      atAnyAge: true,
      event: ({ news }) =>
        (news as GrowthNews[]).map(({ actId, userIds, workshopIds }) => ({
          kind: 'series.lengthened',
          fact: { actId: String(actId), userIds: userIds.map(String), workshopIds: workshopIds.map(String) },
        })),
    },
  ),
  {
    name: '2026-12-10-materials-in-the-outbox',
    up: async ({ db }: Connection) => {
      if (db) await materialsDue(db);
    },
  },
  move('2026-12-09-messages-in-the-outbox', {
    ...{ collection: 'messages', field: 'untoldSince', index: 'untold', waiting: ['chat notices'] },
    event: ({ _id, channelId }) => ({
      kind: 'people.called',
      fact: { channelId: String(channelId), messageIds: [String(_id)] },
    }),
  }),
];

/** Cards of topics were sent by a lease, and nobody kept their words: who follows finds those that were sent, and gives up those that were not. */
export const cardMigration: Migration = move('2026-12-17-cards-of-topics-in-the-outbox', {
  ...{ collection: 'topic-discussions', field: 'takenAt', waiting: ['topic cards'], atAnyAge: true },
  event: ({ _id, messageId }) => (messageId ? null : { kind: 'topic.discussed', fact: { discussionId: String(_id) } }),
});
