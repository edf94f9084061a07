import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { Types } from 'mongoose';
import { startThrowawayServices } from '../../../scripts/services/services.mjs';
import { REDIS } from '../../../src/infra/redis/redis.token.js';
import { startWorld, type TestWorld } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { type ChildNode, startChild } from '../../support/servers/processes.js';
import {
  type Outcome,
  type Wave,
  aWave,
  manyFellows,
  outcomeOf,
  rowsOfWaves,
} from '../../support/reminders/reminder-waves.js';
import { remindOnlyOf } from '../../support/reminders/reminders.js';
import { isLong, sized } from '../../support/size.js';
import { CHILD_MS, TRY_MS, pace } from '../../support/patience.js';

const BURST = sized(240, 5000);
const SECONDS = sized(10, 120);
const DOWN_MS = sized(5000, 60_000);
/** Due at the end, so that the last one killed has its hands full. */
const LAST = 40;
const A_FEW = 20;
const KILL_EVERY_MS = 2000;
const STALLED_MS = 5000;
/** Twice as fast as the burst would need, so that it lasts as long as the kills. */
const MAIL_PER_MINUTE = Math.round((BURST * 120) / SECONDS);
/** Workers that are killed every two seconds hardly start: at the whole size the last wave stands behind what they left. */
const BACKLOG_MS = sized(1, 4) * CHILD_MS;
const HOUR = 3_600_000;
const MODULE = join(import.meta.dirname, '../../support/servers/moved-clock.mjs');

type Rows = Awaited<ReturnType<typeof rowsOfWaves>>;

interface Kills {
  kills: number;
  /** The last one. */
  killedAt: number;
  /** Starts the last one again; resolves when all run, with how long that one took, in ms. */
  startAgain: () => Promise<number>;
}

let services: Awaited<ReturnType<typeof startThrowawayServices>>;
let world: TestWorld;
let clockFile: string;
let cohortId: string;
let staff: TestPerson;
let fellows: Types.ObjectId[];
const workers: (ChildNode | undefined)[] = [undefined, undefined];

const startWorker = async (at: number) => {
  workers[at] = await startChild(world, {
    ...{ ROLES: 'worker', MAIL_PER_MINUTE: String(MAIL_PER_MINUTE) },
    ...{ NODE_OPTIONS: `--import ${MODULE}`, MOVED_CLOCK: clockFile },
    // They start again and again.
    NODE_COMPILE_CACHE: join(world.config.FILES_PATH, 'compiled'),
  });
};
const endAll = async () => void (await Promise.all(workers.map(async (worker) => await worker?.kill())));

beforeAll(async () => {
  // Servers of its own: these are killed.
  services = await startThrowawayServices({ ...process.env, TEST_MONGODB_URI: undefined, TEST_REDIS_URL: undefined });
  const uri = new URL(services.mongo.uri);
  uri.pathname = '/faults';
  world = await startWorld({
    now: new Date().toISOString(),
    env: { MONGODB_URI: uri.href, REDIS_URL: services.redis.uri, ROLES: 'web' },
  });
  clockFile = join(world.config.FILES_PATH, 'clock');
  await setClock(0);
  cohortId = await aCohort(world);
  await world.db.collection('cohorts').updateOne({ _id: new Types.ObjectId(cohortId) }, { $set: daysAroundNow() });
  staff = await aMember(world, cohortId, 'staff');
  await remindOnlyOf(staff, cohortId, 'workshop');
  fellows = await manyFellows(world, cohortId, BURST);
  await Promise.all(workers.map((_, at) => startWorker(at)));
});
afterAll(async () => {
  await endAll();
  await world.stop();
  await services.stop();
});

describe('two workers, one of them killed -9 every two seconds', () => {
  it(`given ${BURST} reminders due at once, then each has one mail or says why not, and the one that lives sends the dead one's`, async () => {
    const begin = Date.now() + 3000 + BURST;
    const waves = [
      await aWave(world, cohortId, fellows, begin),
      await aWave(world, cohortId, fellows.slice(0, LAST), begin + SECONDS * 1000),
    ];
    await pace(begin - Date.now());
    const { kills, killedAt, startAgain } = await killInTurn(begin + SECONDS * 1000, waves[1]!);
    const open = (await rowsOfWaves(world, waves)).filter(({ state }) => ['planned', 'sending'].includes(state));
    const inHands = open.filter(({ state }) => state === 'sending');
    const left = await heldByTheDead(waves, inHands);
    await eventually(async () => expect(await heldStill(waves, left)).toEqual([]));
    const recoveredMs = Date.now() - killedAt;
    // Only now: the one that lives has recovered what the dead one held.
    const started = startAgain();
    await eventually(async () => expect(await countOf(waves, 'planned', 'sending')).toBe(0), CHILD_MS);
    const drainedMs = Date.now() - killedAt;
    const [startMs] = await Promise.all([started, interruptedAreOver(waves)]);
    const outcome = await outcomeOf(world, waves);
    tell({
      ...outcome,
      kills,
      openAtKill: open.length,
      inHands: inHands.length,
      left: left.length,
      recoveredMs,
      drainedMs,
      startMs,
    });
    expectRight(outcome, BURST + LAST);
    expect(await failedThatStaffSee(waves)).toBe(Object.values(outcome.failed).reduce((sum, one) => sum + one, 0));
  });
});

