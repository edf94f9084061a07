import { createHook } from 'node:async_hooks';
import { createSecretKey } from 'node:crypto';
import { SignJWT, UnsecuredJWT } from 'jose';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf, connect } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';
import { countQueries } from '../../support/queries.js';

/** The cases of a list that every release must hold: given / when / then. */
let world: TestWorld;
let cohort: string;
let staff: TestPerson;

beforeAll(async () => {
  world = await startWorld();
  cohort = await aCohort(world);
  staff = await aMember(world, cohort, 'staff', { gives: ['SQL'] });
});
afterAll(() => world.stop());

const key = (secret: string) => createSecretKey(Buffer.from(secret));

/** A token like ours, but for what a case changes. */
async function forged(
  change: { key?: string; issuer?: string; audience?: string; exp?: number; nbf?: number } = {},
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const jwt = new SignJWT({ sid: staff.id })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(staff.id)
    .setIssuer(change.issuer ?? 'cordee')
    .setAudience(change.audience ?? 'api')
    .setIssuedAt(now)
    .setExpirationTime(change.exp ?? now + 600);
  if (change.nbf) jwt.setNotBefore(change.nbf);
  return await jwt.sign(key(change.key ?? world.config.JWT_SECRET));
}

describe('case 1: operators instead of values', () => {
  it.each(['?q[$ne]=x', '?role[$gt]=', '?$where=1', '?__proto__[x]=1', '?limit[$in]=1'])(
    'given a list with %s, then 422 and no query',
    async (query) => {
      const answer = await staff.client.get(`/api/cohorts/${cohort}/members${query}`);
      expect(answer.status).toBe(422);
    },
  );

  it.each([
    '{"__proto__":{"isAdmin":true},"name":"Not me"}',
    '{"constructor":{"prototype":{"isAdmin":true}},"name":"Not me"}',
    '{"name":"Not me","gives":[{"__proto__":{"isAdmin":true}}]}',
  ])('given the body %s, then 422, nothing changes and nobody gets new powers', async (body) => {
    const answer = await staff.client.patch('/api/me', body);
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toEqual(expect.arrayContaining([expect.objectContaining({ code: 'unknown_field' })]));
    expect((await staff.client.get('/api/me')).body).toMatchObject({ name: staff.name, isAdmin: false });
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });
});

describe('case 2: a pattern that would run for ever', () => {
  it('given a search for (a+)+$, then it is taken for the word in it: as a pattern it would not end for this name', async () => {
    const name = `${'a'.repeat(60)}!`;
    await aMember(world, cohort, 'fellow', { name });
    await aMember(world, cohort, 'fellow', { name: 'Béa a+ Durand' });
    await aMember(world, cohort, 'fellow', { name: 'Zoé Lin' });
    const answer = await staff.client.get(`/api/cohorts/${cohort}/members?q=${encodeURIComponent('(a+)+$')}`);
    const found = answer.body.items.map((member: any) => member.name);
    expect(found).toEqual(expect.arrayContaining([name, 'Béa a+ Durand']));
    expect(found).not.toContain('Zoé Lin');
  });
});

