import type { Connection } from 'mongoose';
import { Types } from 'mongoose';
import { savedMessageSchema } from '../../../src/chat/marks/saved-message.schema.js';
import { migrations } from '../../../src/infra/mongo/migrations.js';
import { Migrator } from '../../../src/infra/mongo/migrator.js';
import { freshDatabase } from '../../support/app.js';

const NEWEST = '2026-12-06-saved-messages-have-places';

let database: { connection: Connection; drop: () => Promise<void> };

/** A database as the version before left it: with people, and everything older applied. */
beforeEach(async () => {
  database = await freshDatabase();
  const { connection } = database;
  connection.model('SavedMessage', savedMessageSchema);
  await connection.collection('users').insertOne({ email: 'ines@example.org' });
  await connection
    .collection<{ _id: string; at: Date }>('migrations')
    .insertMany(migrations.filter(({ name }) => name !== NEWEST).map(({ name }) => ({ _id: name, at: new Date() })));
});
afterEach(() => database.drop());

it('given saved messages of before, then those of each person have places from 1 on', async () => {
  const { connection } = database;
  const [ines, leo] = [new Types.ObjectId(), new Types.ObjectId()];
  const saved = (userId: Types.ObjectId) => ({ userId, messageId: new Types.ObjectId(), savedAt: new Date() });
  await connection.collection('saved-messages').insertMany([saved(ines), saved(leo), saved(ines)]);
  await new Migrator(connection).run();
  const rows = await connection.collection('saved-messages').find().sort({ _id: 1 }).toArray();
  expect(rows.map((row) => row['place'] as unknown)).toEqual([1, 1, 2]);
});
