import type { Connection } from 'mongoose';
import { Types } from 'mongoose';
import { Migrator } from '../../../src/infra/mongo/migrator.js';
import { databaseBefore } from '../../support/before.js';

const NEWEST = '2026-12-11-notices-of-deleted-posts';

let database: { connection: Connection; drop: () => Promise<void> };

beforeEach(async () => {
  database = await databaseBefore(NEWEST);
});
afterEach(() => database.drop());

it('given notices of before of a post and a topic that are deleted by now, then they are shown nowhere; all others are as they were', async () => {
  const { connection } = database;
  const [topic, ended, stays, goes] = Array.from({ length: 4 }, () => new Types.ObjectId()) as [
    Types.ObjectId,
    Types.ObjectId,
    Types.ObjectId,
    Types.ObjectId,
  ];
  await connection.collection('topics').insertMany([
    { _id: topic, deletedAt: null },
    { _id: ended, deletedAt: new Date() },
  ]);
  await connection.collection('posts').insertMany([
    { _id: stays, deletedAt: null },
    { _id: goes, deletedAt: new Date() },
  ]);
  const told = (key: string, params: Record<string, unknown>) => ({
    ...{ key, userId: topic, shown: true, params: { title: 'T', by: 'K', excerpt: 'words', ...params } },
  });
  const notices = [
    told('stays', { topicId: String(topic), postId: String(stays) }),
    told('goes', { topicId: String(topic), postId: String(goes) }),
    told('of the topic', { topicId: String(topic) }),
    told('of none', { topicId: String(ended) }),
    told('of chat', { channelId: String(ended) }),
  ];
  await connection.collection('notifications').insertMany(notices);
  await new Migrator(connection).run();
  const rows = await connection.collection('notifications').find().sort({ _id: 1 }).toArray();
  const words = ({ key, shown, params }: Record<string, unknown>) => [key, shown, (params as { title: string }).title];
  expect(rows.map(words)).toEqual([
    ['stays', true, 'T'],
    ['goes', false, ''],
    ['of the topic', true, 'T'],
    ['of none', false, ''],
    ['of chat', true, 'T'],
  ]);
});
