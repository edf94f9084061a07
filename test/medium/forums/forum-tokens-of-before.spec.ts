import type { Connection } from 'mongoose';
import { Types } from 'mongoose';
import { Migrator } from '../../../src/infra/mongo/migrator.js';
import { databaseBefore } from '../../support/before.js';

let database: { connection: Connection; drop: () => Promise<void> };

beforeEach(async () => {
  database = await databaseBefore('2026-12-13-forums-found-by-words');
});
afterEach(() => database.drop());

it('given topics and posts from before, then they get what they are found by; what was changed meanwhile keeps its own', async () => {
  const { connection } = database;
  const [topic, fresh] = [new Types.ObjectId(), new Types.ObjectId()];
  await connection.collection('topics').insertMany([
    { _id: topic, title: 'Signed keys', tags: ['law'], words: ['signed', 'keys', 'law', 'the', 'ropes'] },
    { _id: fresh, title: 'New', tags: [], words: ['new'], tokens: ['own'], titleTokens: ['own'] },
  ]);
  await connection.collection('posts').insertMany([
    { topicId: topic, number: 1, body: 'Ropes ![x](/files/a)' },
    { topicId: topic, number: 2, body: null },
    { topicId: topic, number: 3, body: 'x', tokens: ['own'] },
  ]);
  await new Migrator(connection).run();
  await new Migrator(connection).run();
  const topics = await connection.collection('topics').find().sort({ _id: 1 }).toArray();
  expect(topics.map(({ titleTokens }) => titleTokens)).toEqual([
    expect.arrayContaining(['*', 'tag:law', 'sign', 'kei']),
    ['own'],
  ]);
  expect(topics[0]!['tokens']).toEqual(expect.arrayContaining(['*', 'rope', 'law']));
  const posts = await connection.collection('posts').find().sort({ number: 1 }).toArray();
  expect(posts.map(({ tokens }) => tokens)).toEqual([
    expect.arrayContaining(['*', 'has:image', 'rope']),
    ['*'],
    ['own'],
  ]);
});
