import type { Connection, mongo } from 'mongoose';
import { derivedId } from '../../../common/derived-id.js';
import { idOf } from '../ids.js';
import type { Migration } from '../migrations.js';

type Db = NonNullable<Connection['db']>;
type Row = mongo.WithId<mongo.Document>;

const DAY_MS = 24 * 60 * 60 * 1000;
const BATCH = 500;

/** A row of `deliveries` as it is written for one of before. It keeps the id, from which the Message-ID is made: a mail that went already is seen to be the same. */
interface Delivery {
  _id: mongo.ObjectId;
  kind: string;
  key: string;
  way: string;
  of: mongo.ObjectId;
  about: Record<string, unknown>;
  state: string;
  because: string | null;
  tries: number;
  lease: null;
  at: Date;
  dueAt?: Date;
  overAt?: Date;
}

type When = Pick<Delivery, 'state' | 'because' | 'tries' | 'at' | 'dueAt' | 'overAt'>;

/** When it is due, or that it is over. */
const stateOf = (at: Date, dueAt: unknown, tries: unknown, failedAt?: unknown): When => ({
  ...{ at, tries: typeof tries === 'number' ? tries : 0 },
  ...(dueAt instanceof Date
    ? { state: 'waiting', because: null, dueAt }
    : failedAt instanceof Date
      ? { state: 'failed', because: 'error', overAt: failedAt }
      : { state: 'sent', because: null, overAt: at }),
});

/** Writes a delivery for each row, once: killed in between, the next start passes over those that are there. */
async function copyRows(db: Db, rows: mongo.FindCursor<Row>, deliveryOf: (row: Row) => Delivery): Promise<void> {
  const deliveries = db.collection<Delivery>('deliveries');
  const write = async (all: Row[]) => {
    if (all.length === 0) return;
    await deliveries.bulkWrite(
      all.map(deliveryOf).map(({ _id, ...row }) => ({
        updateOne: { filter: { _id }, update: { $setOnInsert: row }, upsert: true },
      })),
      { ordered: false },
    );
  };
  let batch: Row[] = [];
  for await (const row of rows) {
    batch.push(row);
    if (batch.length < BATCH) continue;
    await write(batch);
    batch = [];
  }
  await write(batch);
}

/** Letters about accounts that wait. What is due since longer than a day was not tried any more, and is not now. */
async function moveAccountLetters(db: Db, now = new Date()): Promise<void> {
  const requests = db.collection('mail-requests');
  const waiting = { mailDueAt: { $gt: new Date(now.getTime() - DAY_MS) } };
  await copyRows(db, requests.find(waiting), ({ _id, mailDueAt }) => ({
    ...{ _id, kind: 'account', key: String(_id), way: 'urgent-letters', of: _id, about: {}, lease: null },
    ...stateOf(mailDueAt as Date, mailDueAt, 0),
  }));
  await requests.updateMany({ mailDueAt: { $exists: true } }, { $unset: { mailDueAt: 1 } });
  // One that is not there needs no dropping.
  await requests.dropIndex('mail').catch(() => undefined);
}

/** Letters of invitations that wait; of those due since longer than a day staff see that they were never sent. */
async function moveInvitations(db: Db, now = new Date()): Promise<void> {
  const invitations = db.collection('invitations');
  const waiting = { open: true, mailDueAt: { $gt: new Date(now.getTime() - DAY_MS) } };
  await copyRows(db, invitations.find(waiting), (row) => {
    const { _id } = row;
    const dueAt = row['mailDueAt'] as Date;
    return {
      ...{ _id, kind: 'invitation', key: `${String(_id)} ${dueAt.getTime()}`, way: 'letters', of: _id, lease: null },
      about: { dueAt },
      ...stateOf(dueAt, dueAt, 0),
    };
  });
  await invitations.dropIndex('mail').catch(() => undefined);
}

/** Letters to guests, also those that have gone: by their keys none is written again. */
async function moveGuestLetters(db: Db): Promise<void> {
  const rows = db.collection('guest-letters').find({});
  await copyRows(db, rows, ({ _id, guestId, key, dueAt, tries, failedAt, createdAt, ...row }) => {
    const about = Object.entries(row).filter(([name]) =>
      ['workshopId', 'kind', 'form', 'messageId', 'revision'].includes(name),
    );
    return {
      ...{ _id, kind: 'guest', key: key as string, way: 'letters', of: guestId as mongo.ObjectId, lease: null },
      about: Object.fromEntries(about),
      ...stateOf(createdAt as Date, dueAt, tries, failedAt),
    };
  });
  await dropCollection(db, 'guest-letters');
}

const LEASED: Record<string, string> = { sending: 'waiting', handing: 'handing' };