describe('case 9: tokens that are not ours', () => {
  const now = () => Math.floor(Date.now() / 1000);
  const cases: [string, () => Promise<string>][] = [
    [
      'alg none',
      () =>
        Promise.resolve(
          new UnsecuredJWT({ sid: 'x' })
            .setSubject('x')
            .setIssuer('cordee')
            .setAudience('api')
            .setExpirationTime('1h')
            .encode(),
        ),
    ],
    ['a wrong key', () => forged({ key: 'another secret that is long enough too' })],
    ['a wrong issuer', () => forged({ issuer: 'somebody' })],
    ['the audience of files', () => forged({ audience: 'files' })],
    ['an end in the past', () => forged({ exp: now() - 10 })],
    ['a beginning in the future', () => forged({ nbf: now() + 300 })],
  ];

  it.each(cases)('given %s, then 401 and a connect_error', async (_name, make) => {
    const token = await make();
    expect((await clientOf(world.url, token).get('/api/me')).status).toBe(401);
    await expect(connect(world.url, token)).rejects.toMatchObject({ data: { code: 'unauthorized' } });
  });

  it('given our own, then it is good (so that the cases above fail for their reason)', async () => {
    expect((await clientOf(world.url, await forged()).get('/api/me')).status).toBe(200);
  });

  it('given a socket whose token ends, then a fresh one keeps it and its lack closes it 30 s later', async () => {
    const exp = now() + 600;
    const timers = jest.spyOn(globalThis, 'setTimeout');
    const [renewed, left] = [
      await connect(world.url, await forged({ exp })),
      await connect(world.url, await forged({ exp })),
    ];
    const answer = await renewed.ask('auth', { token: await forged({ exp: exp + 600 }) });
    expect(answer).toMatchObject({ ok: true, data: { expiresAt: expect.any(String) } });
    const looks = timers.mock.calls.flatMap(([look, ms = 0], index) => {
      if (ms < 500_000) return [];
      // The test looks in its place.
      clearTimeout(timers.mock.results[index]!.value as NodeJS.Timeout);
      return [look];
    });
    timers.mockRestore();
    expect(looks).toHaveLength(2);
    const [lookAtRenewed, lookAtLeft] = looks;
    const after = (seconds: number, ...acts: (typeof looks)[number][]) => {
      const clock = jest.spyOn(Date, 'now').mockReturnValue((exp + seconds) * 1000);
      acts.forEach((look) => look());
      clock.mockRestore();
    };
    after(29, lookAtLeft!);
    expect(await left.ask('nothing', {})).toMatchObject({ error: { code: 'unknown_event' } });
    after(31, lookAtLeft!, lookAtRenewed!);
    await eventually(() => expect(left.socket.connected).toBe(false));
    expect(await renewed.ask('nothing', {})).toMatchObject({ error: { code: 'unknown_event' } });
    renewed.close();
  });
});

describe('case 7: a page of somebody else', () => {
  it('given a foreign Origin, then the upgrade is refused even with a good token', async () => {
    const { io } = await import('socket.io-client');
    const socket = io(world.url, {
      auth: { token: staff.token },
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      extraHeaders: { origin: 'https://evil.example' },
    });
    await expect(
      new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve);
        socket.once('connect_error', reject);
      }),
    ).rejects.toBeDefined();
    socket.disconnect();
  });
});

describe('a page of somebody else that writes', () => {
  const form = '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n';
  const said = async (path: string, headers: Record<string, string>) => {
    const sent = { 'content-type': 'multipart/form-data; boundary=x', ...headers };
    const answer = await fetch(new URL(path, world.url), { method: 'POST', body: form, headers: sent });
    const { code } = (await answer.json().catch(() => ({}))) as { code?: string };
    return { status: answer.status, code, cookies: answer.headers.getSetCookie() };
  };

  it.each([
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site', origin: 'https://sister.example' }],
    [{ origin: 'https://evil.example' }],
    [{ origin: 'null' }],
  ])('given %j, then it signs nobody out and writes nothing, whatever it sends', async (headers) => {
    for (const path of ['/api/auth/logout', '/api/auth/refresh', '/api/auth/login', '/api/files', '/api/nowhere'])
      expect([path, await said(path, headers)]).toEqual([path, { status: 403, code: 'foreign_page', cookies: [] }]);
  });

  it('given our own page, a program, or a mail program that unsubscribes, then they are let in', async () => {
    const { origin } = new URL(world.url);
    for (const headers of [{}, { 'sec-fetch-site': 'same-origin' }, { 'sec-fetch-site': 'none' }, { origin }])
      expect((await said('/api/auth/logout', headers as Record<string, string>)).status).toBe(204);
    expect((await said('/api/unsubscribe/nothing', { 'sec-fetch-site': 'cross-site' })).status).toBe(404);
    const read = await fetch(new URL('/healthz', world.url), { headers: { 'sec-fetch-site': 'cross-site' } });
    expect(read.status).toBe(200);
  });
});

