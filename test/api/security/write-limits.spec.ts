import { randomUUID } from 'node:crypto';
import { Types } from 'mongoose';
import { FeedReads } from '../../../src/agenda/feed-reads.js';
import { AccessTokens } from '../../../src/auth/tokens/access-tokens.js';
import { LinkTokens } from '../../../src/auth/tokens/link-tokens.js';
import { FILE_READS } from '../../../src/auth/tokens/files-cookie.js';
import { DEVICES_OF_PERSON, MADE_UP, READS, WRITES } from '../../../src/infra/http/write-limit.guard.js';
import { type Limit, RateLimits } from '../../../src/infra/redis/rate-limits.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { PASSWORD, type TestPerson, aCohort, aMember, aPerson } from '../../support/factories.js';
import { holdBody } from '../../support/servers/held-bodies.js';
import { fetchFile, photo } from '../../support/rooms/files.js';
import { type KnownRoute, routesOf } from '../../support/walks/known-routes.js';
import { guestOf } from '../../support/rooms/guests.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

let world: TestWorld;
let cohort: string;
let admin: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2, env: { RATE_LIMITS: 'on', TRUST_PROXY: '1' } });
  cohort = await aCohort(world);
  admin = await aPerson(world, { isAdmin: true });
});
afterAll(() => world.stop());

/** What strangers may do of what has a count of its own by place. */
const ASIDE: Limit[] = [
  ...['forgot-asks', 'guest-forms', 'call-forms'].map((name) => ({ ...WRITES, name })),
  { name: 'call-views', points: 60, seconds: 3600 },
];
const WRITING = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
/** The page of the queues, where nothing can be changed: there is no such route for any but GET. */
const isReadOnly = ({ path }: KnownRoute) => path.startsWith('/admin/queues');
const ask = async ({ method, path }: KnownRoute, { token }: TestPerson) => {
  const address = path.replaceAll(/:cohortId/g, cohort).replaceAll(/:\w+|\*/g, String(new Types.ObjectId()));
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const answer = await fetch(`${world.url}${address}`, { method, headers, body: '{}' });
  // Read to its end, so that no line stays open.
  await answer.arrayBuffer();
  const { status } = answer;
  return { route: `${method} ${path}`, status };
};

describe('a stranger at the same address', () => {
  const post = async (path: string, cookie: string, body?: unknown) =>
    await fetch(`${world.url}${path}`, {
      method: 'POST',
      headers: { cookie, ...(body !== undefined && { 'content-type': 'application/json' }) },
      body: JSON.stringify(body),
    });
  const login = async ({ email }: TestPerson, cookie = '') =>
    await post('/api/auth/login', cookie, { email, password: PASSWORD });
  const cookiesOf = (answer: Response) =>
    answer.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');

  it('given that they used all of it up, then who signed in there before stays signed in, and signs in again', async () => {
    const person = await aMember(world, cohort, 'fellow');
    const cookies = cookiesOf(await login(person));
    const limits = world.nodes[1]!.app.get(RateLimits);
    await limits.take(WRITES, '127.0.0.1', WRITES.points).catch(() => undefined);
    expect((await login(person)).status).toBe(429);
    const refreshed = await post('/api/auth/refresh', cookies);
    expect(refreshed.status).toBe(200);
    expect((await login(person, cookiesOf(refreshed))).status).toBe(200);
    // A mark that they made up is none.
    expect((await login(person, `cordee_device=${person.id}abc.${'x'.repeat(43)}`)).status).toBe(429);
  });

  it('given a member who signs in again and again, then many devices of theirs may together what three may, at all places, and others there are as before', async () => {
    const [person, other, place] = [await aPerson(world), await aPerson(world), '198.51.100.77'];
    const from = async (cookie: string, { email }: TestPerson = person) =>
      await fetch(`${world.url}/api/auth/login`, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json', 'x-forwarded-for': place },
        body: JSON.stringify({ email, password: PASSWORD }),
      });
    const devices = [cookiesOf(await from('')), cookiesOf(await from(''))];
    const known = cookiesOf(await from('', other));
    const most = WRITES.points * DEVICES_OF_PERSON;
    const ofDevices: Limit = { ...WRITES, name: `${WRITES.name}-devices`, points: most };
    await world.nodes[1]!.app.get(RateLimits).take(ofDevices, person.id, most - 1);
    expect((await from(devices[0]!)).status).toBe(200);
    expect((await from(devices[1]!)).status).toBe(429);
    expect((await login(person, devices[1])).status).toBe(429);
    expect((await from(known, other)).status).toBe(200);
  });

  it('given that they made links up, then the link of an invitation opens', async () => {
    const staff = await aMember(world, cohort, 'staff');
    const invited = { people: [{ email: 'somebody@elsewhere.example', name: 'Somebody', role: 'fellow' }] };
    await staff.client.post(`/api/cohorts/${cohort}/invitations`, invited);
    const { body } = await staff.client.get(`/api/cohorts/${cohort}/invitations`);
    const token = /\/invitation\/(.+)$/.exec(String(body.items[0].url))![1]!;
    const nobody = clientOf(world.url);
    const statuses = new Set<number>();
    for (let time = 0; time < 310; time += 1) statuses.add((await nobody.get('/api/auth/invitations/made.up')).status);
    expect([...statuses]).toEqual([404, 429]);
    expect((await nobody.get(`/api/auth/invitations/${token}`)).status).toBe(200);
  });
});

