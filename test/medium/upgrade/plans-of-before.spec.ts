import type { Connection } from 'mongoose';
import { Migrator } from '../../../src/infra/mongo/migrator.js';
import { databaseBefore } from '../../support/before.js';

const NEWEST = '2026-12-12-plans-follow-the-outbox';

let database: { connection: Connection; drop: () => Promise<void> };

beforeEach(async () => {
  database = await databaseBefore(NEWEST);
});
afterEach(() => database.drop());

it('given plans of before, then their marks, checksums and indexes go, and what is planned stays', async () => {
  const { connection } = database;
  const reminders = connection.collection('reminders');
  await reminders.insertMany([
    { title: 'Data walk', state: 'planned', check: 7 },
    { title: 'Read-out', state: 'sent' },
  ]);
  await connection.collection('reminder_subjects').insertOne({ changedAt: new Date() });
  const sessions = connection.collection('sessions');
  await sessions.createIndex({ changedAt: 1, _id: 1 }, { name: 'change' }, {});
  await connection.collection('preferences').insertOne({ quietHours: null, changedAt: new Date() });
  await new Migrator(connection).run();

  const kept = await reminders.find({}, { projection: { _id: 0 } }).toArray();
  expect(kept).toEqual([
    { title: 'Data walk', state: 'planned' },
    { title: 'Read-out', state: 'sent' },
  ]);
  expect(await connection.collection('preferences').countDocuments({ changedAt: { $exists: true } })).toBe(0);
  expect(await connection.db!.listCollections({ name: 'reminder_subjects' }).toArray()).toEqual([]);
  expect((await sessions.indexes()).map(({ name }) => name)).not.toContain('change');
});
