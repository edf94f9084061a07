import type { Connection } from 'mongoose';
import { Types } from 'mongoose';
import { migrations } from '../../../src/infra/mongo/migrations.js';
import { Migrator } from '../../../src/infra/mongo/migrator.js';
import { freshDatabase } from '../../support/app.js';

const NEWEST = '2026-12-11-zones-by-their-names';
/** As written before, and as it is named after. */
const NAMES = [
  ['Europe/Paris', 'Europe/Paris'],
  ['Asia/Kolkata', 'Asia/Kolkata'],
  ['aMERICA/nUUK', 'America/Nuuk'],
  ['utc', 'UTC'],
  ['PST', 'America/Los_Angeles'],
  ['IST', 'Asia/Calcutta'],
  ['jst', 'Asia/Tokyo'],
  ['Mars/Olympus', 'UTC'],
] as const;

let database: { connection: Connection; drop: () => Promise<void> };

/** A database as the version before left it: with people, and everything older applied. */
beforeEach(async () => {
  database = await freshDatabase();
  await database.connection
    .collection<{ _id: string; at: Date }>('migrations')
    .insertMany(migrations.filter(({ name }) => name !== NEWEST).map(({ name }) => ({ _id: name, at: new Date() })));
});
afterEach(() => database.drop());

it.each([
  'users',
  'cohorts',
  'availabilities',
  'cycles',
  'workshops',
  'workshop-series',
  'workshop-certificates',
  'workshop-guests',
  'outside-calendars',
])(
  'given %s that say a zone in an odd way, or one that is none, then each has a name that counts, and nothing else is new',
  async (name) => {
    const { connection } = database;
    const said = (zone: string | null): object =>
      name === 'workshop-certificates'
        ? { says: { title: 'Rust', timeZone: zone } }
        : { title: 'Rust', [name === 'outside-calendars' ? 'zone' : 'timeZone']: zone };
    const rows = [...NAMES, [null, null] as const].map(([before, after]) => ({
      _id: new Types.ObjectId(),
      before: said(before),
      after: said(after),
    }));
    await connection.collection('users').insertOne({ email: 'ines@example.org', timeZone: 'UTC' });
    await connection.collection(name).insertMany(rows.map(({ _id, before }) => ({ _id, ...before })));
    await new Migrator(connection).run();
    const now = await connection
      .collection(name)
      .find({ _id: { $in: rows.map(({ _id }) => _id) } })
      .sort({ _id: 1 })
      .toArray();
    expect(now).toEqual(rows.map(({ _id, after }) => ({ _id, ...after })));
  },
);

it('given forms of guests, then each has a name that counts, and its key', async () => {
  const { connection } = database;
  await connection.collection('users').insertOne({ email: 'ines@example.org', timeZone: 'UTC' });
  const form = (formKey: string, timeZone: string) => ({ formKey, name: 'Ada', timeZone });
  const guests = connection.collection('workshop-guests');
  await guests.insertMany([
    { timeZone: 'UTC', forms: [form('a', 'PST'), form('b', 'Europe/Paris'), form('c', 'europe/paris')] },
    { timeZone: 'UTC', forms: [form('d', 'Europe/Kyiv')] },
  ]);
  await new Migrator(connection).run();
  expect((await guests.find().sort({ _id: 1 }).toArray()).map((row) => row['forms'] as unknown)).toEqual([
    [form('a', 'America/Los_Angeles'), form('b', 'Europe/Paris'), form('c', 'Europe/Paris')],
    [form('d', 'Europe/Kyiv')],
  ]);
});
