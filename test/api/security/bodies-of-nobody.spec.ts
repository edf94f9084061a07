import { SwaggerModule } from '@nestjs/swagger';
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { type OutgoingHttpHeaders, ServerResponse, request } from 'node:http';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Manager } from 'socket.io-client';
import { AccessTokens } from '../../../src/auth/tokens/access-tokens.js';
import { Realtime } from '../../../src/infra/realtime/realtime.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { builtWeb } from '../../support/servers/built-web.js';
import { connect } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { aCohort, aMember, aPerson } from '../../support/factories.js';
import { holdBody } from '../../support/servers/held-bodies.js';

/** What somebody without a login may send, to look at which costs more than to send it. */
let world: TestWorld;
beforeAll(async () => (world = await startWorld()));
afterAll(() => world.stop());

const send = async (path: string, body: string | Buffer, headers: Record<string, string> = {}, method = 'POST') => {
  const answer = await fetch(new URL(path, world.url), {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: body as never,
  });
  return [answer.status, ((await answer.json()) as { code?: string }).code];
};
const LOGIN = '/api/auth/login';

it.each([
  ['POST', LOGIN],
  ['POST', '/api/hooks/a-token-that-nobody-was-given'],
  ['POST', '/api/cohorts/0123456789abcdef01234567/workshops'],
  ['PATCH', '/api/me'],
])('given a table for %s %s, which reads none, then 415 before it is read', async (method, path) => {
  expect(await send(path, Buffer.alloc(4_000_000), { 'content-type': 'Text/CSV; charset=utf-8' }, method)).toEqual([
    415,
    'unsupported_media_type',
  ]);
});

it('given a body that is packed, then it is not unpacked', async () => {
  const packed = gzipSync(JSON.stringify({ email: 'a@b.cd', password: 'x'.repeat(50) }));
  const [status] = await send(LOGIN, packed, { 'content-encoding': 'gzip' });
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(422);
});

/** Every route that writes and asks for no login, as the description of the API says. */
const { paths } = JSON.parse(readFileSync(join(import.meta.dirname, '../../../docs/openapi.json'), 'utf8')) as {
  paths: Record<string, Record<string, { security?: Record<string, unknown>[] }>>;
};
const OF_NOBODY = Object.entries(paths).flatMap(([path, acts]) =>
  ['post', 'put', 'patch', 'delete'].flatMap((method) => {
    const act = acts[method];
    const isOpen = act && !(act.security ?? []).some((one) => !('refresh' in one));
    // A file of who applies to a call comes as any upload does.
    const isUpload = path.includes('/files/');
    return isOpen && !isUpload ? [[method.toUpperCase(), path.replace(/\{\w+\}/g, 'a-token')] as const] : [];
  }),
);

it('given the routes that anybody may write to, then there are some', () => {
  expect(OF_NOBODY.length).toBeGreaterThan(12);
  expect(OF_NOBODY).toContainEqual(['POST', LOGIN]);
});

it.each(OF_NOBODY)('given more than a form or a message has room for, to %s %s, then 413', async (method, path) => {
  const kilobytes = /^\/api\/(hooks|applications)\//.test(path) ? 257 : 65;
  const body = JSON.stringify({ answers: 'x'.repeat(kilobytes * 1024) });
  expect(await send(path, body, {}, method)).toEqual([413, 'too_large']);
});

/** The answer to a body of which only the beginning comes; null once it is waited for. */
const begin = async (method: string, path: string, headers: OutgoingHttpHeaders) => {
  const held = await holdBody(world, [method, path], { 'content-type': 'application/json', ...headers }, '{"a":');
  held.end();
  return held.status();
};
const LONG = { 'content-length': 1_000_000 };

it.each([
  ['PATCH', '/api/me', LONG],
  ['PATCH', '/api/me', { 'content-length': 10_000 }],
  ['DELETE', '/api/me/calendar-feed', LONG],
  ['POST', '/api/cohorts/0123456789abcdef01234567/workshops', { 'transfer-encoding': 'chunked' }],
  ['POST', '/api/cohorts/0123456789abcdef01234567/invitations', { ...LONG, 'content-type': 'text/csv' }],
  ['POST', '/api/nowhere', LONG],
  ['POST', '/nowhere', LONG],
  ['OPTIONS', '/api/me', LONG],
  ['PATCH', '/api/me', { ...LONG, authorization: 'Bearer x.y.z' }],
])(
  'given more than is short, of who is not signed in, to %s %s, then 401 before it has come',
  async (method, path, headers) => {
    expect(await begin(method, path, headers)).toBe(401);
  },
);

