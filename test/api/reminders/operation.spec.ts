import type { Redis } from 'ioredis';
import { networkInterfaces } from 'node:os';
import { Types } from 'mongoose';
import { Readiness } from '../../../src/infra/health/readiness.js';
import { REDIS } from '../../../src/infra/redis/redis.token.js';
import { ReminderHealth } from '../../../src/reminders/monitoring/reminder-health.js';
import type { ReminderRow } from '../../../src/reminders/reminder.schema.js';
import { countStep } from '../../../src/reminders/monitoring/reminder-metrics.js';
import { type TestNode, type TestWorld, startWorld } from '../../support/app.js';
import { clientOf, connect } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { PASSWORD, type TestPerson, aPerson } from '../../support/factories.js';
import { type Line, lineTo } from '../../support/servers/line.js';
import { type ChildNode, startChild } from '../../support/servers/processes.js';

/** What those who run an installation see of it. */
let world: TestWorld;
let person: TestPerson;
const children: ChildNode[] = [];
const lines: Line[] = [];

beforeAll(async () => {
  world = await startWorld();
  person = await aPerson(world);
});
afterAll(async () => {
  await Promise.all(children.map((child) => child.kill()));
  await Promise.all(lines.map((line) => line.close()));
  await world.stop();
});

const TOKEN = 'a token that nobody can guess, 32';
const bearer = { authorization: `Bearer ${TOKEN}` };

async function aChild(env: Record<string, string>): Promise<ChildNode> {
  const child = await startChild(world, { METRICS_TOKEN: TOKEN, LOG_LEVEL: 'info', ...env });
  children.push(child);
  return child;
}

let production: ReturnType<typeof startProduction> | undefined;
let everywhere: Promise<ChildNode> | undefined;

async function startProduction() {
  const [mongo, redis] = [await lineTo(world.config.MONGODB_URI), await lineTo(world.config.REDIS_URL)];
  lines.push(mongo, redis);
  const env = { NODE_ENV: 'production', RATE_LIMITS: 'on', MONGODB_URI: mongo.url, REDIS_URL: redis.url };
  return { child: await aChild(env), mongo, redis };
}
/** A process in production, whose lines to MongoDB and Redis can be cut: one for all tests. */
const inProduction = () => (production ??= startProduction());
/** A process that listens on every address of this machine: one for all tests. */
const onEveryAddress = () => (everywhere ??= aChild({ HOST: '0.0.0.0' }));

const metricsOf = async (url: string, headers: Record<string, string> = {}) =>
  (await fetch(`${url}/metrics`, { headers })).status;

