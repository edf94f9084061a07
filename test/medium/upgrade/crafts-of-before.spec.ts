import type { Connection } from 'mongoose';
import { Types } from 'mongoose';
import { membershipSchema } from '../../../src/cohorts/members/membership.schema.js';
import { migrations } from '../../../src/infra/mongo/migrations.js';
import { Migrator } from '../../../src/infra/mongo/migrator.js';
import { freshDatabase } from '../../support/app.js';

const NEWEST = '2026-12-09-crafts-are-given';

let database: { connection: Connection; drop: () => Promise<void> };

/** A database as the version before left it: everything older applied. */
beforeEach(async () => {
  database = await freshDatabase();
  const { connection } = database;
  connection.model('Membership', membershipSchema);
  await connection
    .collection<{ _id: string; at: Date }>('migrations')
    .insertMany(migrations.filter(({ name }) => name !== NEWEST).map(({ name }) => ({ _id: name, at: new Date() })));
});
afterEach(() => database.drop());

it('given members of before, then they have the craft of their invitation, coaches without one their own, and others none', async () => {
  const { connection } = database;
  const [here, there] = [new Types.ObjectId(), new Types.ObjectId()];
  const person = async (craft: string | null) =>
    (await connection.collection('users').insertOne({ email: `${String(new Types.ObjectId())}@x.test`, craft }))
      .insertedId;
  const [invited, selfMade, coach] = [await person('data'), await person('designer'), await person('product')];
  const member = (userId: Types.ObjectId, role: string, cohortId = here) => ({ cohortId, userId, role, endedAt: null });
  await connection
    .collection('memberships')
    .insertMany([
      member(invited, 'fellow'),
      member(invited, 'fellow', there),
      member(selfMade, 'fellow'),
      member(coach, 'coach'),
    ]);
  const invitation = (craft: string | null) => ({ cohortId: here, acceptedBy: invited, craft });
  await connection
    .collection('invitations')
    .insertMany([invitation('product'), invitation('developer'), invitation(null)]);
  await new Migrator(connection).run();
  const rows = await connection.collection('memberships').find().sort({ _id: 1 }).toArray();
  expect(rows.map((row) => row['craft'] as unknown)).toEqual(['developer', null, null, 'product']);
});