describe('case 12: an address with an account, and one without', () => {
  const PAIRS = 5;
  /** What the server does for a wrong password: its answer, how often it asks the database, and how many passwords are hashed. */
  const signIn = async (email: string) => {
    let hashed = 0;
    // Work of an addon on a thread has no name: here each is the hash of a password.
    const hook = createHook({ init: (_id, type) => (hashed += type === 'undefined' ? 1 : 0) }).enable();
    const queries = countQueries(world.db);
    const { status, body } = await clientOf(world.url).post('/api/auth/login', { email, password: 'not the password' });
    hook.disable();
    return { said: [status, body.code], hashed, queries: queries() };
  };

  it('given a wrong password, then both are answered alike, after the same work', async () => {
    for (let pair = 0; pair < PAIRS; pair += 1) {
      const [known, unknown] = [await signIn(staff.email), await signIn(`nobody${pair}@people.test`)];
      expect(known).toMatchObject({ said: [401, 'wrong_credentials'], hashed: 1 });
      expect(unknown).toEqual(known);
    }
  });
});

describe('what is not for everybody', () => {
  it('given any answer, then a strict policy and no trace of the server', async () => {
    const { headers } = await clientOf(world.url).get('/healthz');
    expect(headers.get('content-security-policy')).toMatch(/default-src 'self'.*frame-ancestors 'none'/);
    expect(headers.get('content-security-policy')).not.toMatch(/script-src[^;]*unsafe/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('given a body that is no JSON, too large, or of another type, then 400, 413, 415 and never a 500', async () => {
    const post = (body: string, type: string) =>
      fetch(new URL('/api/auth/login', world.url), { method: 'POST', body, headers: { 'content-type': type } }).then(
        (answer) => answer.status,
      );
    expect(await post('{', 'application/json')).toBe(400);
    expect(await post(JSON.stringify({ email: 'x'.repeat(2_000_000) }), 'application/json')).toBe(413);
    expect(await post('<a/>', 'application/xml')).toBe(415);
    expect(await post('email=a%40x.example', 'application/x-www-form-urlencoded')).toBe(415);
    expect(await post('{"email":"a@x.example"}', 'text/plain')).toBe(415);
    expect(await post('', 'application/json')).toBe(422);
  });

  it('given an address that cannot be decoded, then 400 as a problem that does not repeat it', async () => {
    const answer = await fetch(new URL('/api/%E0%A4%A', world.url));
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      400,
      expect.stringContaining('application/problem+json'),
    ]);
    expect(await answer.json()).toMatchObject({ code: 'unreadable' });
  });

  it.each(['/invitation/%E0%A4%A', '/reset/abc%', '/w/%ZZ', '/session/%'])(
    'given the link %s, cut on its way, opened in a browser, then a page that says so and not JSON',
    async (path) => {
      const answer = await fetch(new URL(path, world.url), {
        headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' },
        redirect: 'manual',
      });
      expect([answer.status, answer.headers.get('location'), await answer.text()]).toEqual([303, '/broken-link', '']);
    },
  );

  it('given a query longer than any head that is read, then 431 as a problem, whatever it holds', async () => {
    const answer = await fetch(
      new URL(`/api/cohorts/${cohort}/topics?cursor=${'%C3%A7%0A'.repeat(2000)}%25H2`, world.url),
    );
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      431,
      expect.stringContaining('application/problem+json'),
    ]);
    expect(await answer.json()).toMatchObject({ status: 431, code: 'head_too_large' });
  });

  it('given JSON is asked for, then such an address is 400', async () => {
    const answer = await fetch(new URL('/invitation/%', world.url), { headers: { accept: 'application/json' } });
    expect(answer.status).toBe(400);
  });
});
