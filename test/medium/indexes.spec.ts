import { Logger } from '@nestjs/common';
import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { Migrator } from '../../src/infra/mongo/migrator.js';
import { newId } from '../../src/infra/mongo/ids.js';
import { ReminderHealth } from '../../src/reminders/monitoring/reminder-health.js';
import { type TestWorld, startWorld } from '../support/app.js';
import { eventually } from '../support/eventually.js';

let world: TestWorld;
beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());

/** What each query of search asks, and the index that must lead to it. */
describe('the queries of search', () => {
  it('given a walk back in time, then every alternative is a range of the one index, in its order', async () => {
    const shape = { tokens: 'a', channelId: newId(), createdAt: { $gte: new Date(0), $lt: new Date() } };
    const plan = await world.db
      .collection('messages')
      .find({ $or: [shape, { ...shape, tokens: 'b' }] })
      .sort({ createdAt: -1, _id: -1 })
      .limit(21)
      .explain('queryPlanner');
    const text = JSON.stringify(plan);
    // What the engine on Python explains is not what it does; there only the definition counts.
    if (process.env.TEST_MONGODB_ENGINE !== 'secantusd-py') {
      expect(text).toContain('"indexName":"search"');
      expect(text).not.toContain('COLLSCAN');
    }
    const index = (await world.db.collection('messages').indexes()).find(({ name }) => name === 'search');
    expect(Object.entries(index!.key)).toEqual([
      ['tokens', 1],
      ['channelId', 1],
      ['createdAt', -1],
      ['_id', -1],
    ]);
  });
});

describe('how many reminders went and failed of late', () => {
  it('given an hour, then ranges of the index of those that are settled; no row of those that were sent is read', async () => {
    const settledAt = { $gt: new Date(Date.now() - 1000), $lte: new Date() };
    const reminders = world.db.collection('reminders');
    const plans = await Promise.all([
      reminders
        .aggregate([{ $match: { state: 'sent', settledAt } }, { $group: { _id: '$state', count: { $sum: 1 } } }])
        .explain(),
      reminders.aggregate([{ $match: { state: 'failed', settledAt } }, { $group: { _id: '$userId' } }]).explain(),
    ]);
    const [sent, failed] = plans.map((plan) => JSON.stringify(plan));
    if (process.env.TEST_MONGODB_ENGINE !== 'secantusd-py') {
      for (const text of [sent, failed]) expect(text).toContain('"indexName":"settled"');
      expect(sent).not.toMatch(/COLLSCAN|FETCH/);
      expect(failed).not.toContain('COLLSCAN');
    }
    const index = (await world.db.collection('reminders').indexes()).find(({ name }) => name === 'settled');
    expect(Object.keys(index!.key)).toEqual(['state', 'settledAt']);
  });
});

describe('reminders whose mails were put off', () => {
  it('given the question how many wait, then the index of those alone, whatever else is due soon', async () => {
    const reminders = world.db.collection('reminders');
    const soon = { state: 'planned', dueAt: new Date(), wakeAt: new Date(), subject: { id: newId() } };
    await reminders.insertMany(Array.from({ length: 50 }, () => ({ ...soon, userId: newId() })));
    await reminders.insertOne({ ...soon, userId: newId(), deferredFrom: new Date() });
    const plan = await reminders
      .aggregate([
        { $match: { deferredFrom: { $gte: new Date(0) }, state: { $in: ['planned', 'sending', 'handing'] } } },
        { $limit: 10_000 },
        { $group: { _id: '$userId', count: { $sum: 1 }, first: { $min: '$deferredFrom' } } },
      ])
      .explain('executionStats');
    if (process.env.TEST_MONGODB_ENGINE !== 'secantusd-py') {
      const text = JSON.stringify(plan);
      expect(text).toContain('"indexName":"deferred"');
      expect(text).toContain('"totalDocsExamined":1,');
    }
    const index = (await reminders.indexes()).find(({ name }) => name === 'deferred');
    expect(index).toMatchObject({ key: { deferredFrom: 1 }, sparse: true });
    expect((await world.app.get(ReminderHealth).deferred()).count).toBe(1);
    await reminders.deleteMany({ 'subject.id': soon.subject.id });
  });
});