describe('a stranger who makes links up', () => {
  const sign = (...[purpose, id]: Parameters<LinkTokens['sign']>) => world.app.get(LinkTokens).sign(purpose, id);
  const anId = () => String(new Types.ObjectId());
  const send = async (from: string, method: string, path: string, body?: unknown, cookie = '') => {
    const headers = {
      'x-forwarded-for': from,
      ...(cookie && { cookie }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    };
    const answer = await fetch(`${world.url}${path}`, { method, headers, body: JSON.stringify(body) });
    await answer.arrayBuffer();
    return answer.status;
  };
  /** Every way in by a token of a mail, a cookie or an address that is a secret. */
  const doors = (tokenOf: (...purposes: Parameters<LinkTokens['sign']>[0][]) => string, hook: string) => {
    const password = 'a long enough one';
    const [reset, session, place] = [tokenOf('reset'), tokenOf('session'), tokenOf('place')];
    return [
      ['POST', `/api/auth/invitations/${tokenOf('invitation', 'invitation-mail')}/accept`, { password }],
      ['POST', `/api/auth/invitations/${tokenOf('invitation-mail')}/accept`, { password }],
      ['POST', '/api/auth/password/reset', { token: reset, password }],
      ['POST', '/api/auth/password/first', { token: reset, password, name: 'Ada' }],
      ['POST', '/api/auth/email/undo', { token: tokenOf('undo') }],
      ['POST', '/api/auth/email/confirm', { token: tokenOf('confirm') }],
      ['POST', '/api/auth/email/confirm', { token: tokenOf('verify') }],
      ...['confirm', 'accept', 'leave'].map((act) => ['POST', `/api/guests/${tokenOf('guest')}/${act}`] as const),
      ...['accept', 'leave'].map((act) => ['POST', `/api/places/${place}/${act}`] as const),
      ['GET', `/api/session-links/${session}`],
      ['POST', `/api/session-links/${session}/cancel`, {}],
      ['POST', `/api/session-links/${session}/move`, {}],
      ['POST', `/api/unsubscribe/${tokenOf('unsubscribe')}`],
      ['POST', `/api/hooks/${hook}`, { text: 'x' }],
    ] as const;
  };
  const looks = { name: 'session-link-looks', points: 60, seconds: 60 };

  it('then what we gave opens there all the same, one may sign in, ask for a link and fill in a form, and what is made up waits', async () => {
    const from = '203.0.113.50';
    const made = new Set<number>();
    for (let time = 0; time < MADE_UP.points; time += 1) made.add(await send(from, 'POST', '/api/guests/x/leave'));
    for (let time = 0; time < 60; time += 1) made.add(await send(from, 'GET', '/api/session-links/x.y'));
    expect([...made]).toEqual([404]);
    const staff = await aMember(world, cohort, 'staff');
    const { items } = (await staff.client.get('/api/channels')).body;
    const channel = items.find(({ kind }: { kind: string }) => kind === 'cohort').id;
    const { body } = await staff.client.post(`/api/channels/${channel}/webhooks`, { name: 'Ci', direction: 'in' });
    const good = doors(
      (purpose) => sign(purpose, anId()),
      String(body.secret ?? body.url)
        .split('/')
        .at(-1)!,
    );
    const opened = [];
    for (const [method, path, sent] of good) opened.push([path, await send(from, method, path, sent)]);
    expect(opened.filter(([, status]) => status === 429)).toEqual([]);
    expect(opened).toContainEqual([expect.stringContaining('/api/hooks/'), 200]);
    const bad = doors(() => 'made.up', 'made-up');
    const refused = [];
    for (const [method, path, sent] of bad) refused.push([path, await send(from, method, path, sent)]);
    expect(refused.filter(([, status]) => status !== 429)).toEqual([]);
    const open = [
      await send(from, 'POST', '/api/auth/login', { email: staff.email, password: PASSWORD }),
      await send(from, 'POST', '/api/auth/password/forgot', { email: staff.email }),
      await send(from, 'POST', '/api/public/workshops/none/guests', guestOf('one@guests.test')),
    ];
    expect(open).toEqual([200, 202, 404]);
  });

  it('given a good link that is used again and again, then it waits, from wherever it comes, and another one does not', async () => {
    const [one, other] = [sign('guest', anId()), sign('guest', anId())];
    const said = [];
    for (let time = 0; time < 61; time += 1)
      said.push(await send(`203.0.114.${time}`, 'POST', `/api/guests/${one}/leave`));
    expect(said).toEqual([...Array<number>(60).fill(404), 429]);
    expect(await send('203.0.114.60', 'POST', `/api/guests/${other}/leave`)).toBe(404);
    const session = sign('session', anId());
    await world.app.get(RateLimits).take(looks, '203.0.114.61', looks.points);
    expect(await send('203.0.114.61', 'GET', `/api/session-links/${session}`)).toBe(404);
  });

  it('given one who tries to sign in without end, then who has a login renews and ends it, a link may be asked for, and a form filled in', async () => {
    const from = '203.0.113.60';
    await world.app.get(RateLimits).take(WRITES, from, WRITES.points);
    const cookie = `cordee_refresh=${sign('refresh', anId())}`;
    for (const act of ['refresh', 'logout']) {
      expect(await send(from, 'POST', `/api/auth/${act}`)).toBe(429);
      expect(await send(from, 'POST', `/api/auth/${act}`, undefined, `${cookie}x`)).toBe(429);
      expect(await send(from, 'POST', `/api/auth/${act}`, undefined, cookie)).not.toBe(429);
    }
    expect(await send(from, 'POST', '/api/auth/login', { email: 'one@guests.test', password: 'x' })).toBe(429);
    expect(await send(from, 'POST', '/api/auth/password/forgot', { email: admin.email })).toBe(202);
    expect(await send(from, 'POST', '/api/public/workshops/none/guests', guestOf('one@guests.test'))).toBe(404);
  });
});

it('given the address of a feed that got about, then nothing is looked at for who asks too often, and its owner reads it', async () => {
  const person = await aMember(world, cohort, 'fellow');
  const { pathname } = new URL(String((await person.client.post('/api/me/calendar-feed')).body.url));
  const read = async (from: string) => {
    const answer = await fetch(new URL(pathname, world.url), { headers: { 'x-forwarded-for': from } });
    await answer.arrayBuffer();
    return answer.status;
  };
  for (let time = 0; time < 60; time += 1) expect(await read('203.0.113.1')).toBe(200);
  const looks = jest.spyOn(world.nodes[0]!.app.get(FeedReads), 'of');
  expect(await read('203.0.113.1')).toBe(429);
  expect(looks).not.toHaveBeenCalled();
  expect(await read('203.0.113.2')).toBe(200);
  looks.mockRestore();
});

describe('limits of what one person writes', () => {
  it('given all of it is used up, on the other process, then every route that the router knows says 429, and to nobody else', async () => {
    const limits = world.nodes[1]!.app.get(RateLimits);
    const routes = routesOf(world).filter((route) => WRITING.has(route.method) && !isReadOnly(route));
    expect(routes.length).toBeGreaterThan(150);
    const other = await aMember(world, cohort, 'fellow');
    for (const key of [admin.id, '127.0.0.1'])
      for (const limit of [WRITES, MADE_UP, ...ASIDE])
        await limits.take(limit, key, limit.points).catch(() => undefined);
    const open: unknown[] = [];
    for (const route of routes) {
      const answer = await ask(route, admin);
      if (answer.status !== 429) open.push(answer);
    }
    expect(open).toEqual([]);
    expect((await other.client.patch('/api/me', {})).status).not.toBe(429);
    expect((await admin.client.get('/api/me')).status).toBe(200);
  });

  it.each([
    ['files', 'upload', 120, 600],
    ['imports', 'import', 10, 3600],
  ])(
    'given more %s than one may send, then 429 before a byte of them lies on the disk',
    async (path, name, points, seconds) => {
      const staff = await aMember(world, cohort, 'staff');
      await world.app.get(RateLimits).take({ name, points, seconds }, staff.id, points);
      const headers = {
        authorization: `Bearer ${staff.token}`,
        'content-type': 'multipart/form-data; boundary=x',
        'content-length': 1_000_000,
      };
      // It says that a megabyte comes, and sends the beginning of it alone.
      const begins = '--x\r\ncontent-disposition: form-data; name="file"; filename="a.zip"\r\n\r\nbegins';
      const held = await holdBody(world, ['POST', `/api/cohorts/${cohort}/${path}`], headers, begins);
      held.end();
      expect(held.status()).toBe(429);
    },
  );

  const acts = (id: string) => ({
    session: {
      path: 'sessions',
      body: { coachId: id, startsAt: '2026-10-20T08:00:00.000Z', minutes: 45, need: 'Help' },
    },
    request: { path: 'requests', body: { need: 'Help', craft: 'data' } },
    cycle: { path: 'cycles', body: { goal: 'Ship', coachId: id } },
  });
  it.each([
    ['session', 'session-acts', 40],
    ['request', 'requests', 60],
    ['cycle', 'cycles', 60],
  ] as const)(
    'given a fellow who did more with a %s than an hour needs, of which others hear by mail, then 429',
    async (what, name, points) => {
      const [one, other] = [await aMember(world, cohort, 'fellow'), await aMember(world, cohort, 'fellow')];
      await world.nodes[1]!.app.get(RateLimits).take({ name, points, seconds: 3600 }, one.id, points);
      const { path, body } = acts(other.id)[what];
      const ask = (person: TestPerson) => person.client.post(`/api/cohorts/${cohort}/${path}`, body);
      expect((await ask(one)).status).toBe(429);
      expect((await ask(other)).status).not.toBe(429);
      expect((await one.client.get(`/api/cohorts/${cohort}/${path}`)).status).toBe(200);
    },
  );

  it('given one who takes places and gives them up again and again, each of which is a mail, then 429, and others still may', async () => {
    const [one, other] = [await aMember(world, cohort, 'fellow'), await aMember(world, cohort, 'fellow')];
    const { path } = await aWorkshop(await aMember(world, cohort, 'staff'), cohort);
    const acts = { name: 'own-places', points: 120, seconds: 3600 };
    await world.nodes[1]!.app.get(RateLimits).take(acts, one.id, acts.points - 2);
    const series = `/api/cohorts/${cohort}/workshop-series/${String(new Types.ObjectId())}/registration`;
    expect((await one.client.put(`${path}/registration`, {})).status).toBe(200);
    expect((await one.client.delete(`${path}/registration`)).status).toBe(204);
    for (const again of [`${path}/registration`, series]) {
      expect((await one.client.put(again, {})).status).toBe(429);
      expect((await one.client.delete(again)).status).toBe(429);
    }
    expect((await other.client.put(`${path}/registration`, {})).status).toBe(200);
  });

  it('given one who calls everybody again and again, also by changing what they said, then 429, and they may write on', async () => {
    const one = await aMember(world, cohort, 'fellow');
    const { items } = (await one.client.get('/api/channels')).body;
    const path = `/api/channels/${items.find(({ kind }: { kind: string }) => kind === 'cohort').id}/messages`;
    const write = (body: string) => one.client.post(path, { clientId: randomUUID(), body });
    const plain = await write('Good morning');
    const calls = ['@channel look', '@fellows look', '@développeuses', '@équipe-du-programme'];
    for (let time = 0; time < 20; time += 1) expect((await write(calls[time % 4]!)).status).toBe(201);
    for (const body of calls) expect((await write(body)).status).toBe(429);
    expect((await one.client.patch(`${path}/${plain.body.id}`, { body: '@channel' })).status).toBe(429);
    expect((await write('No call: mail me at me@channel.example, `@channel`')).status).toBe(201);
  });

  it('given one who says of an interview again and again that nobody came, then 429, and others still may', async () => {
    const [one, other] = [await aMember(world, cohort, 'staff'), await aMember(world, cohort, 'staff')];
    const id = String(new Types.ObjectId());
    const limits = world.nodes[1]!.app.get(RateLimits);
    for (const [name, path] of [
      ['interview-attendance', `/api/cohorts/${cohort}/calls/${id}/interviews/${id}/attendance`],
      ['my-interview-attendance', `/api/me/interviews/${id}/attendance`],
    ] as const) {
      const acts = { name, points: 60, seconds: 3600 };
      await limits.take(acts, one.id, acts.points);
      expect((await one.client.put(path, { missed: true })).status).toBe(429);
      expect((await other.client.put(path, { missed: true })).status).toBe(404);
    }
  });

  it('given more photos than one has faces, then 429 with the time to wait, and others still may', async () => {
    const [one, other] = [await aMember(world, cohort, 'fellow'), await aMember(world, cohort, 'fellow')];
    const send = async (person: TestPerson) => {
      const body = new FormData();
      body.append('file', new Blob([await photo(300, 300).png().toBuffer()]), 'me.png');
      const headers = { authorization: `Bearer ${person.token}` };
      return await fetch(`${world.url}/api/me/avatar`, { method: 'PUT', headers, body });
    };
    const answers = [];
    for (let time = 0; time < 21; time += 1) answers.push(await send(one));
    expect(answers.map(({ status }) => status)).toEqual([...Array.from({ length: 20 }, () => 200), 429]);
    expect(Number(answers[20]!.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await send(other)).status).toBe(200);
  });
});

describe('limits of what one person reads', () => {
  const useUp = async (limit: Limit, key: string) =>
    await world.app
      .get(RateLimits)
      .take(limit, key, limit.points)
      .catch(() => undefined);

  it('given a script that reads more than many open pages do, then every route that asks who one is says 429 with the time to wait', async () => {
    const person = await aPerson(world, { isAdmin: true });
    await useUp(READS, person.id);
    const read: unknown[] = [];
    let asked = 0;
    for (const { method, path } of routesOf(world)) {
      if (method !== 'GET' || !path.startsWith('/api/')) continue;
      const address = path.replaceAll(/:cohortId/g, cohort).replaceAll(/:\w+|\*/g, String(new Types.ObjectId()));
      const nobody = await clientOf(world.url).get(address);
      // A file of a call asks for the link of a mail, and counts by that (`reads-of-strangers`).
      if (nobody.status !== 401 || nobody.body.code === 'link_again') continue;
      asked += 1;
      const { status, headers } = await person.client.get(address);
      if (status !== 429 || !(Number(headers.get('retry-after')) > 0)) read.push([path, status]);
    }
    expect(asked).toBeGreaterThan(90);
    expect(read).toEqual([]);
  });

  it('given that, then they may write, sign in and read what is open to all; others read on, and another process counts for itself', async () => {
    const [person, other] = [await aMember(world, cohort, 'fellow'), await aMember(world, cohort, 'fellow')];
    await useUp(READS, person.id);
    expect((await person.client.get('/api/me')).status).toBe(429);
    expect((await person.client.patch('/api/me', { gives: ['time'] })).status).toBe(200);
    expect((await clientOf(world.url).get('/healthz')).status).toBe(200);
    expect((await other.client.get('/api/me')).status).toBe(200);
    expect((await person.client.on(world.nodes[1]!.url).get('/api/me')).status).toBe(200);
  });

  it('given files that are opened by their cookie, then those count as well', async () => {
    const [person, other] = [await aMember(world, cohort, 'fellow'), await aMember(world, cohort, 'fellow')];
    const cookieOf = async ({ id }: TestPerson) => {
      const who = { userId: id, loginId: String(new Types.ObjectId()), isAdmin: false };
      return `cordee_files=${(await world.app.get(AccessTokens).sign(who, 'files')).token}`;
    };
    const [cookie, theirs] = [await cookieOf(person), await cookieOf(other)];
    const path = `/files/uploads/${String(new Types.ObjectId())}`;
    const open = async (by: string) => (await fetchFile(world.url, path, by)).status;
    expect(await open(cookie)).toBe(404);
    await useUp(FILE_READS, person.id);
    expect([await open(cookie), await open(theirs)]).toEqual([429, 404]);
  });
});