describe('/metrics', () => {
  it('given this machine, then they are there', async () => {
    expect((await clientOf(world.url).get('/metrics')).text).toContain('process_cpu_seconds_total');
  });

  it('given another machine of the network, then 404, but with the token that the installation chose', async () => {
    const outside = Object.values(networkInterfaces())
      .flatMap((all) => all ?? [])
      .find(({ internal, family }) => !internal && family === 'IPv4');
    const { url } = await onEveryAddress();
    const passedOn = { 'x-forwarded-for': '127.0.0.1' };
    expect(await metricsOf(url, passedOn)).toBe(404);
    expect(await metricsOf(url, { ...passedOn, authorization: `${bearer.authorization}!` })).toBe(404);
    expect(await metricsOf(url, { ...passedOn, ...bearer })).toBe(200);
    if (!outside) return; // a machine without a network
    const fromOutside = url.replace('127.0.0.1', outside.address);
    expect(await metricsOf(fromOutside)).toBe(404);
    expect(await metricsOf(fromOutside, bearer)).toBe(200);
  });

  it('given a process in production, then this machine alone says nothing, since a proxy of it may add no header: only the token counts', async () => {
    const { url } = (await inProduction()).child;
    expect(await metricsOf(url)).toBe(404);
    expect(await metricsOf(url, bearer)).toBe(200);
  });

  it('given reminders that were sent, failed or wait, then how many of which kind, and how late', async () => {
    const [row, at] = [{ kind: 'session.1h', channels: ['inbox', 'mail'] } as const, (ms: number) => new Date(ms)];
    const counted = { ...row, channels: [...row.channels] };
    countStep({ ...counted, dueAt: at(0) }, { to: 'sent' }, at(90_000));
    countStep({ ...counted, dueAt: at(0) }, { to: 'failed', because: 'refused' }, at(0));
    countStep({ ...counted, dueAt: at(0) }, { to: 'handing' }, at(0));
    countStep({ ...counted, dueAt: at(0) }, { to: 'planned', dueAt: at(0), answer: '452' }, at(0));
    countStep({ ...counted, dueAt: at(0) }, { to: 'sent', because: 'budget' }, at(90_000));
    const now = world.clock.now();
    const waiting = jest
      .spyOn(ReminderHealth.prototype, 'waiting')
      .mockResolvedValue({ due: 3, firstDueAt: at(now.getTime() - 120_000) });
    // One that is handed over and one that sleeps at night: nobody touches them here.
    const minutes = (count: number) => at(now.getTime() + count * 60_000);
    const rowOf = (more: Partial<ReminderRow>): Partial<ReminderRow> => ({
      ...{ cohortId: new Types.ObjectId(), userId: new Types.ObjectId(), plannedAt: now, why: 'x', ...counted },
      ...{ subject: { type: 'session', id: new Types.ObjectId(), revision: 1 }, until: minutes(300), armed: true },
      ...more,
    });
    const rows = [
      rowOf({ state: 'handing', dueAt: minutes(-1), wakeAt: minutes(2) }),
      rowOf({
        ...{ state: 'planned', dueAt: minutes(120), wakeAt: minutes(120) },
        held: { by: 'night', from: minutes(-60) },
      }),
    ];
    await world.db.collection('reminders').insertMany(rows);
    const { text } = await clientOf(world.url).get('/metrics');
    await world.db
      .collection('reminders')
      .deleteMany({ 'subject.id': { $in: rows.map(({ subject }) => subject!.id) } });
    for (const line of [
      'cordee_reminders_total{kind="session.1h",channels="inbox+mail",outcome="sent"} 2',
      'cordee_reminders_total{kind="session.1h",channels="inbox+mail",outcome="failed"} 1',
      'cordee_reminder_lateness_seconds_bucket{le="60",kind="session.1h"} 0',
      'cordee_reminder_lateness_seconds_bucket{le="300",kind="session.1h"} 2',
      'cordee_deliveries_total{kind="session.1h",channel="mail",outcome="sent"} 1',
      'cordee_deliveries_total{kind="session.1h",channel="mail",outcome="failed"} 1',
      'cordee_deliveries_total{kind="session.1h",channel="mail",outcome="later"} 1',
      'cordee_deliveries_total{kind="session.1h",channel="mail",outcome="digest"} 1',
      'cordee_deliveries_total{kind="session.1h",channel="inbox",outcome="sent"} 3',
      'cordee_reminders_due{kind="session.1h"} 1',
      'cordee_reminders_held{kind="session.1h"} 1',
      'cordee_reminders_late_seconds 120',
    ])
      expect(text).toContain(line);
    waiting.mockRestore();
  });

  it.each([
    ['x-forwarded-for', '203.0.113.7'],
    ['x-forwarded-for', '10.0.0.7'],
    ['forwarded', 'for=10.0.0.7'],
    ['via', '1.1 proxy'],
  ])('given %s: %s, what a proxy passes on, then 404 like any unknown address', async (name, value) => {
    const ask = async (path: string) => {
      const answer = await fetch(new URL(path, world.url), { headers: { [name]: value } });
      return [answer.status, await answer.text()];
    };
    const metrics = await ask('/metrics');
    expect(metrics[0]).toBe(404);
    expect(metrics).toEqual(await ask('/api/nothing'));
  });

  // The last of these: counters are the process's, and of its newest world.
  it('given one behind a proxy, then the same', async () => {
    const behind = await startWorld({ env: { TRUST_PROXY: '1', METRICS_TOKEN: TOKEN } });
    expect(await metricsOf(behind.url)).toBe(404);
    expect(await metricsOf(behind.url, bearer)).toBe(200);
    await behind.stop();
  });
});

describe('/readyz', () => {
  it('given a Redis that would throw jobs away, then 503 and the policy', async () => {
    const redis = world.app.get<Redis>(REDIS);
    jest.spyOn(redis, 'info').mockResolvedValueOnce('# Memory\r\nmaxmemory_policy:allkeys-lru\r\n');
    const answer = await clientOf(world.url).get('/readyz');
    expect(answer.status).toBe(503);
    expect(answer.body.parts.redisEviction).toEqual({
      ok: false,
      detail: 'maxmemory-policy is allkeys-lru, it must be noeviction',
    });
    expect((await clientOf(world.url).get('/readyz')).status).toBe(200);
  });

  it('given many who ask at once, then it looks once', async () => {
    const info = jest.spyOn(world.app.get<Redis>(REDIS), 'info').mockClear();
    const readiness = world.app.get(Readiness, { strict: false });
    const answers = await Promise.all(Array.from({ length: 30 }, () => readiness.check()));
    expect(answers.every(({ ready }) => ready)).toBe(true);
    expect(info).toHaveBeenCalledTimes(1);
    await readiness.check();
    expect(info).toHaveBeenCalledTimes(2);
    info.mockRestore();
  });

  it('given Redis or MongoDB cut off, then 503 says which, alive all the while, and ready again when it is back', async () => {
    const { child, mongo, redis } = await inProduction();
    const client = clientOf(child.url, person.token);
    for (const [part, line] of [
      ['redis', redis],
      ['mongodb', mongo],
    ] as const) {
      line.cut();
      await eventually(async () => {
        const { status, body } = await client.get('/readyz');
        expect([status, body.parts[part].ok]).toEqual([503, false]);
        // Words of ours: a driver's would name addresses and accounts.
        expect(body.parts[part].detail).toMatch(/^(does not answer; the log says why|no answer within \d+ ms)$/);
      });
      expect((await client.get('/healthz')).status).toBe(200);
      line.mend();
      await eventually(async () => expect((await client.get('/readyz')).status).toBe(200));
    }
    expect((await client.get('/api/me')).status).toBe(200);
  });
});