describe('the pages of workshops that start soon', () => {
  it('given a place to go on from, then the one index leads to it, in its order', async () => {
    const at = new Date();
    const plan = await world.db
      .collection('workshops')
      .find({
        ...{ status: 'published', startsAt: { $gte: at, $lt: new Date(at.getTime() + 1000) } },
        $or: [{ startsAt: { $gt: at } }, { startsAt: at, _id: { $gt: newId() } }],
      })
      .sort({ startsAt: 1, _id: 1 })
      .limit(100)
      .explain('queryPlanner');
    const text = JSON.stringify(plan);
    if (process.env.TEST_MONGODB_ENGINE !== 'secantusd-py') {
      expect(text).toContain('"indexName":"starts"');
      expect(text).not.toContain('COLLSCAN');
    }
    const index = (await world.db.collection('workshops').indexes()).find(({ name }) => name === 'starts');
    expect(Object.keys(index!.key)).toEqual(['status', 'startsAt', '_id']);
  });
});

describe('the list of workshops of a cohort', () => {
  it('given a level is asked for, then the index of the cohort leads to its time, in its order', async () => {
    const now = new Date();
    const plan = await world.db
      .collection('workshops')
      .find({ cohortId: newId(), startsAt: { $gte: now }, $and: [{ endsAt: { $gt: now } }, { level: 'beginner' }] })
      .sort({ startsAt: 1, _id: 1 })
      .limit(31)
      .explain('queryPlanner');
    if (process.env.TEST_MONGODB_ENGINE !== 'secantusd-py') {
      const text = JSON.stringify(plan);
      expect(text).toContain('"indexName":"cohort"');
      expect(text).not.toMatch(/COLLSCAN|"SORT"/);
    }
    const index = (await world.db.collection('workshops').indexes()).find(({ name }) => name === 'cohort');
    expect(Object.keys(index!.key)).toEqual(['cohortId', 'startsAt', '_id']);
  });
});

describe('what was read in the inbox of a channel', () => {
  it('given some readers and the place of the one furthest behind, then one index leads to just that', async () => {
    const plan = await world.db
      .collection('notifications')
      .find({
        ...{ userId: { $in: [newId(), newId()] }, 'params.channelId': String(newId()), 'params.seq': { $gt: 3 } },
        ...{ kind: 'chat.watched' },
      })
      .hint('channel-place')
      .explain('queryPlanner');
    if (process.env.TEST_MONGODB_ENGINE !== 'secantusd-py') expect(JSON.stringify(plan)).not.toContain('COLLSCAN');
    const index = (await world.db.collection('notifications').indexes()).find(({ name }) => name === 'channel-place');
    expect(Object.keys(index!.key)).toEqual(['userId', 'params.channelId', 'params.seq']);
  });
});

describe('the indexes of the database', () => {
  it('given a migrated database, then they are exactly those of the schemas, each with a name of its own', async () => {
    for (const [name, model] of Object.entries(world.db.models)) {
      const { toCreate, toDrop } = await model.diffIndexes();
      expect({ name, toCreate, toDrop }).toEqual({ name, toCreate: [], toDrop: [] });
      for (const [, options] of model.schema.indexes())
        expect({ name, index: options.name }).toEqual({ name, index: expect.any(String) });
    }
  });

  it('given two processes that migrate at once, then both end well and the lease is free', async () => {
    await Promise.all(world.nodes.map((node) => node.app.get(Migrator).run()));
    const db = world.app.get<Connection>(getConnectionToken());
    expect(await db.collection('leases').countDocuments({ _id: 'migrations' as never })).toBe(0);
  });

  it('given a lease whose holder died, then it is taken when its time is over', async () => {
    const db = world.app.get<Connection>(getConnectionToken());
    await db
      .collection('leases')
      .insertOne({ _id: 'migrations' as never, holder: 'nobody', until: new Date(Date.now() + 3_600_000) });
    const log = jest.spyOn(Logger.prototype, 'log');
    let isOver = false;
    const running = world.app
      .get(Migrator)
      .run()
      .finally(() => (isOver = true));
    await eventually(() => expect(log).toHaveBeenCalledWith('another process is migrating, waiting for it'));
    expect(isOver).toBe(false);
    await db.collection('leases').updateOne({ holder: 'nobody' }, { $set: { until: new Date(Date.now() - 1000) } });
    await running;
    expect(await db.collection('leases').countDocuments({ _id: 'migrations' as never })).toBe(0);
  });
});
