import type { Connection } from 'mongoose';
import { Types } from 'mongoose';
import { flagCaseSchema, postFlagSchema } from '../../../src/forums/flags/post-flag.schema.js';
import { migrations } from '../../../src/infra/mongo/migrations.js';
import { Migrator } from '../../../src/infra/mongo/migrator.js';
import { freshDatabase } from '../../support/app.js';

const NEW = '2026-12-13-flags-of-one-post-are-one-case';

let database: { connection: Connection; drop: () => Promise<void> };
const newId = () => new Types.ObjectId();

/** A database as the version before left it. */
beforeEach(async () => {
  database = await freshDatabase();
  const { connection } = database;
  await connection.model('PostFlag', postFlagSchema).init();
  await connection.model('FlagCase', flagCaseSchema).init();
  await connection.collection('users').insertOne({ email: 'ines@example.org' });
  await connection
    .collection<{ _id: string; at: Date }>('migrations')
    .insertMany(migrations.filter(({ name }) => name !== NEW).map(({ name }) => ({ _id: name, at: new Date() })));
});
afterEach(() => database.drop());

it('given flags of before, then those of one post that wait are one case, what waits to be told names it, and nothing is hidden', async () => {
  const { connection } = database;
  const [cohortId, topicId, postId, otherId, authorId] = [newId(), newId(), newId(), newId(), newId()];
  const at = new Date('2026-11-01T08:00:00Z');
  const flag = (post: Types.ObjectId, digest: string, resolvedAt: Date | null = null) => ({
    ...{ _id: newId(), cohortId, topicId, postId: post, authorId, userId: newId(), number: 2, digest, resolvedAt },
    ...{ reason: 'A phone number', createdAt: at, ...(!resolvedAt && { text: 'Call me', title: 'Who?' }) },
  });
  const [first, second, third] = [flag(postId, 'a'), flag(postId, 'a'), flag(postId, 'b')];
  const [other, over] = [flag(otherId, 'a'), flag(postId, 'c', at)];
  await connection.collection('post-flags').insertMany([first, second, third, other, over]);
  await connection.collection('outbox').insertOne({
    ...{ kind: 'post.flagged', fact: { cohortId: String(cohortId), flagId: String(other._id) } },
    ...{ waiting: ['flag notices'], at, dueAt: at, tries: 0 },
  });
  await new Migrator(connection).run();
  const cases = await connection.collection('flag-cases').find().sort({ _id: 1 }).toArray();
  expect(cases).toHaveLength(2);
  expect(cases[0]).toMatchObject({
    ...{ cohortId, topicId, postId, authorId, number: 2, openedAt: at, waitsFrom: at },
    ...{ hiddenAt: null, settledAt: null, people: [first.userId, second.userId, third.userId] },
    newest: [first._id, second._id, third._id],
  });
  const flags = await connection.collection('post-flags').find({ resolvedAt: null }).sort({ _id: 1 }).toArray();
  expect(flags.map(({ caseId }) => String(caseId))).toEqual(
    [cases[0], cases[0], cases[0], cases[1]].map((one) => String(one!._id)),
  );
  const open = await connection.collection('flag-cases-open').find().sort({ _id: 1 }).toArray();
  expect(open.map(({ _id, caseId }) => [String(_id), String(caseId)])).toEqual(
    cases.map((one) => [String(one['postId']), String(one._id)]),
  );
  expect((await connection.collection('outbox').findOne())!['fact']).toEqual({ caseId: String(cases[1]!._id) });
});
