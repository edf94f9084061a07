import type { Connection, mongo } from 'mongoose';
import { type Searchable, messageTokens } from '../../common/search-words.js';

/** A change of data that a new version needs, done once. Indexes need none: they come from the schemas. */
export interface Migration {
  /** Sorts by age: `2026-12-01-what-it-does`. */
  name: string;
  up: (connection: Connection) => Promise<void>;
}

interface OldReminder {
  state: string;
  dueAt: Date;
  leaseUntil: Date | null;
  arms: number;
  wakeAt: Date;
  armed: boolean;
}

interface OldMessage extends Searchable {
  _id: mongo.ObjectId;
  rev: number;
  tokens?: string[];
}

const BATCH = 500;

/** Oldest first. A database without data is current: it needs none of them. */
export const migrations: readonly Migration[] = [
  {
    name: '2026-11-25-reminders-wake',
    up: async ({ db }) => {
      const reminders = db?.collection<OldReminder>('reminders');
      if (!reminders) return;
      const over = { $unset: { leaseUntil: 1, arms: 1 } } as const;
      for await (const row of reminders.find({ leaseUntil: { $exists: true } })) {
        const wakeAt =
          row.state === 'planned' ? new Date(row.dueAt.getTime() - 48 * 3_600_000) : (row.leaseUntil ?? row.dueAt);
        const isOver = ['sent', 'dropped', 'failed'].includes(row.state);
        await reminders.updateOne({ _id: row._id }, isOver ? over : { ...over, $set: { wakeAt, armed: false } });
      }
      await dropIndexes(db, { reminders: ['once', 'subject', 'state', 'due', 'arm', 'lease'] });
      await dropIndexes(db, { workshops: ['changed'], sessions: ['changed'] });
    },
  },
  {
    name: '2026-11-26-messages-found-by-words',
    up: async ({ db }) => {
      const messages = db?.collection<OldMessage>('messages');
      if (messages) await giveTokens(messages);
    },
  },
  {
    name: '2026-11-27-workshops-offer-places',
    up: async ({ db }) => {
      const none = {
        offered: { onsite: 0, online: 0 },
        offerMinutes: null,
        opensAt: null,
        closesAt: null,
        requires: null,
      };
      await db?.collection('workshops').updateMany({ offered: { $exists: false } }, { $set: none });
    },
  },
  {
    name: '2026-11-28-workshops-keep-places',
    up: async ({ db }) => {
      await db?.collection('workshops').updateMany({ reserved: { $exists: false } }, { $set: { reserved: 0 } });
    },
  },
  {
    name: '2026-11-28-channels-sent-out',
    up: async ({ db }) => {
      const channelIds = await db?.collection('webhooks').distinct('channelId', { direction: 'out' });
      await db?.collection('channels').updateMany({ _id: { $in: channelIds ?? [] } }, { $set: { sentOut: true } });
    },
  },
  {
    name: '2026-11-28-calendar-feeds-of-cohorts',
    up: async ({ db }) => {
      await db
        ?.collection('calendar-feeds')
        .updateMany({ cohortId: { $exists: false } }, { $set: { cohortId: null, tag: null } });
      await dropIndexes(db, { 'calendar-feeds': ['person'] });
    },
  },
  {
    name: '2026-11-29-registrations-say-when',
    up: async ({ db }) => {
      const published = db
        ?.collection('workshops')
        .find({ status: 'published' }, { projection: { startsAt: 1, endsAt: 1 } });
      for await (const { _id, startsAt, endsAt } of published ?? [])
        await db
          ?.collection('registrations')
          .updateMany({ workshopId: _id, startsAt: { $exists: false } }, { $set: { startsAt, endsAt } });
      await dropIndexes(db, { registrations: ['person'] });
    },
  },
  {
    name: '2026-11-30-workshops-in-pages',
    up: async ({ db }) => await dropIndexes(db, { workshops: ['start'] }),
  },
  {
    name: '2026-12-01-news-of-milestones-by-day',
    up: async ({ db }) => {
      const milestones = db?.collection('milestones').find({}, { projection: { on: 1 } });
      for await (const { _id, on } of milestones ?? [])
        await db
          ?.collection('cohort-news')
          .updateMany({ subjectId: _id, on: { $exists: false } }, { $set: { on: on as string } });
      await dropIndexes(db, { 'cohort-news': ['once'] });
    },
  },
  {
    name: '2026-12-01-webhooks-that-are-off-wait-for-nothing',
    up: async ({ db }) => {
      await db?.collection('webhooks').updateMany({ active: false }, { $unset: { wakeAt: 1 } });
      await dropIndexes(db, { webhooks: ['wake'] });
    },
  },
];

/**
 * Messages that have no tokens yet get them, batch by batch in the order of their ids. One that is changed meanwhile keeps what its
 * change wrote. Killed in between, the next start passes over those that are done.
 */
async function giveTokens(messages: mongo.Collection<OldMessage>): Promise<void> {
  const fields = { senderId: 1, body: 1, deletedAt: 1, attachments: 1, rev: 1 } as const;
  for (let last: mongo.ObjectId | null = null; ;) {
    const rows: OldMessage[] = await messages
      .find({ ...(last && { _id: { $gt: last } }), tokens: { $exists: false } }, { projection: fields })
      .sort({ _id: 1 })
      .limit(BATCH)
      .toArray();
    if (rows.length === 0) return;
    await messages.bulkWrite(
      rows.map((row) => ({
        updateOne: {
          filter: { _id: row._id, rev: row.rev, tokens: { $exists: false } },
          update: { $set: { tokens: messageTokens(row) } },
        },
      })),
      { ordered: false },
    );
    last = rows.at(-1)?._id ?? null;
  }
}

async function dropIndexes(db: Connection['db'], names: Record<string, string[]>): Promise<void> {
  for (const [collection, indexes] of Object.entries(names)) {
    // One that is not there needs no dropping.
    for (const index of indexes)
      await db
        ?.collection(collection)
        .dropIndex(index)
        .catch(() => undefined);
  }
}