it('given more than is short, of who is signed in, then it is read', async () => {
  const fellow = await aMember(world, await aCohort(world), 'fellow');
  const headers = { authorization: `Bearer ${fellow.token}` };
  expect(await begin('PATCH', '/api/me', { ...LONG, ...headers })).toBeNull();
  const body = JSON.stringify({ name: 'x'.repeat(100_000) });
  expect(await send('/api/me', body, headers, 'PATCH')).toEqual([422, 'invalid']);
});

/** What comes, packed as it is. */
const fileAt = async (path: string, packing: string) =>
  await new Promise<{ packed: string | undefined; bytes: Buffer }>((resolve, reject) => {
    const asked = request(new URL(path, world.url), { headers: { 'accept-encoding': packing } });
    asked.on('error', reject).on('response', async (answer) => {
      const bytes = Buffer.concat(await answer.toArray());
      resolve({ packed: answer.headers['content-encoding'], bytes });
    });
    asked.end();
  });

it('given the description of the API, then the first who asks for it gets what lies there: to put it together takes seconds, in which nobody is answered', async () => {
  const made = jest.spyOn(SwaggerModule, 'createDocument');
  for (const path of ['/api/openapi.json', '/api/docs/swagger-ui-init.js', '/api/docs'])
    expect([path, (await fetch(new URL(path, world.url))).status]).toEqual([path, 200]);
  expect(made).not.toHaveBeenCalled();
  made.mockRestore();
});

it('given large files that anybody may ask for, then none is packed for who asks', async () => {
  const assets = join(builtWeb, 'assets');
  const [largest = ''] = readdirSync(assets)
    .filter((name) => name.endsWith('.js'))
    .sort((one, other) => statSync(join(assets, other)).size - statSync(join(assets, one)).size);
  for (const name of [`assets/${largest}`, 'service-worker.js'])
    for (const [packing, ending] of [
      ['br', '.br'],
      ['gzip', '.gz'],
      ['deflate', ''],
    ] as const) {
      const bytes = readFileSync(join(builtWeb, name + ending));
      const packed = ending === '' ? undefined : packing;
      expect(await fileAt(`/${name}`, packing)).toEqual({ packed, bytes });
    }
  for (const path of ['/api/docs/swagger-ui-bundle.js', '/api/docs/swagger-ui-init.js', '/api/openapi.json'])
    expect([path, (await fileAt(path, 'br')).packed]).toEqual([path, undefined]);
});

it('given the description of the API, alone or in the script of its page, then it is summed up once, not for each who asks what its tag is', async () => {
  const tagAt = async (path: string, tag = '') => {
    const answer = await fetch(new URL(path, world.url), { headers: { 'if-none-match': tag } });
    return [answer.status, answer.headers.get('etag'), Buffer.from(await answer.arrayBuffer())] as const;
  };
  const [, , bytes] = await tagAt('/api/openapi.json');
  const sum = createHash('sha256').update(bytes).digest('base64url');
  for (const [path, tag] of [
    ['/api/openapi.json', `"${sum}"`],
    ['/api/docs/swagger-ui-init.js', `"${sum}-page"`],
  ] as const) {
    expect((await tagAt(path)).slice(0, 2)).toEqual([200, tag]);
    expect(await tagAt(path, tag)).toEqual([304, tag, Buffer.alloc(0)]);
  }
});

it('given many who ask for the description of the API and read it slowly, then all of them wait for the same bytes', async () => {
  const ends = jest.spyOn(ServerResponse.prototype, 'end');
  for (const path of ['/api/openapi.json', '/api/docs/swagger-ui-init.js']) {
    ends.mockClear();
    for (let time = 0; time < 2; time += 1) await (await fetch(new URL(path, world.url))).arrayBuffer();
    const [one, other] = (ends.mock.calls as unknown[][]).map(([payload]) => payload);
    expect([path, Buffer.isBuffer(one), one === other]).toEqual([path, true, true]);
  }
  ends.mockRestore();
});

