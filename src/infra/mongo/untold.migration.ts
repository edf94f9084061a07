import type { Connection, mongo } from 'mongoose';
import type { Migration } from './migrations.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const BATCH = 500;

type Row = mongo.WithId<mongo.Document>;

/** What was still to be told, by a field of its own, before the outbox had it. */
interface Untold {
  collection: string;
  /** Since when; absent in what was told. */
  field: string;
  /** That of the field. */
  index: string;
  /** The event that its tellers follow now; null where there is nothing to tell. */
  event: (row: Row) => { kind: string; fact: Record<string, string> } | null;
  waiting: string[];
  /** It is told however old it is. */
  atAnyAge?: true;
}

/**
 * What a process that died left to be told is written to the outbox, and the field goes. What was no news after a day is none now. Killed in between, it
 * writes a row twice: who follows tells once by key.
 */
export async function intoOutbox(db: mongo.Db, untold: Untold, now = new Date()): Promise<void> {
  const { collection, field, index, event, waiting, atAnyAge } = untold;
  const rows = db.collection(collection);
  const old = { [field]: { $lt: new Date(now.getTime() - DAY_MS) } };
  if (!atAnyAge) await rows.updateMany(old, { $unset: { [field]: 1 } });
  for (;;) {
    const left = await rows.find({ [field]: { $exists: true } }, { limit: BATCH }).toArray();
    if (left.length === 0) break;
    const events = left.flatMap((row) => event(row) ?? []);
    const written = events.map((one) => ({ ...one, waiting, at: now, dueAt: now, tries: 0 }));
    if (written.length > 0) await db.collection('outbox').insertMany(written);
    await rows.updateMany({ _id: { $in: left.map(({ _id }) => _id) } }, { $unset: { [field]: 1 } });
  }
  // One that is not there needs no dropping.
  await rows.dropIndex(index).catch(() => undefined);
}

const move = (name: string, ...all: Untold[]): Migration => ({
  name,
  up: async ({ db }: Connection) => {
    for (const untold of all) if (db) await intoOutbox(db, untold);
  },
});

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
];
