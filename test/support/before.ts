import type { Connection } from 'mongoose';
import { migrations } from '../../src/infra/mongo/migrations.js';
import { freshDatabase } from './app.js';

/** A database as the version before some migrations left it: with people, and everything older applied. */
export async function databaseBefore(
  ...names: string[]
): Promise<{ connection: Connection; drop: () => Promise<void> }> {
  const database = await freshDatabase();
  await database.connection.collection('users').insertOne({ email: 'ines@example.org' });
  await database.connection
    .collection<{ _id: string; at: Date }>('migrations')
    .insertMany(
      migrations.filter(({ name }) => !names.includes(name)).map(({ name }) => ({ _id: name, at: new Date() })),
    );
  return database;
}
