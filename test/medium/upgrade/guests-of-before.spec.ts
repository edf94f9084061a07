import type { Connection } from 'mongoose';
import { Types } from 'mongoose';
import { migrations } from '../../../src/infra/mongo/migrations.js';
import { Migrator } from '../../../src/infra/mongo/migrator.js';
import { guestSchema } from '../../../src/workshops/guests/guest.schema.js';
import { freshDatabase } from '../../support/app.js';

const NEWEST = '2026-12-09-guests-confirm-one-form';

let database: { connection: Connection; drop: () => Promise<void> };

/** A database as the version before left it: with people, and everything older applied. */
beforeEach(async () => {
  database = await freshDatabase();
  const { connection } = database;
  connection.model('WorkshopGuest', guestSchema);
  await connection.collection('users').insertOne({ email: 'ines@example.org' });
  await connection
    .collection<{ _id: string; at: Date }>('migrations')
    .insertMany(migrations.filter(({ name }) => name !== NEWEST).map(({ name }) => ({ _id: name, at: new Date() })));
});
afterEach(() => database.drop());

it('given guests who asked before, then links of before confirm what they asked; who confirmed stays as they are', async () => {
  const { connection } = database;
  const guests = connection.collection('workshop-guests');
  const asked = { name: 'Ada', locale: 'en', timeZone: 'UTC', mode: null, plusOne: false, answers: { a: 'x' } };
  const guest = (more: object) => ({
    ...{ ...asked, askedAt: new Date(0), workshopId: new Types.ObjectId(), companionId: new Types.ObjectId() },
    ...{ confirmedAt: null, eraseAt: new Date(), ...more },
  });
  await guests.insertMany([
    guest({ email: 'a@guests.test' }),
    guest({ email: 'b@guests.test', confirmedAt: new Date() }),
    guest({ key: 'let in' }),
  ]);
  await new Migrator(connection).run();
  const [waits, ...others] = await guests.find().sort({ _id: 1 }).toArray();
  expect(waits!['forms']).toEqual([{ ...asked, askedAt: new Date(0), formKey: 'before' }]);
  expect(others.map((row) => 'forms' in row)).toEqual([false, false]);
});
