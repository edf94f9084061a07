import type { Connection } from 'mongoose';
import { Types } from 'mongoose';
import { reportSchema } from '../../../src/chat/moderation/report.schema.js';
import { digestOf } from '../../../src/common/secrets.js';
import { postFlagSchema } from '../../../src/forums/flags/post-flag.schema.js';
import { migrations } from '../../../src/infra/mongo/migrations.js';
import { Migrator } from '../../../src/infra/mongo/migrator.js';
import { freshDatabase } from '../../support/app.js';

const NEW = new Set(['2026-12-09-reports-of-each-text', '2026-12-09-posts-are-reported-as-they-were']);

let database: { connection: Connection; drop: () => Promise<void> };
const newId = () => new Types.ObjectId();

/** A database as the version before left it: with people, and everything older applied. */
beforeEach(async () => {
  database = await freshDatabase();
  const { connection } = database;
  connection.model('MessageReport', reportSchema);
  connection.model('PostFlag', postFlagSchema);
  await connection.collection('users').insertOne({ email: 'ines@example.org' });
  await connection
    .collection<{ _id: string; at: Date }>('migrations')
    .insertMany(migrations.filter(({ name }) => !NEW.has(name)).map(({ name }) => ({ _id: name, at: new Date() })));
});
afterEach(() => database.drop());

it('given reports of before, then each is of its text, and another text is another report', async () => {
  const { connection } = database;
  const reports = connection.collection('message-reports');
  const [messageId, reporterId] = [newId(), newId()];
  await reports.createIndexes([{ key: { messageId: 1, reporterId: 1 }, unique: true, name: 'once' }]);
  await reports.insertOne({ messageId, reporterId, text: 'Go away' });
  await new Migrator(connection).run();
  expect(await reports.findOne()).toMatchObject({ digest: digestOf('Go away'), alts: [] });
  await reports.insertOne({ messageId, reporterId, text: 'Worse', digest: digestOf('Worse') });
  const again = { messageId, reporterId, text: 'Worse', digest: digestOf('Worse') };
  await expect(reports.insertOne(again)).rejects.toThrow(/E11000/);
});

it('given posts that staff were asked to look at before, then those that wait keep what they say today, and what is gone is over', async () => {
  const { connection } = database;
  const [authorId, topicId] = [newId(), newId()];
  const post = (more: object) => ({ _id: newId(), topicId, authorId, number: 1, body: 'A phone number', ...more });
  const posts = [post({}), post({ number: 2, body: null, deletedAt: new Date() }), post({ number: 3 })];
  await connection.collection('topics').insertOne({ _id: topicId, title: 'Whose is it?', deletedAt: null });
  await connection.collection('posts').insertMany(posts);
  const flags = connection.collection('post-flags');
  await flags.createIndexes([{ key: { postId: 1, userId: 1 }, unique: true, name: 'flag' }]);
  const flag = (postId: Types.ObjectId, resolvedAt: Date | null) => ({ postId, userId: newId(), resolvedAt });
  const over = new Date('2026-11-01T00:00:00Z');
  await flags.insertMany([
    ...[flag(posts[0]!._id, null), flag(posts[1]!._id, null), flag(posts[2]!._id, over), flag(newId(), null)],
  ]);
  await new Migrator(connection).run();
  const rows = await flags.find().sort({ _id: 1 }).toArray();
  const words = { text: 'A phone number', title: 'Whose is it?' };
  expect(rows[0]).toMatchObject({ authorId, number: 1, resolvedAt: null, ...words });
  expect(rows[0]!['digest']).toBe(digestOf('A phone number', 'Whose is it?'));
  for (const row of rows.slice(1)) {
    expect(row['resolvedAt']).not.toBeNull();
    expect(row).not.toHaveProperty('text');
  }
  expect(rows[2]!['resolvedAt']).toEqual(over);
});