describe('Redis, MongoDB and the clock', () => {
  it('given Redis is flushed, then what was armed goes all the same, once', async () => {
    const waves = await twoWaves(3000, 6000);
    await world.app.get<Redis>(REDIS).flushall();
    await allGo(waves, 'Redis flushed');
  });

  it('given Redis is killed, away and started again, then /readyz says so meanwhile, and all goes, once', async () => {
    const waves = await twoWaves(2500, 4000 + DOWN_MS);
    await services.redis.kill!();
    await says('redis', DOWN_MS);
    await services.redis.again!();
    await allGo(waves, 'Redis away');
  });

  it('given Redis takes connections and says nothing, then /readyz says so meanwhile, and all goes, once', async () => {
    const waves = await twoWaves(2500, 4000 + DOWN_MS);
    await world.app.get<Redis>(REDIS).client('PAUSE', DOWN_MS, 'ALL');
    await says('redis', DOWN_MS);
    await allGo(waves, 'Redis silent');
  });

  it('given Redis throws keys away, then /readyz names the policy until it is put right, and all goes, once', async () => {
    const waves = await twoWaves(2500, 5000);
    const redis = world.app.get<Redis>(REDIS);
    await redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
    await redis.config('SET', 'maxmemory', '1mb');
    await says('redisEviction', 2500, /maxmemory-policy is allkeys-lru/);
    await redis.config('SET', 'maxmemory', '0');
    await redis.config('SET', 'maxmemory-policy', 'noeviction');
    await allGo(waves, 'Redis evicting');
  });

  it('given MongoDB is killed in the middle and started again, then /readyz says so meanwhile, and all goes, once', async () => {
    const waves = [
      ...(await twoWaves(1500, 8000)),
      await aWave(world, cohortId, fellows.slice(0, A_FEW), Date.now() + 3500),
    ];
    await eventually(async () => expect(await countOf([waves[0]!], 'planned')).toBeLessThan(A_FEW));
    await services.mongo.kill!();
    await says('mongodb', 3000);
    await services.mongo.again!();
    await allGo(waves, 'MongoDB killed');
  });

  it('given the clock of the host moves by an hour and back, then what is due by it goes, once, and so does the next', async () => {
    const begin = Date.now();
    const inAnHour = await aWave(world, cohortId, fellows.slice(0, A_FEW), begin + HOUR / 2);
    const later = await aWave(world, cohortId, fellows.slice(0, A_FEW), begin + 2 * HOUR);
    await setClock(HOUR);
    await allGo([inAnHour], 'the clock an hour ahead');
    await setClock(0);
    await allGo(await twoWaves(1000, 3000), 'the clock back');
    await setClock(-HOUR);
    const behind = await twoWaves(1000, 2000);
    await pace(4000);
    expect(await countOf(behind, 'planned')).toBe(2 * A_FEW);
    await setClock(0);
    await allGo([...behind, inAnHour], 'the clock put right');
    expect(await countOf([later], 'planned')).toBe(A_FEW);
    expectRight(await outcomeOf(world, [inAnHour]), A_FEW);
  });
});

/** Every two seconds the one that has lived longest, until then and once more in the midst of the last wave. */
async function killInTurn(until: number, last: Wave): Promise<Kills> {
  let kills = 0;
  let killedAt = 0;
  const line = [0, 1];
  const starting: Promise<number>[] = [];
  /** Kills the one that has lived longest; returns what starts it again. */
  const kill = async () => {
    const at = line.shift();
    const worker = at === undefined ? undefined : workers[at];
    // Both are still starting: there is nobody to kill.
    if (at === undefined || !worker) return () => Promise.resolve(0);
    workers[at] = undefined;
    killedAt = Date.now();
    kills += 1;
    await worker.kill();
    return async () => {
      const since = Date.now();
      await startWorker(at);
      line.push(at);
      return Date.now() - since;
    };
  };
  for (let next = Date.now() + KILL_EVERY_MS / 2; next < until; next += KILL_EVERY_MS) {
    await pace(Math.max(0, next - Date.now()));
    starting.push((await kill())());
  }
  await eventually(async () => {
    expect(await countOf([last], 'sending')).toBeGreaterThan(0);
    expect(line.length).toBeGreaterThan(0);
  }, BACKLOG_MS);
  const startLast = await kill();
  return { kills, killedAt, startAgain: async () => (await Promise.all([...starting, startLast()])).at(-1) ?? 0 };
}

const daysAroundNow = () => {
  const day = (offset: number) => new Date(Date.now() + offset * 24 * HOUR).toISOString().slice(0, 10);
  const [startsOn, endsOn] = [day(-30), day(270)];
  return { startsOn, endsOn, phases: [{ key: 'discover', name: null, startsOn, endsOn }] };
};

