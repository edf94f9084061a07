import type { Connection } from 'mongoose';
import { Types } from 'mongoose';
import { migrations } from '../../../src/infra/mongo/migrations.js';
import { Migrator } from '../../../src/infra/mongo/migrator.js';
import { freshDatabase } from '../../support/app.js';

const NEWEST = ['2026-12-14-messages-found-by-marks', '2026-12-14-posts-found-by-own-words'];

let database: { connection: Connection; drop: () => Promise<void> };

/** A database as the version before left it: with people, and everything older applied. */
beforeEach(async () => {
  database = await freshDatabase();
  const { connection } = database;
  await connection.collection('users').insertOne({ email: 'ines@example.org' });
  await connection
    .collection<{ _id: string; at: Date }>('migrations')
    .insertMany(
      migrations.filter(({ name }) => !NEWEST.includes(name)).map(({ name }) => ({ _id: name, at: new Date() })),
    );
});
afterEach(() => database.drop());

it('given messages of before, then those that are replies, pinned, or name somebody are found by that; deleted ones by nothing', async () => {
  const { connection } = database;
  const [channelId, ines] = [new Types.ObjectId(), new Types.ObjectId()];
  const message = (over: object) => ({
    channelId,
    senderId: ines,
    body: 'x',
    threadId: null,
    names: [],
    tokens: ['*', 'x'],
    ...over,
  });
  await connection
    .collection('messages')
    .insertMany([
      message({}),
      message({ threadId: new Types.ObjectId(), names: [ines] }),
      message({ pinnedAt: new Date(), names: [channelId] }),
      message({ threadId: new Types.ObjectId(), tokens: [], deletedAt: new Date() }),
    ]);
  await new Migrator(connection).run();
  const rows = await connection.collection('messages').find().sort({ _id: 1 }).toArray();
  expect(rows.map((row) => row['tokens'] as unknown)).toEqual([
    ['*', 'x'],
    ['*', 'x', 'is:thread', `names:${String(ines)}`],
    ['*', 'x', 'is:pinned', 'names:all'],
    [],
  ]);
});

it('given posts of before that quote others, then they and their topics are found by their own words', async () => {
  const { connection } = database;
  const [topicId, quoted] = [new Types.ObjectId(), new Types.ObjectId()];
  const body = `> <#${String(quoted)}>\n> hidden words\n\nMine alone`;
  const [title, tags] = ['Plans', ['law']];
  const words = ['plans', 'law', 'hidden', 'words', 'mine', 'alone'];
  await connection.collection('topics').insertOne({ _id: topicId, title, tags, words, tokens: ['*', 'hidden'] });
  await connection.collection('posts').insertMany([
    { topicId, number: 1, body, tokens: ['*', 'hidden', 'word', 'mine', 'alon'] },
    { topicId, number: 2, body: '> hidden words\n\nMine', tokens: ['*', 'kept'] },
  ]);
  await new Migrator(connection).run();
  const topic = await connection.collection('topics').findOne({ _id: topicId });
  expect(topic?.['words']).toEqual(['plans', 'law', 'mine', 'alone']);
  const [first, second] = await connection.collection('posts').find().sort({ number: 1 }).toArray();
  expect([topic?.['tokens'], first?.['tokens']].flat()).not.toContain('hidden');
  expect(first?.['tokens']).toContain('mine');
  expect(second?.['tokens']).toEqual(['*', 'kept']);
});