/** Mails of notices that wait, or are in somebody's hands. All others are over, and their notices say so. */
async function moveNoticeMails(db: Db): Promise<void> {
  const notices = db.collection('notifications');
  const open = notices.find({ 'mail.state': { $in: ['waiting', ...Object.keys(LEASED)] } });
  await copyRows(db, open, ({ _id, userId, key, kind, createdAt, mail }) => {
    const { state, dueAt, leaseUntil, attempts } = mail as Record<string, unknown>;
    const of = userId as mongo.ObjectId;
    return {
      ...{ _id, kind: 'notice', key: `${String(of)} ${String(key)}`, way: 'letters', of, lease: null },
      about: { key: key as string, kind: kind as string },
      ...stateOf(createdAt as Date, LEASED[state as string] ? (leaseUntil ?? dueAt) : dueAt, attempts),
      // One that was being handed over may have gone: it fails as its lease ends.
      ...(state === 'handing' && { state: 'handing' }),
    };
  });
  const old = { 'mail.attempts': 1, 'mail.lease': 1, 'mail.leaseUntil': 1 } as const;
  await notices.updateMany({ 'mail.attempts': { $exists: true } }, { $unset: old });
  await notices.dropIndex('lease').catch(() => undefined);
}

/** Pushes that wait. Their id is made from that of the notice, which the mail has. */
async function movePushes(db: Db): Promise<void> {
  const notices = db.collection('notifications');
  await copyRows(db, notices.find({ pushAt: { $exists: true } }), (row) => {
    const { _id, key, kind, createdAt, pushAt, pushTries } = row;
    const of = row['userId'] as mongo.ObjectId;
    return {
      ...{ kind: 'push', key: `${String(of)} ${String(key)}`, way: 'pushes', of, lease: null },
      _id: idOf(derivedId('push', String(_id))),
      about: { key: key as string, kind: kind as string },
      ...stateOf(createdAt as Date, pushAt, pushTries),
    };
  });
  await notices.updateMany({ pushAt: { $exists: true } }, { $unset: { pushAt: 1, pushTries: 1 } });
  await notices.dropIndex('push').catch(() => undefined);
}

/** Digests that are planned or in somebody's hands, and those that have gone: people see how many. */
async function moveDigests(db: Db): Promise<void> {
  const open = ['planned', 'sending', 'handing', 'sent'];
  await copyRows(db, db.collection('digests').find({ state: { $in: open } }), (row) => {
    const { _id, userId, state, attempts, wakeAt, sentAt } = row;
    const [of, dueAt] = [userId as mongo.ObjectId, row['dueAt'] as Date];
    return {
      ...{ _id, kind: 'digest', key: `${String(of)} ${dueAt.toISOString()}`, way: 'letters', of, lease: null },
      about: { dueAt },
      ...stateOf(state === 'sent' ? (sentAt as Date) : dueAt, state === 'sent' ? null : (wakeAt ?? dueAt), attempts),
      ...(state === 'handing' && { state: 'handing' }),
    };
  });
  await dropCollection(db, 'digests');
}

/** News of cohorts, also those that have gone: by their keys none is told again. */
async function moveCohortNews(db: Db): Promise<void> {
  await copyRows(db, db.collection('cohort-news').find({}), (row) => {
    const { _id, webhookId, kind, subjectId, at, attempts, wakeAt } = row;
    const on = (row['on'] as string | null | undefined) ?? null;
    return {
      ...{ _id, kind: 'cohort-news', way: 'webhooks', of: webhookId as mongo.ObjectId, lease: null },
      key: [String(webhookId), String(kind), String(subjectId), on ?? ''].join(' '),
      about: { kind: kind as string, subjectId: subjectId as mongo.ObjectId, on },
      ...stateOf(at as Date, wakeAt, attempts),
    };
  });
  await dropCollection(db, 'cohort-news');
}

/** One that is not there needs no dropping. */
async function dropCollection(db: Db, name: string): Promise<void> {
  await db
    .collection(name)
    .drop()
    .catch(() => undefined);
}

const move = (name: string, up: (db: Db) => Promise<void>): Migration => ({
  name,
  up: async ({ db }: Connection) => {
    if (db) await up(db);
  },
});

/** What waited in collections of its own goes by the one way out. */
export const deliveryMigrations: readonly Migration[] = [
  move('2026-12-12-account-letters-are-deliveries', moveAccountLetters),
  move('2026-12-12-letters-of-invitations-are-deliveries', moveInvitations),
  move('2026-12-12-guest-letters-are-deliveries', moveGuestLetters),
  move('2026-12-12-mails-of-notices-are-deliveries', moveNoticeMails),
  move('2026-12-12-pushes-are-deliveries', movePushes),
  move('2026-12-12-digests-are-deliveries', moveDigests),
  move('2026-12-12-news-of-cohorts-are-deliveries', moveCohortNews),
];
