import type { Connection } from 'mongoose';
import { Types } from 'mongoose';
import { migrations } from '../../../src/infra/mongo/migrations.js';
import { Migrator } from '../../../src/infra/mongo/migrator.js';
import { noteSchema } from '../../../src/mentoring/notes/note.schema.js';
import { sessionSchema } from '../../../src/mentoring/sessions/session.schema.js';
import { freshDatabase } from '../../support/app.js';

const NEWEST = '2026-12-10-who-gave-up-reads-no-shared-notes';

let database: { connection: Connection; drop: () => Promise<void> };

/** A database as the version before left it: everything older applied. */
beforeEach(async () => {
  database = await freshDatabase();
  const { connection } = database;
  connection.model('Note', noteSchema);
  connection.model('Session', sessionSchema);
  await connection
    .collection<{ _id: string; at: Date }>('migrations')
    .insertMany(migrations.filter(({ name }) => name !== NEWEST).map(({ name }) => ({ _id: name, at: new Date() })));
});
afterEach(() => database.drop());

it('given notes of before, then who was let in and is in no session with the fellow any more is out, and all others stay', async () => {
  const { connection } = database;
  const id = () => new Types.ObjectId();
  await connection.collection('users').insertOne({ email: 'somebody@x.test' });
  const [cohortId, fellow, author, left, stays] = [id(), id(), id(), id(), id()];
  const session = (coachId: Types.ObjectId, status: string) => ({
    ...{ cohortId, coachId, status, people: [coachId, fellow], startsAt: new Date(), claims: [String(id())] },
  });
  await connection.collection('sessions').insertMany([session(stays, 'held'), session(left, 'cancelled')]);
  const pair = (coach: Types.ObjectId) => `${String(coach)}:${String(fellow)}`;
  const note = (sharedWith: Types.ObjectId[]) => ({
    ...{ cohortId, sharedWith, readers: [author, fellow, ...sharedWith], createdAt: new Date() },
    pairs: [author, ...sharedWith].map(pair),
  });
  await connection.collection('notes').insertMany([note([left, stays]), note([left]), note([])]);
  await new Migrator(connection).run();
  const rows = await connection.collection('notes').find().sort({ _id: 1 }).toArray();
  const none = { sharedWith: [], readers: [author, fellow], pairs: [pair(author)] };
  expect(rows).toMatchObject([
    { sharedWith: [stays], readers: [author, fellow, stays], pairs: [pair(author), pair(stays)] },
    none,
    none,
  ]);
});
