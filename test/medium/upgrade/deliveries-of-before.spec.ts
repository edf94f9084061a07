import type { Connection } from 'mongoose';
import { Types } from 'mongoose';
import { deliveryMigrations } from '../../../src/infra/mongo/migrations/deliveries.migration.js';
import { Migrator } from '../../../src/infra/mongo/migrator.js';
import { databaseBefore } from '../../support/before.js';

/** What waited to leave in collections of its own, before `deliveries` had it. */
let database: { connection: Connection; drop: () => Promise<void> };
beforeEach(async () => {
  database = await databaseBefore(...deliveryMigrations.map(({ name }) => name));
});
afterEach(() => database.drop());

const HOUR_MS = 60 * 60 * 1000;
const ago = (hours: number) => new Date(Date.now() - hours * HOUR_MS);
const id = () => new Types.ObjectId();
const rows = (name: string) => database.connection.collection(name);
const migrate = () => new Migrator(database.connection).run();
const deliveries = () => rows('deliveries').find().sort({ at: 1 }).toArray();
const namesOf = async () => (await database.connection.db!.listCollections().toArray()).map(({ name }) => name);

/** Killed right before it says that it is done: the next start does all of it again. */
async function again(name: string): Promise<void> {
  await database.connection.collection<{ _id: string }>('migrations').deleteOne({ _id: name });
  await migrate();
}

it('given letters about accounts, then those that wait are due as before, once, and what is over for a day stays so', async () => {
  const [waits, old, gone] = [id(), id(), id()];
  const request = { kind: 'reset', email: 'ines@example.org', userId: null, createdAt: ago(1), expiresAt: ago(-1) };
  await rows('mail-requests').insertMany([
    { ...request, _id: waits, mailDueAt: ago(1) },
    { ...request, _id: old, mailDueAt: ago(25) },
    { ...request, _id: gone },
  ]);
  await migrate();
  const due = { _id: waits, kind: 'account', way: 'urgent-letters', of: waits, state: 'waiting', tries: 0 };
  expect(await deliveries()).toMatchObject([due]);
  expect(await rows('mail-requests').countDocuments({ mailDueAt: { $exists: true } })).toBe(0);
  await again('2026-12-12-account-letters-are-deliveries');
  expect(await deliveries()).toHaveLength(1);
});

it('given letters to guests, then each is what it was: waiting with its tries, gone, or failed, and none is lost or doubled', async () => {
  const guestId = id();
  const letter = (key: string, hours: number, more: object = {}) => ({
    ...{ _id: id(), guestId, workshopId: id(), kind: 'changed', key, revision: 2, tries: 3, createdAt: ago(hours) },
    ...more,
  });
  const dueAt = ago(-1);
  const [waits, gone] = [letter('waits', 3, { dueAt }), letter('gone', 2)];
  await rows('guest-letters').insertMany([waits, gone, letter('failed', 1, { failedAt: ago(1) })]);
  await migrate();
  const about = { workshopId: waits.workshopId, kind: 'changed', revision: 2 };
  const all = { kind: 'guest', way: 'letters', of: guestId, tries: 3, lease: null };
  expect(await deliveries()).toMatchObject([
    { ...all, _id: waits._id, key: 'waits', about, state: 'waiting', dueAt },
    { ...all, _id: gone._id, key: 'gone', state: 'sent', overAt: gone.createdAt },
    { ...all, key: 'failed', state: 'failed' },
  ]);
  expect(await namesOf()).not.toContain('guest-letters');
  await again('2026-12-12-guest-letters-are-deliveries');
  expect(await deliveries()).toHaveLength(3);
});

it('given mails of notices, then those that wait or are in hands go on, one that was being handed over fails, and what is over is none', async () => {
  const userId = id();
  const [dueAt, leaseUntil] = [ago(-1), ago(-0.02)];
  const notice = (key: string, state: string, more: object = {}) => ({
    ...{ _id: id(), userId, key, kind: 'chat.direct', createdAt: ago(2), shown: true, params: {} },
    mail: { state, dueAt, attempts: 0, lease: null, leaseUntil: null, error: null, rule: null, ...more },
  });
  const held = { lease: 'x', leaseUntil, attempts: 1 };
  const waits = notice('a', 'waiting');
  await rows('notifications').insertMany([
    ...[waits, notice('b', 'sending', held), notice('c', 'handing', held)],
    ...['sent', 'none', 'digest', 'skipped', 'failed'].map((state) => notice(state, state)),
  ]);
  await migrate();
  const all = { kind: 'notice', way: 'letters', of: userId, lease: null };
  const moved = () => rows('deliveries').find().sort({ key: 1 }).toArray();
  expect(await moved()).toMatchObject([
    { ...all, _id: waits._id, key: `${String(userId)} a`, about: { key: 'a', kind: 'chat.direct' }, dueAt, tries: 0 },
    { ...all, key: `${String(userId)} b`, state: 'waiting', dueAt: leaseUntil, tries: 1 },
    { ...all, key: `${String(userId)} c`, state: 'handing', dueAt: leaseUntil, tries: 1 },
  ]);
  expect((await rows('notifications').findOne({ key: 'a' }))?.mail).toEqual({
    ...{ state: 'waiting', dueAt, error: null, rule: null },
  });
  await again('2026-12-12-mails-of-notices-are-deliveries');
  expect(await moved()).toHaveLength(3);
});