const setClock = (ahead: number) => writeFile(clockFile, String(ahead));

const twoWaves = async (first: number, second: number): Promise<Wave[]> => {
  const [now, some] = [Date.now(), fellows.slice(0, A_FEW)];
  return [await aWave(world, cohortId, some, now + first), await aWave(world, cohortId, some, now + second)];
};

async function countOf(waves: readonly Wave[], ...states: string[]): Promise<number> {
  return (await rowsOfWaves(world, waves)).filter(({ state }) => states.includes(state)).length;
}

/** Those of these rows that nobody keeps: who lives renews what is in their hands three times within a lease. */
async function heldByTheDead(waves: readonly Wave[], rows: Rows): Promise<Rows> {
  await pace(STALLED_MS / 2.5);
  const kept = new Map((await rowsOfWaves(world, waves)).map((row) => [String(row._id), keepingOf(row)]));
  return rows.filter((row) => kept.get(String(row._id)) === keepingOf(row));
}

const keepingOf = ({ state, lease, wakeAt }: Rows[number]) => `${state} ${lease} ${wakeAt?.getTime()}`;

/** Those of these rows that are still under the lease they had. */
async function heldStill(waves: readonly Wave[], left: Rows): Promise<string[]> {
  const leases = new Map(left.map(({ _id, lease }) => [String(_id), lease]));
  return (await rowsOfWaves(world, waves))
    .filter(({ _id, state, lease }) => state === 'sending' && leases.get(String(_id)) === lease)
    .map(({ _id }) => String(_id));
}

/** Both workers say with 503 what is wrong, for so long. */
async function says(part: string, ms: number, detail = /./): Promise<void> {
  const end = Date.now() + ms;
  const wrong = (url: string) => async () => {
    const answer = await fetch(`${url}/readyz`);
    const { parts } = (await answer.json()) as { parts: Record<string, { ok: boolean; detail: string }> };
    expect([answer.status, parts[part]!.ok]).toEqual([503, false]);
    expect(parts[part]!.detail).toMatch(detail);
  };
  const urls = workers.map((worker) => worker!.url);
  await Promise.all(urls.map((url) => eventually(wrong(url))));
  // Until shortly before its end, if there is one by itself.
  while (Date.now() < end - 2500) {
    await pace(500);
    await Promise.all(urls.map((url) => wrong(url)()));
  }
  await pace(Math.max(0, end - Date.now()));
}

/** All of these go, once, or say why not; the workers are ready again. */
async function allGo(waves: readonly Wave[], what: string): Promise<void> {
  for (const worker of workers)
    await eventually(async () => expect((await fetch(`${worker!.url}/readyz`)).status).toBe(200));
  await eventually(async () => expect(await countOf(waves, 'planned', 'sending')).toBe(0), CHILD_MS);
  await interruptedAreOver(waves);
  const outcome = await outcomeOf(world, waves);
  const lateMs = Math.max(
    ...(await rowsOfWaves(world, waves)).map(({ sentAt, dueAt }) => (sentAt ? sentAt.getTime() - dueAt.getTime() : 0)),
  );
  tell({ what, lateMs, ...outcome });
  expectRight(outcome, waves.length * A_FEW);
}

/** Who died while handing over leaves rows that say so when two minutes are over; in the small size those are not waited for. */
async function interruptedAreOver(waves: readonly Wave[]): Promise<void> {
  const none = async () => expect(await countOf(waves, 'handing')).toBe(0);
  if (isLong) {
    await eventually(none, 2 * CHILD_MS);
    return;
  }
  await eventually(none, TRY_MS).catch(async () => {
    const rows = (await rowsOfWaves(world, waves)).filter(({ state }) => state === 'handing');
    await world.db
      .collection('reminders')
      .updateMany({ _id: { $in: rows.map(({ _id }) => _id) }, state: 'handing' }, { $set: { wakeAt: new Date() } });
  });
  await eventually(none);
}

function expectRight(outcome: Outcome, rows: number): void {
  const { sent, failed, ...rest } = outcome;
  expect(rest).toEqual({ rows, twice: [], lost: [], open: [], otherwise: [] });
  expect(Object.keys(failed).filter((because) => !['interrupted', 'unknown'].includes(because))).toEqual([]);
  expect(sent).toBeGreaterThan(rows / 2);
}

async function failedThatStaffSee(waves: readonly Wave[]): Promise<number> {
  const seen = new Set<string>();
  for (let cursor = ''; ;) {
    const { body } = await staff.client.get(`/api/cohorts/${cohortId}/reminders?state=failed&limit=100${cursor}`);
    for (const { id } of body.items) seen.add(id);
    if (!body.nextCursor) break;
    cursor = `&cursor=${encodeURIComponent(body.nextCursor)}`;
  }
  return (await rowsOfWaves(world, waves)).filter(({ _id }) => seen.has(String(_id))).length;
}

/** Figures of the whole size, for docs/quality.md. */
function tell(figures: object): void {
  if (isLong) process.stderr.write(`${JSON.stringify(figures)}\n`);
}
