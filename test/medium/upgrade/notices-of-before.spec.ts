import type { Connection } from 'mongoose';
import { Types } from 'mongoose';
import { Migrator } from '../../../src/infra/mongo/migrator.js';
import { databaseBefore } from '../../support/before.js';

let database: { connection: Connection; drop: () => Promise<void> };

beforeEach(async () => {
  database = await databaseBefore('2026-12-18-notices-can-be-done');
});
afterEach(() => database.drop());

it('given notices of before, then all stand in the inbox as they were told; what is done by a newer process meanwhile stays done', async () => {
  const { connection } = database;
  const [createdAt, at] = [new Date('2026-10-13T09:00:00Z'), new Date('2026-10-14T09:00:00Z')];
  const userId = new Types.ObjectId();
  const told = { userId, shown: true, createdAt };
  const notices = connection.collection('notifications');
  await notices.insertMany([
    { ...told, key: 'read', readAt: at },
    { ...told, key: 'done', at, done: true, snoozedUntil: null },
  ]);
  await new Migrator(connection).run();
  expect(
    await notices
      .find({}, { projection: { _id: 0, userId: 0 } })
      .sort({ _id: 1 })
      .toArray(),
  ).toEqual([
    { key: 'read', shown: true, createdAt, readAt: at, at: createdAt, done: false, snoozedUntil: null },
    { key: 'done', shown: true, createdAt, at, done: true, snoozedUntil: null },
  ]);
});