it('given digests, then those that are planned or in hands go on, those that went are counted, and what was dropped is none', async () => {
  const userId = id();
  const digest = (state: string, hours: number, more: object = {}) => ({
    ...{ _id: id(), userId, dueAt: ago(hours), state, because: null, attempts: 1, lease: null, sentAt: null, ...more },
  });
  const [planned, handing] = [digest('planned', 3, { wakeAt: ago(-1) }), digest('handing', 2, { wakeAt: ago(0) })];
  const sent = digest('sent', 1, { sentAt: ago(0.9) });
  await rows('digests').insertMany([planned, handing, sent, digest('dropped', 0.5), digest('failed', 0.4)]);
  await migrate();
  const all = { kind: 'digest', way: 'letters', of: userId, tries: 1 };
  const keyOf = ({ dueAt }: { dueAt: Date }) => ({ key: `${String(userId)} ${dueAt.toISOString()}`, about: { dueAt } });
  expect(await deliveries()).toMatchObject([
    { ...all, ...keyOf(planned), _id: planned._id, state: 'waiting', dueAt: (planned as any).wakeAt },
    { ...all, ...keyOf(handing), state: 'handing' },
    { ...all, ...keyOf(sent), state: 'sent', overAt: sent.sentAt },
  ]);
  expect(await namesOf()).not.toContain('digests');
  await again('2026-12-12-digests-are-deliveries');
  expect(await deliveries()).toHaveLength(3);
});

it('given news of a cohort, then those that wait are due as before, and those that were told are not told again', async () => {
  const [webhookId, topic, milestone] = [id(), id(), id()];
  const news = (kind: string, subjectId: Types.ObjectId, hours: number, more: object = {}) => ({
    ...{ _id: id(), webhookId, kind, subjectId, at: ago(hours), attempts: 2, ...more },
  });
  const wakeAt = ago(-1);
  await rows('cohort-news').insertMany([
    news('topic.unanswered', topic, 2, { wakeAt, on: null }),
    news('milestone.near', milestone, 1, { on: '2026-12-04' }),
  ]);
  await migrate();
  const all = { kind: 'cohort-news', way: 'webhooks', of: webhookId, tries: 2 };
  expect(await deliveries()).toMatchObject([
    { ...all, key: `${String(webhookId)} topic.unanswered ${String(topic)} `, state: 'waiting', dueAt: wakeAt },
    { ...all, key: `${String(webhookId)} milestone.near ${String(milestone)} 2026-12-04`, state: 'sent' },
  ]);
  expect(await namesOf()).not.toContain('cohort-news');
  await again('2026-12-12-news-of-cohorts-are-deliveries');
  expect(await deliveries()).toHaveLength(2);
});

it('given pushes that wait, then they go on beside the mail of the same notice, and none is written for others', async () => {
  const userId = id();
  const pushAt = ago(-1);
  const notice = (key: string, more: object = {}) => ({
    ...{ _id: id(), userId, key, kind: 'chat.direct', createdAt: ago(2), shown: true, params: {} },
    mail: { state: 'waiting', dueAt: ago(-2), attempts: 0, lease: null, leaseUntil: null, error: null, rule: null },
    ...more,
  });
  await rows('notifications').insertMany([notice('a', { pushAt, pushTries: 1 }), notice('b', { pushTries: 2 })]);
  await migrate();
  const pushes = () => rows('deliveries').find({ kind: 'push' }).toArray();
  expect(await pushes()).toMatchObject([
    { key: `${String(userId)} a`, way: 'pushes', of: userId, state: 'waiting', dueAt: pushAt, tries: 1 },
  ]);
  expect(await rows('deliveries').countDocuments({ kind: 'notice' })).toBe(2);
  expect(await rows('notifications').countDocuments({ pushAt: { $exists: true } })).toBe(0);
  await again('2026-12-12-pushes-are-deliveries');
  expect(await pushes()).toHaveLength(1);
});

it('given letters of invitations, then those that wait go on, and none is written of what was used, sent or is due for a day', async () => {
  const invitation = (more: object) => ({
    _id: id(),
    cohortId: id(),
    attempt: 1,
    email: `${String(id())}@x.test`,
    ...more,
  });
  const waits = { ...invitation({ open: true }), mailDueAt: ago(1) };
  await rows('invitations').insertMany([
    ...[waits, invitation({ open: true, mailDueAt: ago(25) }), invitation({ open: true })],
    invitation({ open: false, mailDueAt: ago(1) }),
  ]);
  await migrate();
  const { _id, mailDueAt: dueAt } = waits;
  expect(await deliveries()).toMatchObject([
    { kind: 'invitation', way: 'letters', of: _id, key: `${String(_id)} ${dueAt.getTime()}`, about: { dueAt }, dueAt },
  ]);
  await again('2026-12-12-letters-of-invitations-are-deliveries');
  expect(await deliveries()).toHaveLength(1);
});
