import { Types } from 'mongoose';
import { Ends } from '../../../src/infra/queue/ends.js';
import { Intervals } from '../../../src/infra/queue/intervals.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aPerson } from '../../support/factories.js';

/** The worker's one turn that ends what is over: each room's own end is tested there, and here that the turn comes to it. */
let world: TestWorld;
let person: TestPerson;
let names: string[];
let turn: () => Promise<void>;

const DAY = 24 * 60 * 60_000;

beforeAll(async () => {
  const [ends, intervals] = [jest.spyOn(Ends.prototype, 'of'), jest.spyOn(Intervals.prototype, 'every')];
  world = await startWorld({
    env: { KEEP_LOGINS_DAYS: '10', KEEP_MAIL_REQUESTS_DAYS: '20', KEEP_NOTICES_DAYS: '30' },
  });
  names = ends.mock.calls.map(([name]) => name);
  turn = intervals.mock.calls.find(([, name]) => name === 'what is over')![2];
  jest.restoreAllMocks();
  person = await aPerson(world);
});
afterAll(() => world.stop());

it('given the app, then each of these has its part in the turn', () => {
  expect(names.sort()).toEqual([
    'applications',
    'deleted pages of handbooks',
    'deleted posts',
    'deliveries',
    'drafts of the forum',
    'files',
    'guests',
    'logins',
    'mail requests',
    'messages of channels that keep them for so long',
    'notices',
    'pairs of people who were told',
    'places',
    'words of pages elsewhere',
  ]);
});

it('given what is older than the settings say and what is not yet, then the turn of the worker takes the one and leaves the other', async () => {
  const userId = new Types.ObjectId(person.id);
  // Logins and links of mails end in real time, as theirs is; all else by the clock.
  const [real, told] = [Date.now(), world.clock.now().getTime()];
  const ago = (now: number, days: number) => new Date(now - days * DAY);
  const login = (expiresAt: Date) => ({
    ...{ userId, tokenHash: 'x', userAgent: '', createdAt: expiresAt, lastUsedAt: expiresAt, expiresAt },
    ...{ revokedAt: null, revokedBecause: null },
  });
  const request = (expiresAt: Date) => ({
    ...{ kind: 'reset', userId, email: person.email, createdAt: expiresAt, expiresAt, usedAt: null },
  });
  const notice = (createdAt: Date, key: string) => ({
    ...{ userId, cohortId: null, kind: 'mention', params: {}, link: '/', why: 'x', key, readAt: null, shown: true },
    ...{ createdAt, mail: { state: 'none', dueAt: null } },
  });
  const old: [collection: string, over: object, kept: object][] = [
    ['logins', login(ago(real, 11)), login(ago(real, 9))],
    ['mail-requests', request(ago(real, 21)), request(ago(real, 19))],
    ['notifications', notice(ago(told, 31), 'over'), notice(ago(told, 29), 'kept')],
  ];
  for (const [collection, ...rows] of old)
    await world.db.collection(collection).insertMany(rows.map((row) => ({ ...row, _id: new Types.ObjectId() })));
  const left = async () =>
    await Promise.all(old.map(([collection]) => world.db.collection(collection).countDocuments({ userId })));
  expect(await left()).toEqual([2, 2, 2]);
  await turn();
  expect(await left()).toEqual([1, 1, 1]);
});