it('given the page under the name of its file, then with the nonces of its policy', async () => {
  const answer = await fetch(new URL('/index.html', world.url));
  const [, nonce = 'none'] = /'nonce-(\w+)'/.exec(answer.headers.get('content-security-policy') ?? '') ?? [];
  expect(await answer.text()).toContain(`nonce="${nonce}"`);
});

/** So many fields that nobody knows. */
const unknown = (fields: number) =>
  JSON.stringify(Object.fromEntries(Array.from({ length: fields }, (_, index) => [`x${index}`, 1])));

it.each([
  ['of nobody', 900],
  ['of who is signed in', 5000],
])('given hundreds or thousands of fields that are unknown, %s, then fifty are named', async (whose, fields) => {
  const isNobody = whose === 'of nobody';
  const { token } = await aPerson(world);
  const answer = await fetch(new URL(isNobody ? LOGIN : '/api/me', world.url), {
    method: isNobody ? 'POST' : 'PATCH',
    headers: { 'content-type': 'application/json', ...(!isNobody && { authorization: `Bearer ${token}` }) },
    body: unknown(fields),
  });
  const { status, errors } = (await answer.json()) as { status: number; errors: unknown[] };
  expect([status, errors.length]).toEqual([422, 50]);
});

describe('more values than anything that we know has', () => {
  const unreadable = [400, 'unreadable'];
  const values = (most: number) => JSON.stringify({ a: Array.from({ length: most }, () => 0) });
  const nested = (most: number) => JSON.stringify({ a: Array.from({ length: most }, () => ({})) });

  it.each([
    ['fields', unknown(5000)],
    ['values', values(5000)],
    ['objects', nested(5000)],
  ])('given %s of who has no login, then they are not read', async (_what, body) => {
    expect(await send(LOGIN, body)).toEqual(unreadable);
    expect(await send('/api/places/a-token/leave', body)).toEqual(unreadable);
    expect(await send('/api/me', body, {}, 'PATCH')).toEqual([401, 'unauthorized']);
  });

  it('given the longest list that is documented, in few bytes, then it is read as any other is', async () => {
    const copy = '/api/cohorts/0/workshops/copy';
    const body = JSON.stringify({ only: Array(1000).fill('0'), fromCohortId: '0', locale: 'en' });
    expect(await send(copy, body)).toEqual([401, 'unauthorized']);
  });

  it('given signs within texts, then they count for nothing', async () => {
    const body = JSON.stringify({ email: `"\\${',[{'.repeat(3000)}`, password: 'x' });
    expect(await send(LOGIN, body)).toEqual([422, 'invalid']);
  });

  it('given who is signed in, then ten times as many are read, and more where people are listed', async () => {
    const cohort = await aCohort(world);
    const { token } = await aMember(world, cohort, 'fellow');
    const headers = { authorization: `Bearer ${token}` };
    expect(await send('/api/me', values(9000), headers, 'PATCH')).toEqual([422, 'invalid']);
    expect(await send('/api/me', values(11_000), headers, 'PATCH')).toEqual(unreadable);
    const people = Array.from({ length: 5000 }, (_, index) => ({
      email: `person-${index}@agency.example`,
      name: `Person ${index}`,
      role: 'fellow',
      craft: 'design',
      project: 'One of ours',
      locale: 'en',
    }));
    const invite = `/api/cohorts/${cohort}/invitations`;
    expect(await send(invite, JSON.stringify({ people, dryRun: true }), headers)).toEqual([403, 'forbidden']);
    const staff = await aMember(world, cohort, 'staff');
    const ofStaff = { authorization: `Bearer ${staff.token}` };
    expect((await send(invite, JSON.stringify({ people, dryRun: true }), ofStaff))[0]).toBe(200);
    expect(await send(invite, values(50_000), headers)).toEqual(unreadable);
  });
});