describe('a password changed while Redis is away', () => {
  it.each([
    ['is cut off', 'cut'],
    ['says nothing', 'hush'],
  ] as const)(
    'given it %s, then 204 while it is away, other logins end, and the letter goes out when it is back',
    async (_, goes) => {
      const { child, redis } = await inProduction();
      const own = await aPerson(world);
      const other = await clientOf(world.url).post('/api/auth/login', { email: own.email, password: PASSWORD });
      redis[goes]();
      const client = clientOf(child.url, own.token);
      const changed = await client.post('/api/me/password', {
        currentPassword: PASSWORD,
        password: 'another sentence to keep',
      });
      expect(changed.status).toBe(204);
      await eventually(async () =>
        expect((await clientOf(child.url, other.body.accessToken).get('/api/me')).status).toBe(401),
      );
      expect((await client.post('/api/auth/password/forgot', { email: own.email })).status).toBe(202);
      redis.mend();
      expect(await world.mail.to(own.email, 2)).toHaveLength(2);
    },
  );
});

describe('where it listens', () => {
  const reached = (url: string) =>
    fetch(`${url.replace('127.0.0.1', '127.0.0.2')}/healthz`).then(
      ({ status }) => status,
      () => 'nobody there',
    );

  it('given no HOST, then on this machine’s own address alone, and in production its log says so', async () => {
    const { child } = await inProduction();
    await eventually(() =>
      expect(child.said()).toMatch(
        /listening on 127\.0\.0\.1:\d+ \(this machine alone\), serving http:\/\/cordee\.test/,
      ),
    );
    expect(await reached(child.url)).toBe('nobody there');
  });

  it('given HOST=0.0.0.0, then on every address, and its log says so', async () => {
    const child = await onEveryAddress();
    await eventually(() =>
      expect(child.said()).toMatch(/listening on 0\.0\.0\.0:\d+ \(every address of this machine\)/),
    );
    if (process.platform === 'linux') expect(await reached(child.url)).toBe(200);
  });
});

describe('the secret', () => {
  it('given none, then two processes share one that is kept, and a restart signs nobody out', async () => {
    const shared = await startWorld({ nodes: 2, env: { JWT_SECRET: '' } });
    const [one, two] = shared.nodes as [TestNode, TestNode];
    const own = await aPerson(shared);
    const login = await clientOf(one.url).post('/api/auth/login', { email: own.email, password: PASSWORD });
    const me = (url: string) => clientOf(url, login.body.accessToken).get('/api/me');
    expect((await me(two.url)).status).toBe(200);
    expect((await me(world.url)).status).toBe(401);
    const again = await startChild(shared, { JWT_SECRET: '' });
    children.push(again);
    expect((await me(again.url)).status).toBe(200);
    await again.stop();
    await shared.stop();
  });
});

describe('the description of the API', () => {
  it('given its page, then all it loads is ours and its policy allows no script in its text', async () => {
    const page = await clientOf(world.url).get('/api/docs');
    const loads = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address!);
    expect(loads.length).toBeGreaterThan(3);
    for (const address of loads) expect(address).toMatch(/^\.\/docs\//);
    expect(page.headers.get('content-security-policy')).toMatch(/script-src 'self';/);
    expect(page.text).not.toMatch(/<script(?![^>]*src=)/);
    expect((await clientOf(world.url).get('/api/docs/swagger-ui-init.js')).text).toContain('"validatorUrl": null');
  });
});

describe('a stop', () => {
  it('given SIGTERM while 12 people sign in, then each gets their answer, sockets are let go, and it leaves with 0 within its grace', async () => {
    const child = await onEveryAddress();
    const { socket } = await connect(child.url, person.token);
    const client = clientOf(child.url);
    const logins = Array.from({ length: 12 }, () =>
      client.post('/api/auth/login', { email: person.email, password: PASSWORD }),
    );
    await Promise.race(logins);
    const code = child.stop();
    expect((await Promise.all(logins)).map(({ status }) => status)).toEqual(logins.map(() => 200));
    // One that takes longer than ten seconds leaves with 1 (src/app.ts).
    expect(await code).toBe(0);
    await eventually(() => expect(socket.connected).toBe(false));
  });
});
