import { seed } from '../../../../src/cli/seed.js';
import { UsersRepository } from '../../../../src/auth/users.repository.js';
import { type TestWorld, startWorld } from '../../../support/app.js';

/** The people of the demo have published passwords, and one of them is an admin. */
let world: TestWorld;

beforeAll(async () => {
  world = await startWorld();
  const { MONGODB_URI, REDIS_URL, REDIS_PREFIX, PUBLIC_URL, MAIL_FROM, JWT_SECRET, FILES_PATH } = world.config;
  const given = { MONGODB_URI, REDIS_URL, REDIS_PREFIX, PUBLIC_URL, MAIL_FROM, JWT_SECRET, FILES_PATH };
  // Each file of tests has an environment of its own.
  Object.assign(process.env, given, { NODE_ENV: 'production' });
});
afterAll(() => world.stop());

it.each([{}, { reset: true }])(
  'given an empty database in production, then none of them come into it (%j), and it is not reset',
  async (how) => {
    await world.db.collection('kept').insertOne({ is: 'there' });
    await expect(seed(how)).rejects.toThrow('A production database gets no demo, and is never reset.');
    expect(await world.app.get(UsersRepository).isEmpty()).toBe(true);
    expect(await world.db.collection('kept').findOne({})).toMatchObject({ is: 'there' });
  },
);
