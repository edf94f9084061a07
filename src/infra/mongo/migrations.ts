import type { Connection, mongo } from 'mongoose';
import { MESSAGE_EXCERPT, WORKSHOP_EXCERPT, excerptOf, keptExcerptOf } from '../../common/markdown/excerpt.js';
import { type Searchable, messageTokens } from '../../common/texts/search-words.js';
import { askInCommons } from './migrations/commons-answers.migration.js';
import { deliveryMigrations } from './migrations/deliveries.migration.js';
import { giveForumTokens } from './migrations/forum-tokens.migration.js';
import { giveCrafts } from './migrations/given-crafts.migration.js';
import { takeOutLeavers } from './migrations/let-in.migration.js';
import { countFilesOfCalls } from './migrations/files-of-calls.migration.js';
import { openFlagCases } from './migrations/flag-cases.migration.js';
import { followLeavers } from './migrations/leavers.migration.js';
import { giveMarks } from './migrations/message-marks.migration.js';
import { findByOwnWords } from './migrations/own-words.migration.js';
import { partPlaceholders } from './migrations/placeholders.migration.js';
import { readFollowedTopics } from './migrations/read-topics.migration.js';
import { flagEachText, reportEachText } from './migrations/reports.migration.js';
import { quoteThreads } from './migrations/thread-copies.migration.js';
import { keepToOpeners, takeBackDeleted } from './migrations/unsaid.migration.js';
import { cardMigration, untoldMigrations } from './migrations/untold.migration.js';
import { nameZones } from './migrations/zone-names.migration.js';

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
/** The webhooks of one owner are numbered in the order in which they were made. */
const BY_OWNER = { webhooks: 'channelId', 'cohort-webhooks': 'cohortId' } as const;

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
    name: '2026-12-01-invitations-plan-projects',
    up: async ({ db }) => {
      const invitations = db?.collection('invitations');
      const old = { projectIds: { $exists: false } };
      await invitations?.updateMany({ ...old, projectId: { $type: 'objectId' } }, [
        { $set: { projectIds: ['$projectId'] } },
        { $unset: 'projectId' },
      ]);
      await invitations?.updateMany(old, { $set: { projectIds: [] }, $unset: { projectId: 1 } });
    },
  },
  {
    name: '2026-12-01-webhooks-that-are-off-wait-for-nothing',
    up: async ({ db }) => {
      await db?.collection('webhooks').updateMany({ active: false }, { $unset: { wakeAt: 1 } });
      await dropIndexes(db, { webhooks: ['wake'] });
    },
  },
  {
    name: '2026-12-02-texts-keep-their-excerpts',
    up: async ({ db }) => {
      if (!db) return;
      await giveExcerpts(db.collection('messages'), 'body', (text) => keptExcerptOf(text, MESSAGE_EXCERPT));
      await giveExcerpts(db.collection('workshops'), 'description', (text) => excerptOf(text, WORKSHOP_EXCERPT));
    },
  },
  {
    name: '2026-12-03-webhooks-have-places',
    up: async ({ db }) => {
      for (const [collection, owner] of Object.entries(BY_OWNER))
        if (db) await givePlaces(db.collection(collection), owner);
      await dropIndexes(db, { webhooks: ['channel'], 'cohort-webhooks': ['cohort'] });
    },
  },
  {
    name: '2026-12-04-topics-quote-their-threads',
    up: async ({ db }) => {
      if (db) await quoteThreads(db);
    },
  },
  {
    name: '2026-12-05-files-are-counted',
    up: async ({ db }) => {
      if (db) await countFiles(db);
    },
  },
  {
    name: '2026-12-06-saved-messages-have-places',
    up: async ({ db }) => {
      if (db) await givePlaces(db.collection('saved-messages'), 'userId');
    },
  },
  {
    name: '2026-12-07-placeholders-of-one-cohort',
    up: async ({ db }) => {
      if (db) await partPlaceholders(db);
    },
  },
  {
    name: '2026-12-08-leavers-in-the-outbox',
    up: async ({ db }) => {
      if (db) await followLeavers(db);
    },
  },
  {
    name: '2026-12-09-actions-of-pairs-in-order',
    up: async ({ db }) => await dropIndexes(db, { actions: ['pair'] }),
  },
  {
    name: '2026-12-09-reports-of-each-text',
    up: async ({ db }) => {
      if (db) await reportEachText(db);
      await dropIndexes(db, { 'message-reports': ['once'] });
    },
  },
  {
    name: '2026-12-09-posts-are-reported-as-they-were',
    up: async ({ db }) => {
      if (db) await flagEachText(db);
      await dropIndexes(db, { 'post-flags': ['flag', 'open'] });
    },
  },
  ...untoldMigrations,
  {
    name: '2026-12-09-guests-confirm-one-form',
    up: async ({ db }) => {
      // Links of mails from before confirm what was asked last before.
      const form = {
        name: '$name',
        locale: '$locale',
        timeZone: '$timeZone',
        mode: '$mode',
        plusOne: '$plusOne',
        answers: '$answers',
        askedAt: '$askedAt',
        formKey: 'before',
      };
      const unconfirmed = { email: { $exists: true }, confirmedAt: null, forms: { $exists: false } };
      await db?.collection('workshop-guests').updateMany(unconfirmed, [{ $set: { forms: [form] } }]);
    },
  },
  {
    name: '2026-12-09-crafts-are-given',
    up: async ({ db }) => {
      if (db) await giveCrafts(db);
    },
  },
  {
    name: '2026-12-10-who-gave-up-reads-no-shared-notes',
    up: async ({ db }) => {
      if (db) await takeOutLeavers(db);
    },
  },
  {
    name: '2026-12-10-notes-of-pairs-by-page',
    up: async ({ db }) => await dropIndexes(db, { notes: ['pair'] }),
  },
  {
    name: '2026-12-11-zones-by-their-names',
    up: async ({ db }) => {
      if (db) await nameZones(db);
    },
  },
  {
    name: '2026-12-11-notices-of-deleted-posts',
    up: async ({ db }) => {
      if (db) await takeBackDeleted(db);
    },
  },
  {
    name: '2026-12-11-sent-messages-for-later-end',
    up: async ({ db }) => {
      const sent = { state: 'sent', sentAt: { $exists: false } };
      await db?.collection('scheduled').updateMany(sent, { $set: { sentAt: new Date() } });
    },
  },
  {
    name: '2026-12-11-conversations-begin-with-a-word',
    up: async ({ db }) => {
      if (db) await keepToOpeners(db);
    },
  },
  ...deliveryMigrations,
  {
    name: '2026-12-12-plans-follow-the-outbox',
    up: async ({ db }) => {
      await db?.dropCollection('reminder_subjects').catch(() => undefined);
      await db?.collection('reminders').updateMany({ check: { $exists: true } }, { $unset: { check: 1 } });
      await db?.collection('preferences').updateMany({}, { $unset: { changedAt: 1 } });
      const changes = ['preferences', 'sessions', 'help-requests', 'cycles', 'reminder_ladders'];
      await dropIndexes(db, {
        ...Object.fromEntries(changes.map((name) => [name, ['change']])),
        registrations: ['guest'],
      });
    },
  },
  {
    // Their titles and tags lay there for ever; the turn that ends deleted topics takes them, thirty days after they were deleted.
    name: '2026-12-12-deleted-topics-end',
    up: async ({ db }) => {
      await db?.collection('topics').updateMany({ deletedAt: { $ne: null } }, [{ $set: { keptSince: '$deletedAt' } }]);
    },
  },
  {
    name: '2026-12-12-followed-topics-are-read',
    up: async ({ db }) => {
      if (db) await readFollowedTopics(db);
    },
  },
  {
    name: '2026-12-13-flags-of-one-post-are-one-case',
    up: async ({ db }) => {
      if (db) await openFlagCases(db);
      await dropIndexes(db, { 'post-flags': ['waiting', 'each'] });
    },
  },
  {
    name: '2026-12-13-forums-found-by-words',
    up: async ({ db }) => {
      if (db) await giveForumTokens(db);
    },
  },
  {
    name: '2026-12-13-the-night-compares',
    up: async ({ db }) => {
      await db?.dropCollection('cohort_plans').catch(() => undefined);
      for (const name of ['cohorts', 'projects'])
        await db?.collection(name).updateMany({ changedAt: { $exists: true } }, { $unset: { changedAt: 1 } });
      await dropIndexes(db, { cohorts: ['changed'], projects: ['changed'], users: ['change'], workshops: ['change'] });
    },
  },
  {
    name: '2026-12-14-messages-found-by-marks',
    up: async ({ db }) => {
      if (db) await giveMarks(db.collection('messages'));
    },
  },
  {
    name: '2026-12-14-answers-known-as-long-as-their-address',
    up: async ({ db }) => await dropIndexes(db, { 'mail-answers': ['week'] }),
  },
  {
    name: '2026-12-14-posts-found-by-own-words',
    up: async ({ db }) => {
      if (db) await findByOwnWords(db);
    },
  },
  {
    name: '2026-12-15-pairs-are-counted-by-themselves',
    up: async ({ db }) => await dropIndexes(db, { notifications: ['pair'] }),
  },
  {
    name: '2026-12-16-files-of-calls-count-for-calls',
    up: async ({ db }) => {
      if (db) await countFilesOfCalls(db);
    },
  },
  cardMigration,
  {
    name: '2026-12-18-topics-of-the-commons-have-answers',
    up: async ({ db }) => {
      if (db) await askInCommons(db);
    },
  },
  {
    // Whoever has read all of before finds it in the inbox still: nothing was done then.
    name: '2026-12-18-notices-can-be-done',
    up: async ({ db }) => {
      const stands = { at: '$createdAt', done: false, snoozedUntil: null };
      await db?.collection('notifications').updateMany({ done: { $exists: false } }, [{ $set: stands }]);
      await dropIndexes(db, { notifications: ['inbox', 'unread'] });
    },
  },
];