it.each(['name', 'email'])(
  'given thousands of marks on one letter in the field %s, then it is refused for its length',
  async (field) => {
    const marks = `a${'\u0315'.repeat(10_000)}${'\u0316'.repeat(10_000)}`;
    const body = { name: 'A guest', email: 'a@b.cd', locale: 'en', timeZone: 'Europe/Paris', [field]: marks };
    const answer = await fetch(new URL('/api/public/workshops/nowhere/guests', world.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const { status, errors } = (await answer.json()) as { status: number; errors: { field: string; code: string }[] };
    expect([status, errors[0]]).toMatchObject([422, { field: `/${field}`, code: 'too_big' }]);
  },
);

it('given a line that says again and again that it is somebody, then it is closed; one that was let in is not', async () => {
  const cohort = await aCohort(world);
  const fellow = await aMember(world, cohort, 'fellow');
  const manager = new Manager(world.url, { transports: ['websocket'], reconnection: false, autoConnect: false });
  await new Promise<void>((resolve, reject) => manager.open((error) => (error ? reject(error) : resolve())));
  let closed = '';
  manager.engine.once('close', (reason: string) => (closed = reason));
  for (let tries = 0; tries < 20; tries += 1) manager.engine.write('0{"token":"x.y.z"}');
  await eventually(() => expect(closed).not.toBe(''));

  const live = await connect(world.url, fellow.token);
  for (let asked = 0; asked < 15; asked += 1) await live.ask('chat:sync', { revs: {} }).catch(() => undefined);
  expect(live.socket.connected).toBe(true);
  live.close();
});

describe('a line of which nobody knows who it is', () => {
  /** Opened by hand (RFC 6455), so that a frame may stop halfway. Resolves with what came back once the line is closed. */
  async function line(): Promise<{ send: (bytes: Buffer) => void; closed: Promise<string>; close: () => void }> {
    const { hostname, port } = new URL(world.url);
    const socket = createConnection({ host: hostname, port: Number(port) });
    let heard = '';
    socket.on('data', (bytes: Buffer) => (heard += bytes.toString('latin1')));
    socket.on('error', () => undefined);
    const closed = new Promise<string>((resolve) => socket.once('close', () => resolve(heard)));
    const key = randomBytes(16).toString('base64');
    const asks = [`Host: ${hostname}`, 'Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Key: ${key}`];
    const more = [...asks, 'Sec-WebSocket-Version: 13', '', ''].join('\r\n');
    socket.write(`GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n${more}`);
    await eventually(() => expect(heard).toContain('pingInterval'));
    return { send: (bytes) => socket.write(bytes), closed, close: () => socket.destroy() };
  }

  /** The head of a frame of text that says how long it is, masked with nothing. */
  function headOf(length: number): Buffer {
    const head = Buffer.alloc(14);
    head[0] = 0x81;
    head[1] = 0x80 | 127;
    head.writeBigUInt64BE(BigInt(length), 2);
    return head;
  }

  /** A line that says nothing is let go of after some seconds. One that was opened after it is closed before it. */
  async function silentLine(): Promise<{ isOpen: () => boolean; close: () => void }> {
    const { closed, close } = await line();
    let isOpen = true;
    void closed.then(() => (isOpen = false));
    return { isOpen: () => isOpen, close };
  }

  it('given it sends more than says who one is, in one packet, then it is closed, and nothing of that is looked at', async () => {
    const looked = jest.spyOn(AccessTokens.prototype, 'read');
    const silent = await silentLine();
    const { send, closed } = await line();
    const packet = Buffer.from(`40${JSON.stringify({ token: 'x'.repeat(20_000) })}`);
    send(Buffer.concat([headOf(packet.length), packet]));
    expect(await closed).not.toContain('unauthorized');
    expect(silent.isOpen()).toBe(true);
    silent.close();
    expect(looked).not.toHaveBeenCalled();
    looked.mockRestore();
  });

  it('given it sends a large packet that never ends, then it is closed before that is kept', async () => {
    const silent = await silentLine();
    const { send, closed } = await line();
    send(Buffer.concat([headOf(90_000), Buffer.alloc(30_000, 'x')]));
    await closed;
    expect(silent.isOpen()).toBe(true);
    silent.close();
  });

  it('given it says nothing, then it does not stay for long', () => {
    expect(world.app.get(Realtime).options().connectTimeout).toBeLessThanOrEqual(20_000);
  });

  it('given who was let in, then they may send more, as before', async () => {
    const person = await aPerson(world);
    const live = await connect(world.url, person.token);
    const answer = await live.ask('chat:sync', { revs: {}, more: 'x'.repeat(60_000) });
    expect(answer).toMatchObject({ ok: false });
    expect(live.socket.connected).toBe(true);
    live.close();
  });
});
