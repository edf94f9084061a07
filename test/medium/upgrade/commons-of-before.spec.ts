import type { Connection } from 'mongoose';
import { Types } from 'mongoose';
import { Migrator } from '../../../src/infra/mongo/migrator.js';
import { databaseBefore } from '../../support/before.js';

let database: { connection: Connection; drop: () => Promise<void> };

beforeEach(async () => {
  database = await databaseBefore('2026-12-18-topics-of-the-commons-have-answers');
});
afterEach(() => database.drop());

it('given topics of the commons from before, then each says whether it asks and whether others wrote; what has an answer stays', async () => {
  const { connection } = database;
  const [asked, talked, solved, zoe, noe] = Array.from({ length: 5 }, () => new Types.ObjectId());
  const talk = new Types.ObjectId();
  await connection.collection('topics').insertOne({ _id: talk, kind: 'discussion' });
  await connection.collection('commons-topics').insertMany([
    { _id: asked, fromTopicId: new Types.ObjectId(), authorId: zoe },
    { _id: talked, fromTopicId: talk, authorId: zoe },
    { _id: solved, fromTopicId: new Types.ObjectId(), authorId: zoe, solved: true, others: 4 },
  ]);
  const post = (authorId = noe, more: object = {}) => ({
    ...{ topicId: talked, authorId, removedAt: null, hiddenAt: null },
    ...more,
  });
  await connection
    .collection('commons-posts')
    .insertMany([post(zoe), post(), post(noe, { removedAt: new Date() }), post(noe, { hiddenAt: new Date() })]);
  await new Migrator(connection).run();
  await new Migrator(connection).run();
  const rows = await connection.collection('commons-topics').find().toArray();
  const byId = new Map(rows.map((row) => [String(row._id), row]));
  expect(byId.get(String(asked))).toMatchObject({ kind: 'question', others: 0, solved: false, answerId: null });
  expect(byId.get(String(talked))).toMatchObject({ kind: 'discussion', others: 1, solved: false, answerWords: [] });
  expect(byId.get(String(solved))).toMatchObject({ solved: true, others: 4 });
});