/**
 * Files of before are counted where they hang; what waits for a planned message, where that will be sent. What an import brought counts for nobody in
 * particular. The hourly turn counts once more.
 */
async function countFiles(db: NonNullable<Connection['db']>): Promise<void> {
  const files = db.collection('files');
  await files.updateMany({ bytes: { $exists: false } }, [{ $set: { bytes: '$size', imported: false } }]);
  for await (const row of db.collection('scheduled').find({ 'attachments.0': { $exists: true } })) {
    const ids = (row['attachments'] as { fileId: mongo.ObjectId }[]).map(({ fileId }) => fileId);
    await files.updateMany({ _id: { $in: ids }, state: 'waiting' }, { $set: { cohortId: row['cohortId'] as unknown } });
  }
  const imported = db.collection('messages').find({ imported: true, 'attachments.0': { $exists: true } });
  for await (const row of imported) {
    const ids = (row['attachments'] as { fileId: mongo.ObjectId }[]).map(({ fileId }) => fileId);
    await files.updateMany({ _id: { $in: ids } }, { $set: { imported: true } });
  }
  const sums = { bytes: { $sum: '$bytes' }, files: { $sum: 1 } };
  const counted = { state: { $ne: 'gone' } };
  const people = files.aggregate([
    { $match: { ...counted, imported: false } },
    { $group: { _id: { cohortId: '$cohortId', userId: '$ownerId' }, ...sums } },
  ]);
  const cohorts = files.aggregate([
    { $match: { ...counted, cohortId: { $ne: null } } },
    { $group: { _id: { cohortId: '$cohortId', userId: null }, ...sums } },
  ]);
  for (const rows of [people, cohorts])
    for await (const { _id, bytes, files: count } of rows)
      await db
        .collection('storage_uses')
        .updateOne(_id as object, { $set: { bytes: bytes as number, files: count as number } }, { upsert: true });
  const unknown = { counts: { $ne: null }, 'counts.fileBytes': { $exists: false } };
  await db.collection('imports').updateMany(unknown, { $set: { 'counts.fileBytes': 0 } });
}

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

