import type { Connection } from 'mongoose';
import { Types } from 'mongoose';
import { Migrator } from '../../../src/infra/mongo/migrator.js';
import { databaseBefore } from '../../support/before.js';

let database: { connection: Connection; drop: () => Promise<void> };

beforeEach(async () => {
  database = await databaseBefore('2026-12-12-followed-topics-are-read');
});
afterEach(() => database.drop());

it('given topics that somebody follows from before, then they have read them so far, and what was given to them is no choice; a pointer that is there stays', async () => {
  const { connection } = database;
  const [topic, other, ines, leo, zoe] = Array.from({ length: 5 }, () => new Types.ObjectId());
  await connection.collection('topics').insertMany([
    { _id: topic, lastNumber: 7, authorId: ines },
    { _id: other, lastNumber: 2, authorId: leo },
  ]);
  await connection.collection('topic-subscriptions').insertMany([
    { topicId: topic, userId: ines, level: 'watching' },
    { topicId: topic, userId: leo, level: 'tracking', readNumber: 3 },
    { topicId: other, userId: ines, level: 'muted' },
    { topicId: other, userId: zoe, level: 'tracking' },
    { topicId: topic, userId: zoe, level: 'watching' },
  ]);
  await new Migrator(connection).run();
  await new Migrator(connection).run();
  const rows = await connection.collection('topic-subscriptions').find().sort({ _id: 1 }).toArray();
  expect(rows).toMatchObject([
    { userId: ines, level: 'watching', readNumber: 7, byItself: true },
    { userId: leo, level: 'tracking', readNumber: 3 },
    { userId: ines, level: 'muted', readNumber: 2 },
    { userId: zoe, level: 'tracking', readNumber: 2, byItself: true },
    { userId: zoe, level: 'watching', readNumber: 7 },
  ]);
  expect(rows.filter(({ byItself }) => byItself)).toHaveLength(2);
});
