import { gzipSync } from 'node:zlib';
import { Manager } from 'socket.io-client';
import { type TestWorld, startWorld } from '../support/app.js';
import { connect } from '../support/client.js';
import { eventually } from '../support/eventually.js';
import { aCohort, aMember } from '../support/factories.js';

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

it.each([
  [LOGIN, 65],
  ['/api/auth/invitations/a-token/accept', 65],
  ['/api/public/workshops/nowhere/guests', 65],
  ['/api/session-links/a-token/cancel', 65],
  ['/api/places/a-token/leave', 65],
  ['/api/hooks/a-token', 257],
])('given more than a form or a message has room for, at %s, then 413', async (path, kilobytes) => {
  expect(await send(path, JSON.stringify({ answers: 'x'.repeat(kilobytes * 1024) }))).toEqual([413, 'too_large']);
});

it('given thousands of fields that are unknown, or wrong, then fifty are named', async () => {
  const unknown = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`x${index}`, 1]));
  const answer = await fetch(new URL(LOGIN, world.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(unknown),
  });
  const { status, errors } = (await answer.json()) as { status: number; errors: unknown[] };
  expect([status, errors.length]).toEqual([422, 50]);
});

it.each(['name', 'email'])(
  'given a %s of letters under a hundred marks, then it is refused for its length',
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
  await eventually(() => expect(closed).not.toBe(''), 10_000);

  const live = await connect(world.url, fellow.token);
  for (let asked = 0; asked < 15; asked += 1) await live.ask('chat:sync', { revs: {} }).catch(() => undefined);
  expect(live.socket.connected).toBe(true);
  live.close();
});