/**
 * Rows without an excerpt get that of their text, as those above get their tokens: batch by batch; one whose text is changed meanwhile keeps what its change
 * wrote.
 */
async function giveExcerpts(rows: mongo.Collection, field: string, excerpt: (text: string) => string): Promise<void> {
  for (let last: mongo.ObjectId | null = null; ;) {
    const batch: mongo.WithId<mongo.Document>[] = await rows
      .find({ ...(last && { _id: { $gt: last } }), excerpt: { $exists: false } }, { projection: { [field]: 1 } })
      .sort({ _id: 1 })
      .limit(BATCH)
      .toArray();
    if (batch.length === 0) return;
    await rows.bulkWrite(
      batch.map((row) => ({
        updateOne: {
          filter: { _id: row._id, [field]: row[field] as unknown, excerpt: { $exists: false } },
          update: { $set: { excerpt: excerpt(typeof row[field] === 'string' ? row[field] : '') } },
        },
      })),
      { ordered: false },
    );
    last = batch.at(-1)?._id ?? null;
  }
}

/** Rows of one owner get the numbers from 1 on, in the order in which they were made. */
async function givePlaces(rows: mongo.Collection, owner: string): Promise<void> {
  const last = new Map<string, number>();
  for await (const row of rows.find({}, { projection: { [owner]: 1 } }).sort({ _id: 1 })) {
    const place = (last.get(String(row[owner])) ?? 0) + 1;
    last.set(String(row[owner]), place);
    await rows.updateOne({ _id: row._id }, { $set: { place } });
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
