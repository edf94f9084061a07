import type { Connection } from 'mongoose';
import { Migrator } from '../../../src/infra/mongo/migrator.js';
import { databaseBefore } from '../../support/before.js';

const NEWEST = '2026-12-11-sent-messages-for-later-end';

let database: { connection: Connection; drop: () => Promise<void> };

beforeEach(async () => {
  database = await databaseBefore(NEWEST);
});
afterEach(() => database.drop());

it('given messages for later of before, then those that were sent end from now on, and no other', async () => {
  const { connection } = database;
  const states = ['sent', 'waiting', 'failed'];
  await connection.collection('scheduled').insertMany(states.map((state) => ({ state, clientId: state })));
  await new Migrator(connection).run();
  const ending = await connection
    .collection('scheduled')
    .find({ sentAt: { $type: 'date' } })
    .toArray();
  expect(ending.map((row) => row['state'] as string)).toEqual(['sent']);
});
