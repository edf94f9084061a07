import type { Connection } from 'mongoose';
import { Types } from 'mongoose';
import { migrations } from '../../src/infra/mongo/migrations.js';
import { Migrator } from '../../src/infra/mongo/migrator.js';
import { untoldMigrations } from '../../src/infra/mongo/untold.migration.js';
import { freshDatabase } from '../support/app.js';

/** What was to be told by a field of its own, before the outbox had it. */
const OLD = new Set(untoldMigrations.map(({ name }) => name));
const HOUR_MS = 60 * 60 * 1000;
const ago = (hours: number) => new Date(Date.now() - hours * HOUR_MS);
const id = () => new Types.ObjectId();

let database: { connection: Connection; drop: () => Promise<void> };

/** A database as the version before left it: with people, and everything older applied. */
beforeEach(async () => {
  database = await freshDatabase();
  const { connection } = database;
  await connection.collection('users').insertOne({ email: 'ines@example.org' });
  await connection
    .collection<{ _id: string; at: Date }>('migrations')
    .insertMany(migrations.filter(({ name }) => !OLD.has(name)).map(({ name }) => ({ _id: name, at: new Date() })));
});
afterEach(() => database.drop());

/** What is told however old it is. */
const AT_ANY_AGE = new Set(['workshop-messages untold', 'topics thread-untold']);
const cohortId = id();
const OF_A_WISH = id();

const rooms: [room: string, collection: string, index: string, row: Record<string, any>, events: unknown[]][] = [
  [
    'an open report',
    'message-reports',
    'untold',
    { open: true, untoldSince: ago(1) },
    ['message.reported', ['report notices'], ['cohortId', 'reportId']],
  ],
  [
    'a closed report',
    'message-reports',
    'untold',
    { open: false, untoldSince: ago(1) },
    ['report.closed', ['report notices'], ['cohortId', 'reportId']],
  ],
  [
    'what hosts wrote',
    'workshop-messages',
    'untold',
    { untoldSince: ago(1) },
    ['workshop.messaged', ['message notices'], ['messageId']],
  ],
  [
    'a post',
    'posts',
    'untold',
    { topicId: id(), untoldSince: ago(1) },
    ['post.created', ['forum notices'], ['postId', 'topicId']],
  ],
  [
    'an accepted answer',
    'topics',
    'answer-untold',
    { answerId: id(), answerUntoldSince: ago(1) },
    ['answer.accepted', ['forum notices'], ['postId', 'topicId']],
  ],
  [
    'a thread that goes on as a topic',
    'topics',
    'thread-untold',
    { deletedAt: null, threadUntoldAt: ago(1) },
    ['topic.created', ['threads of chat'], ['topicId']],
  ],
  [
    'a thread whose topic has ended',
    'topics',
    'thread-untold',
    { deletedAt: ago(1), threadUntoldAt: ago(1) },
    ['topic.ended', ['threads of chat'], ['topicId']],
  ],
  [
    'a planned wish',
    'workshop-wishes',
    'untold',
    { untold: true },
    ['wish.planned', ['wish notices'], ['cohortId', 'wishId']],
  ],
  [
    'a wish whose workshop may change',
    'workshop-wishes',
    'following',
    { workshopId: OF_A_WISH, following: true },
    ['workshop.published', ['wishes'], ['cohortId', 'workshopId']],
  ],
];

it.each(rooms)(
  'given %s that nobody was told of, then it is in the outbox once, unless it is too old, and its field is gone',
  async (_room, collection, index, row, [kind, waiting, ids]) => {
    const { connection } = database;
    const rows = connection.collection(collection);
    const [field] = Object.keys(row).filter((name) => /untold|following/i.test(name)) as [string];
    const plain = Object.fromEntries(Object.entries(row).filter(([name]) => name !== field));
    const one = { _id: id(), cohortId, ...row };
    await rows.insertMany([one, { ...one, _id: id(), [field]: ago(30) }, { ...plain, _id: id(), cohortId }]);
    await rows.createIndexes([{ key: { [field]: 1 }, sparse: true, name: index }]);
    for (let times = 0; times < 2; times += 1) await new Migrator(connection).run();
    const outbox = await connection.collection('outbox').find().toArray();
    const told = Array<unknown>(AT_ANY_AGE.has(`${collection} ${index}`) ? 2 : 1).fill([kind, waiting, 0]);
    expect(outbox.map((event) => [event['kind'], event['waiting'], event['tries']])).toEqual(told);
    const facts = outbox.map((event) => event['fact'] as Record<string, unknown>);
    for (const fact of facts) expect(Object.keys(fact).sort()).toEqual(ids);
    const named = facts.flatMap((fact) => Object.values(fact).map(String));
    expect(named.some((value) => [String(one._id), String(OF_A_WISH)].includes(value))).toBe(true);
    expect(await rows.countDocuments({ [field]: { $exists: true } })).toBe(0);
    expect((await rows.indexes()).map(({ name }) => name)).not.toContain(index);
  },
);
