import type { Connection } from 'mongoose';
import { Types } from 'mongoose';
import { type FileRow, fileSchema } from '../../../src/files/file.schema.js';
import { storageUseSchema } from '../../../src/files/storage/storage-use.schema.js';
import { migrations } from '../../../src/infra/mongo/migrations.js';
import { Migrator } from '../../../src/infra/mongo/migrator.js';
import { freshDatabase } from '../../support/app.js';

const NEWEST = '2026-12-05-files-are-counted';

let database: { connection: Connection; drop: () => Promise<void> };

/** A database as the version before left it: with people, and everything older applied. */
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

it('given files of before, then each counts where it hangs or will be sent, an imported one for nobody, and what is gone not at all', async () => {
  const { connection } = database;
  const [cohortId, ines, sent, planned, loose, imported, gone] = Array.from({ length: 7 }, () => new Types.ObjectId());
  const file = (_id: Types.ObjectId | undefined, size: number, more: Partial<FileRow>) => ({
    ...{ _id, ownerId: ines, cohortId: null, name: 'a', type: 'text/plain', kind: 'file', size, state: 'waiting' },
    ...{ since: new Date(), holder: null, ...more },
  });
  await connection
    .collection('files')
    .insertMany([
      file(sent, 10, { cohortId, state: 'held' }),
      file(planned, 20, {}),
      file(loose, 40, {}),
      file(imported, 80, { cohortId, state: 'held' }),
      file(gone, 160, { cohortId, state: 'gone' }),
    ]);
  await connection.collection('scheduled').insertOne({ cohortId, attachments: [{ fileId: planned }] });
  await connection.collection('messages').insertOne({ cohortId, imported: true, attachments: [{ fileId: imported }] });
  await connection.collection('imports').insertMany([{ counts: { files: 1 } }, { counts: null }]);
  await new Migrator(connection).run();
  const uses = await connection
    .collection('storage_uses')
    .find({}, { projection: { _id: 0 } })
    .toArray();
  expect(uses).toHaveLength(3);
  expect(uses).toEqual(
    expect.arrayContaining([
      { cohortId, userId: ines, bytes: 30, files: 2 },
      { cohortId: null, userId: ines, bytes: 40, files: 1 },
      { cohortId, userId: null, bytes: 110, files: 3 },
    ]),
  );
  const counts = (await connection.collection('imports').find().toArray()).map((row) => row['counts'] as unknown);
  expect(counts).toEqual([{ files: 1, fileBytes: 0 }, null]);
});
