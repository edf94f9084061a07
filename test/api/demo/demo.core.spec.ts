import { readFile } from 'node:fs/promises';
import type { Model } from 'mongoose';
import { HISTORY_FILE, type KeptHistory, unpack } from '../../../src/cli/demo/history/history-rows.js';
import { seedDemo } from '../../../src/cli/seed.js';
import { zonedOf } from '../../../src/common/times/zoned.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { type Client, clientOf } from '../../support/client.js';
import { demoDatabase } from '../../support/rooms/demo.js';
import { aLogin } from '../../support/rooms/logins.js';

/** A Thursday afternoon in summer, where the history is kept for a winter. */
const NOW = new Date('2027-06-17T14:00:00.000Z');
const MONDAY = new Date('2027-06-14T00:00:00.000Z');
const HOUR = 3_600_000;

let world: TestWorld;

beforeAll(async () => {
  await demoDatabase();
  await seedDemo(NOW);
  world = await startWorld({
    now: NOW.toISOString(),
    env: { MONGODB_URI: process.env.MONGODB_URI ?? '', ROLES: 'web' },
  });
});
afterAll(() => world.stop());

const rowsOf = async (name: string) => await world.db.collection(name).find().toArray();

async function signedIn(name: string): Promise<Client> {
  const { token } = await aLogin(world, `${name}@demo.cordee.example`, 'cordee-demo-2026');
  return clientOf(world.url, token);
}

describe('given the demo was made on a Thursday in summer', () => {
  it.each(['admin', 'staff', 'coach', 'coach2', 'host', 'fellow', 'fellow2', 'fellow3', 'outsider'])(
    'then %s@ signs in, and is in a running cohort',
    async (name) => {
      const { memberships } = (await (await signedIn(name)).get('/api/me')).body;
      const cohortName = name === 'outsider' ? 'Island cohort' : 'Cohort 7';
      expect(memberships).toContainEqual(expect.objectContaining({ cohortName, cohortState: 'running' }));
    },
  );

  it('then people last wrote today, and nothing that was written lies ahead', async () => {
    for (const name of ['messages', 'posts', 'notes', 'notifications']) {
      const written = (await rowsOf(name)).map(({ createdAt }) => createdAt.getTime()).sort((a, b) => b - a);
      expect(written[0]).toBeLessThanOrEqual(NOW.getTime());
    }
    const today = (await rowsOf('messages')).filter(({ createdAt }) => NOW.getTime() - createdAt.getTime() < 6 * HOUR);
    expect(today.length).toBeGreaterThan(5);
  });

  it('then of each session that is over one knows what came of it, and those ahead are planned', async () => {
    const sessions = await rowsOf('sessions');
    const over = sessions.filter(({ endsAt }) => NOW.getTime() - endsAt.getTime() > HOUR);
    const thisWeek = over.filter(({ startsAt }) => startsAt > MONDAY);
    expect(thisWeek.length).toBeGreaterThan(5);
    expect(over.filter(({ status }) => status === 'scheduled')).toEqual([]);
    const ahead = sessions.filter(({ startsAt }) => startsAt > NOW);
    expect(ahead.length).toBeGreaterThan(20);
    expect(ahead.filter(({ status }) => !['scheduled', 'cancelled'].includes(status))).toEqual([]);
  });

  it('then sessions lie in the hours that their coaches give, also where clocks have changed since', async () => {
    const given = await rowsOf('availabilities');
    const inParis = given.filter(({ timeZone }) => timeZone === 'Europe/Paris').map(({ coachId }) => String(coachId));
    const starts = (await rowsOf('sessions'))
      .filter(({ coachId }) => inParis.includes(String(coachId)))
      .map(({ startsAt }) => zonedOf(startsAt, 'Europe/Paris').hour);
    expect(starts.length).toBeGreaterThan(200);
    expect(Math.min(...starts)).toBeGreaterThanOrEqual(9);
    expect(Math.max(...starts)).toBeLessThan(18);
  });

  it('then a fellow has read almost everything, and has notices', async () => {
    const fellow = await signedIn('fellow');
    const unread = (await fellow.get('/api/channels')).body.items.map((channel: any) => channel.unread);
    expect(Math.max(...unread)).toBeGreaterThan(0);
    expect(Math.max(...unread)).toBeLessThan(20);
    expect((await fellow.get('/api/me/inbox')).body.items.length).toBeGreaterThan(3);
  });
});

describe('given the kept history of the demo', () => {
  let kept: KeptHistory;
  beforeAll(async () => {
    kept = await unpack(await readFile(HISTORY_FILE));
  });

  it("then each row is one that today's schemas keep as it is: else run `npm run demo:history`", async () => {
    const models = new Map(Object.values(world.db.models).map((model) => [model.collection.name, model]));
    const unfit = new Set<string>();
    for (const [name, rows] of Object.entries(kept.rows))
      for (const row of rows) for (const path of await unfitOf(models.get(name), row)) unfit.add(`${name}.${path}`);
    expect([...unfit]).toEqual([]);
  });
});

/** The fields of a row that its schema would not keep, or misses. */
async function unfitOf(model: Model<any> | undefined, row: object): Promise<string[]> {
  if (!model) return ['no schema'];
  const cast = model.castObject(row) as Record<string, unknown>;
  const changed = Object.entries(plain(row)).filter(([key, value]) => !holds(plain(cast)[key], value));
  const missing = await model.validate(cast).then(
    () => [],
    (error: unknown) => Object.keys((error as { errors?: object }).errors ?? { all: error }),
  );
  return [...changed.map(([key]) => key), ...missing];
}

const plain = (value: object) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>;

/** Whether all parts of one value are in another, which may have more. */
const holds = (whole: any, part: any): boolean =>
  part !== null && typeof part === 'object'
    ? Object.entries(part).every(([key, value]) => holds(whole?.[key], value))
    : (whole ?? null) === part;
