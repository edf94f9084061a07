import { startWorld, type TestWorld } from '../../support/app.js';
import { clientOf, connect } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { PASSWORD, aPerson, type TestPerson } from '../../support/factories.js';

let world: TestWorld;
let person: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2, env: { RATE_LIMITS: 'on' } });
  person = await aPerson(world);
});
afterAll(() => world.stop());

const cookieOf = (headers: Headers) => headers.getSetCookie().find((cookie) => cookie.startsWith('cordee_refresh='))!;

async function signIn() {
  const answer = await clientOf(world.url).post('/api/auth/login', {
    email: person.email.toUpperCase(),
    password: PASSWORD,
  });
  return { answer, token: answer.body.accessToken as string, cookie: cookieOf(answer.headers).split(';')[0]! };
}

const withCookie = async (path: string, cookie: string, url = world.url) =>
  await fetch(new URL(path, url), { method: 'POST', headers: { cookie } });

describe('signing in', () => {
  it('given the right password, then gives a token, me and a strict cookie', async () => {
    const { answer } = await signIn();
    expect(answer.status).toBe(200);
    expect(answer.body.me).toMatchObject({ id: person.id, email: person.email, memberships: [] });
    expect(JSON.stringify(answer.body)).not.toContain('argon2');
    expect(cookieOf(answer.headers)).toMatch(/HttpOnly.*SameSite=Strict/i);
  });

  it('given a wrong password or an unknown address, then answers the same', async () => {
    const wrong = await clientOf(world.url).post('/api/auth/login', { email: person.email, password: 'wrong' });
    const unknown = await clientOf(world.url).post('/api/auth/login', {
      email: 'nobody@people.test',
      password: 'wrong',
    });
    expect(wrong.status).toBe(401);
    expect(unknown.text).toBe(wrong.text);
  });

  it('given operators instead of texts, then 422 names the field', async () => {
    const answer = await clientOf(world.url).post('/api/auth/login', {
      email: { $gt: '' },
      password: 'x',
      role: 'staff',
    });
    expect(answer.status).toBe(422);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body.errors).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ field: '/email', code: 'wrong_type' }),
        expect.objectContaining({ field: '/role', code: 'unknown_field' }),
      ]),
    );
  });

  it('given ten wrong passwords over two nodes, then 429 with Retry-After', async () => {
    const other = await aPerson(world);
    const attempt = (index: number) =>
      clientOf(world.nodes[index % 2]!.url).post('/api/auth/login', { email: other.email, password: 'wrong' });
    for (let index = 0; index < 10; index += 1) expect((await attempt(index)).status).toBe(401);
    const refused = await attempt(10);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('staying signed in', () => {
  it('given a refresh cookie, then it rotates; the old one used again ends the login on both nodes', async () => {
    const { cookie, token } = await signIn();
    const rotated = await withCookie('/api/auth/refresh', cookie);
    expect(rotated.status).toBe(200);
    const next = cookieOf(rotated.headers).split(';')[0]!;
    expect((await withCookie('/api/auth/refresh', cookie)).status).toBe(401);
    expect((await withCookie('/api/auth/refresh', next)).status).toBe(401);
    await eventually(async () => {
      for (const node of world.nodes) expect((await clientOf(node.url, token).get('/api/me')).status).toBe(401);
    });
  });

  it('given a logout, then the live sockets of that login close on the other node, and only those', async () => {
    const here = await signIn();
    const elsewhere = await signIn();
    const live = await connect(world.nodes[1]!.url, here.token);
    const other = await connect(world.nodes[1]!.url, elsewhere.token);
    await withCookie('/api/auth/logout', here.cookie);
    await eventually(() => expect(live.socket.connected).toBe(false));
    expect(other.socket.connected).toBe(true);
    await expect(connect(world.url, here.token)).rejects.toMatchObject({ data: { code: 'login_ended' } });
    other.close();
  });

  it('given no token or a foreign one, then the socket is refused with a code', async () => {
    await expect(connect(world.url, 'nonsense')).rejects.toMatchObject({ data: { code: 'unauthorized' } });
  });
});

describe('a forgotten password', () => {
  it('given a known and an unknown address, then both get 202 and one gets a mail whose link works once', async () => {
    const other = await aPerson(world, { locale: 'fr' });
    const nobody = clientOf(world.url);
    expect((await nobody.post('/api/auth/password/forgot', { email: 'nobody@people.test' })).status).toBe(202);
    expect((await nobody.post('/api/auth/password/forgot', { email: other.email })).status).toBe(202);
    const [mail] = await world.mail.to(other.email);
    expect(mail!.subject).toBe('Choisir un nouveau mot de passe');
    const token = /\/reset\/(\S+)/.exec(mail!.text ?? '')![1]!;
    const reset = { token, password: 'another long password' };
    expect((await nobody.post('/api/auth/password/reset', { ...reset, token: `${token}x` })).body.code).toBe(
      'link_used_up',
    );
    expect((await nobody.post('/api/auth/password/reset', reset)).status).toBe(204);
    expect((await nobody.post('/api/auth/password/reset', reset)).status).toBe(409);
    expect((await nobody.post('/api/auth/login', { email: other.email, password: reset.password })).status).toBe(200);
    expect(world.mail.mails.some((one) => JSON.stringify(one.to).includes('nobody@'))).toBe(false);
  });

  it('given somebody who knows it changes it in the settings, then the links in the mailbox are good, and the first that is used voids the others', async () => {
    const owner = await aPerson(world);
    const nobody = clientOf(world.url);
    for (let time = 0; time < 2; time += 1) await nobody.post('/api/auth/password/forgot', { email: owner.email });
    const links = (await world.mail.to(owner.email, 2)).map(({ text }) => /\/reset\/(\S+)/.exec(text ?? '')![1]!);
    const change = { currentPassword: PASSWORD, password: 'what a thief would set' };
    expect((await owner.client.post('/api/me/password', change)).status).toBe(204);
    const reset = (token: string) =>
      nobody.post('/api/auth/password/reset', { token, password: 'another long password' });
    expect((await reset(links[0]!)).status).toBe(204);
    expect((await reset(links[1]!)).body.code).toBe('link_used_up');
  });
});

describe('my account', () => {
  it('given fields of others, then they are unknown fields and nothing changes', async () => {
    const answer = await person.client.patch('/api/me', { role: 'staff', isAdmin: true, _id: 'x', name: 'New' });
    expect(answer.status).toBe(422);
    expect((await person.client.get('/api/me')).body).toMatchObject({ name: person.name, isAdmin: false });
  });

  it('given a new zone and name with emoji and a line break, then they are kept as one line', async () => {
    const other = await aPerson(world);
    const answer = await other.client.patch('/api/me', { name: 'Zoë "Z" 🧗\r\nBcc: x', timeZone: 'America/Cayenne' });
    expect(answer.body).toMatchObject({ name: 'Zoë "Z" 🧗 Bcc: x', timeZone: 'America/Cayenne' });
    expect((await other.client.patch('/api/me', { timeZone: 'Mars/Olympus' })).body.errors).toEqual([
      expect.objectContaining({ field: '/timeZone', code: 'unknown_zone' }),
    ]);
  });

  it('given no login, then 401; given an unknown route, then 404', async () => {
    expect((await clientOf(world.url).get('/api/me')).status).toBe(401);
    expect((await person.client.get('/api/nothing')).body.code).toBe('not_found');
  });
});

describe('the house', () => {
  it('is alive and ready, and documents itself', async () => {
    const nobody = clientOf(world.url);
    expect((await nobody.get('/healthz')).status).toBe(200);
    expect((await nobody.get('/readyz')).body.parts).toMatchObject({ mongodb: { ok: true }, redis: { ok: true } });
    expect((await nobody.get('/api/openapi.json')).body.paths['/api/me'].get['x-access']).toEqual({
      kind: 'signed-in',
    });
    expect((await nobody.get('/metrics')).text).toContain('process_cpu_seconds_total');
  });
});
