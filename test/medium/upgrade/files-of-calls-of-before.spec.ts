import { type Connection, Types } from 'mongoose';
import { fileSchema } from '../../../src/files/file.schema.js';
import { storageUseSchema } from '../../../src/files/storage/storage-use.schema.js';
import { migrations } from '../../../src/infra/mongo/migrations.js';
import { Migrator } from '../../../src/infra/mongo/migrator.js';
import { freshDatabase } from '../../support/app.js';

const NEWEST = '2026-12-16-files-of-calls-count-for-calls';

let database: { connection: Connection; drop: () => Promise<void> };

beforeEach(async () => {
  database = await freshDatabase();
  const { connection } = database;
  connection.model('File', fileSchema);
  connection.model('StorageUse', storageUseSchema);
  await connection.collection('users').insertOne({ email: 'ines@example.org' });
  await connection
    .collection<{ _id: string; at: Date }>('migrations')
    .insertMany(migrations.filter(({ name }) => name !== NEWEST).map(({ name }) => ({ _id: name, at: new Date() })));
});
afterEach(() => database.drop());

it('given files of calls of before, then they count for their call and for all calls of the cohort, and what was counted stays', async () => {
  const { connection } = database;
  const [cohortId, callId, other, ownerId] = Array.from({ length: 4 }, () => new Types.ObjectId());
  const file = (bytes: number, placeId: Types.ObjectId | undefined, state = 'held', kind = 'application') => ({
    ...{ ownerId, cohortId, bytes, imported: true, state, since: new Date() },
    holder: { kind, id: ownerId, placeId },
  });
  await connection
    .collection('files')
    .insertMany([
      file(10, callId),
      file(20, callId),
      file(40, other),
      file(80, other, 'gone'),
      file(160, other, 'held', 'message'),
    ]);
  await connection.collection('storage_uses').insertOne({ cohortId, userId: null, bytes: 230, files: 4 });
  await new Migrator(connection).run();
  const uses = await connection
    .collection('storage_uses')
    .find({}, { projection: { _id: 0 } })
    .sort({ bytes: 1 })
    .toArray();
  expect(uses).toEqual([
    { cohortId, userId: callId, of: 'call', bytes: 30, files: 2 },
    { cohortId, userId: other, of: 'call', bytes: 40, files: 1 },
    { cohortId, userId: cohortId, of: 'calls', bytes: 70, files: 3 },
    { cohortId, userId: null, bytes: 230, files: 4 },
  ]);
});
