import { Types } from 'mongoose';
import { Migrator } from '../../../src/infra/mongo/migrator.js';
import { databaseBefore } from '../../support/before.js';

it('given deleted topics of before, then they end as those of today do; others stay as they are', async () => {
  const { connection, drop } = await databaseBefore('2026-12-12-deleted-topics-end');
  const topics = connection.collection('topics');
  const deletedAt = new Date('2026-09-01T10:00:00Z');
  const [gone, there] = [new Types.ObjectId(), new Types.ObjectId()];
  await topics.insertMany([
    { _id: gone, title: 'Gone', deletedAt },
    { _id: there, title: 'There', deletedAt: null },
  ]);
  await new Migrator(connection).run();
  expect(await topics.find().sort({ _id: 1 }).toArray()).toEqual([
    { _id: gone, title: 'Gone', deletedAt, keptSince: deletedAt },
    { _id: there, title: 'There', deletedAt: null },
  ]);
  await drop();
});
