import type { Connection } from 'mongoose';
import { Types } from 'mongoose';
import { Migrator } from '../../../src/infra/mongo/migrator.js';
import { databaseBefore } from '../../support/before.js';

let database: { connection: Connection; drop: () => Promise<void> };

beforeEach(async () => {
  database = await databaseBefore('2026-12-17-cards-of-topics-in-the-outbox');
});
afterEach(() => database.drop());

it('given topics that were discussed by a lease, then the outbox has those that were on their way, and none has a lease', async () => {
  const { connection } = database;
  const [stands, onItsWay, message] = Array.from({ length: 3 }, () => new Types.ObjectId());
  const row = () => ({ topicId: new Types.ObjectId(), channelId: new Types.ObjectId(), wish: 'discuss-1' });
  await connection.collection('topic-discussions').insertMany([
    { ...row(), _id: stands, messageId: message, takenAt: new Date() },
    { ...row(), _id: onItsWay, messageId: null, takenAt: new Date(0) },
  ]);
  await new Migrator(connection).run();
  await new Migrator(connection).run();
  const rows = await connection.collection('topic-discussions').find().sort({ _id: 1 }).toArray();
  expect(rows).toEqual([
    expect.objectContaining({ _id: stands, messageId: message, wish: 'discuss-1' }),
    expect.objectContaining({ _id: onItsWay, messageId: null, wish: 'discuss-1' }),
  ]);
  expect(rows.filter((one) => 'takenAt' in one)).toEqual([]);
  const waiting = await connection.collection('outbox').find().toArray();
  expect(waiting).toMatchObject([
    { kind: 'topic.discussed', waiting: ['topic cards'], fact: { discussionId: String(onItsWay) }, tries: 0 },
  ]);
});
