import type { Connection } from 'mongoose';
import { Types } from 'mongoose';
import { keepToOpeners } from '../../../src/infra/mongo/migrations/unsaid.migration.js';
import { Migrator } from '../../../src/infra/mongo/migrator.js';
import { databaseBefore } from '../../support/before.js';

const NEWEST = '2026-12-11-conversations-begin-with-a-word';

let database: { connection: Connection; drop: () => Promise<void> };

beforeEach(async () => {
  database = await databaseBefore(NEWEST);
});
afterEach(() => database.drop());

it('given conversations of before in which nothing was said, then only who opened one stays in it; others are as they were', async () => {
  const { connection } = database;
  const [ines, leo] = [new Types.ObjectId(), new Types.ObjectId()];
  const channel = (kind: string, rev: number) => ({
    ...{ _id: new Types.ObjectId(), kind, rev, createdBy: leo },
    cohortId: kind === 'direct' ? null : new Types.ObjectId(),
  });
  const [opened, spoken, quiet] = [channel('direct', 0), channel('direct', 2), channel('private', 0)];
  await connection.collection('channels').insertMany([opened, spoken, quiet]);
  await connection
    .collection('channel-members')
    .insertMany(
      [opened, spoken, quiet].flatMap(({ _id: channelId, cohortId }) =>
        [ines, leo].map((userId) => ({ channelId, cohortId, userId })),
      ),
    );
  await new Migrator(connection).run();
  const rows = await connection.collection('channel-members').find().sort({ _id: 1 }).toArray();
  const inOf = ({ _id }: { _id: Types.ObjectId }) =>
    rows.filter((row) => _id.equals(row['channelId'] as Types.ObjectId)).map((row) => String(row['userId']));
  expect(inOf(opened)).toEqual([String(leo)]);
  expect([inOf(spoken), inOf(quiet)]).toEqual([
    [String(ines), String(leo)],
    [String(ines), String(leo)],
  ]);
});

it('given somebody says something in one while it is looked at, then it stays a place of both', async () => {
  const { connection } = database;
  const [ines, leo, channelId] = [new Types.ObjectId(), new Types.ObjectId(), new Types.ObjectId()];
  const channels = connection.collection('channels');
  const members = connection.collection('channel-members');
  await channels.insertOne({ _id: channelId, kind: 'direct', rev: 0, createdBy: leo, cohortId: null });
  await members.insertMany([ines, leo].map((userId) => ({ channelId, cohortId: null, userId, readSeq: 0 })));
  const before = await members.find().sort({ _id: 1 }).toArray();
  const db = connection.db!;
  const spokenMeanwhile = (name: string) => {
    const found = db.collection(name);
    if (name !== 'channel-members') return found;
    const take = found.deleteMany.bind(found);
    found.deleteMany = async (filter) => {
      await channels.updateOne({ _id: channelId }, { $set: { rev: 1 } });
      return await take(filter);
    };
    return found;
  };
  await keepToOpeners(Object.create(db, { collection: { value: spokenMeanwhile } }) as typeof db);
  expect(await members.find().sort({ _id: 1 }).toArray()).toEqual(before);
});
