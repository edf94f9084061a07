import { request } from 'node:http';
import { io } from 'socket.io-client';
import { WebSocket } from 'ws';
import { startMailCatcher } from '../../../scripts/mail-catcher.mjs';
import { type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aPerson } from '../../support/factories.js';

/** A page elsewhere can make its own name lead here (DNS rebinding): to the browser all that answers under it is that page's own. */
let world: TestWorld;
let person: TestPerson;

beforeAll(async () => {
  world = await startWorld();
  person = await aPerson(world);
});
afterAll(() => world.stop());

interface Answer {
  status: number;
  code: unknown;
}

const ask = (url: string, method: string, path: string, headers: Record<string, string>) =>
  new Promise<Answer>((resolve, reject) => {
    const asked = request(new URL(path, url), { method, headers }, (answer) => {
      let body = '';
      answer.on('data', (bytes: Buffer) => (body += String(bytes)));
      answer.on('end', () => {
        const isJson = /json/.test(answer.headers['content-type'] ?? '');
        resolve({ status: answer.statusCode ?? 0, code: isJson ? (JSON.parse(body).code ?? null) : null });
      });
    });
    asked.on('error', reject);
    asked.end(method === 'POST' ? '{}' : undefined);
  });

const OURS = [
  'localhost',
  'LOCALHOST:80',
  '127.0.0.1:3000',
  '127.8.0.1',
  '[::1]:3000',
  'cordee.test',
  'Cordee.test:80',
];
const FOREIGN = ['rebound.example', 'localhost.example:3000', '127.0.0.1.example', 'x@localhost', '10.0.0.1', 'a b'];

const upgraded = (url: string, headers: Record<string, string>) =>
  new Promise<boolean>((resolve) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, { headers });
    socket.once('open', () => {
      socket.terminate();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

describe('a server of this machine alone, outside production', () => {
  it.each(FOREIGN)('given it is asked by the name "%s", then nothing is answered, whatever is asked', async (host) => {
    const headers = { host, authorization: `Bearer ${person.token}`, 'content-type': 'application/json' };
    for (const path of ['/', '/healthz', '/metrics', '/dev/mail', '/api/me', '/api/docs', '/files/x', '/nowhere'])
      expect([path, await ask(world.url, 'GET', path, headers)]).toEqual([path, { status: 421, code: 'foreign_host' }]);
    for (const path of ['/api/auth/login', '/api/nowhere'])
      expect([path, await ask(world.url, 'POST', path, headers)]).toEqual([
        path,
        { status: 421, code: 'foreign_host' },
      ]);
    // This speaks for itself: a page.
    expect((await ask(world.url, 'GET', '/admin/queues', headers)).status).toBe(421);
    expect((await ask(world.url, 'GET', '/socket.io/?EIO=4&transport=polling', headers)).status).toBe(421);
    expect(await upgraded(world.url, { host })).toBe(false);
  });

  it('given a page under such a name, which is of the same origin to itself, then its socket is refused with a good token', async () => {
    const extraHeaders = { host: 'rebound.example', origin: 'http://rebound.example' };
    const options = { auth: { token: person.token }, transports: ['websocket'], reconnection: false, forceNew: true };
    const socket = io(world.url, { ...options, extraHeaders });
    const connected = await new Promise((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('connect_error', () => resolve(false));
    });
    socket.disconnect();
    expect(connected).toBe(false);
  });

  it.each(OURS)('given it is asked by the name "%s", then it answers', async (host) => {
    expect((await ask(world.url, 'GET', '/api/me', { host, authorization: `Bearer ${person.token}` })).status).toBe(
      200,
    );
    expect((await ask(world.url, 'GET', '/healthz', { host })).status).toBe(200);
    expect(await upgraded(world.url, { host })).toBe(true);
  });
});

describe('a server behind a proxy', () => {
  it.each([
    ['in production', { NODE_ENV: 'production', RATE_LIMITS: 'on' }],
    ['of every address of the machine', { HOST: '0.0.0.0' }],
  ])('given one %s, then it answers by whatever name the proxy or a probe uses', async (_, env) => {
    const other = await startWorld({ env });
    try {
      for (const host of ['10.0.0.7:3000', 'cordee_upstream', 'app1.internal:3000', 'localhost']) {
        expect(await ask(other.url, 'GET', '/healthz', { host })).toEqual({ status: 200, code: null });
        expect(await upgraded(other.url, { host })).toBe(true);
      }
    } finally {
      await other.stop();
    }
  });
});

describe('the page of caught mails of a server of every address of the machine', () => {
  let catcher: Awaited<ReturnType<typeof startMailCatcher>>;
  let open: TestWorld;
  beforeAll(async () => {
    catcher = await startMailCatcher();
    open = await startWorld({ env: { HOST: '0.0.0.0', MAIL_CATCHER_URL: catcher.url } });
  });
  afterAll(async () => {
    await open.stop();
    await catcher.stop();
  });

  // Whoever asks writes the Host header, and a proxy of this machine passes on what comes from elsewhere.
  it.each([
    ['this machine', '127.0.0.1', {}, 200],
    ['this machine, by IPv6', '::1', {}, 200],
    ['this machine, as IPv6 writes it', '::ffff:127.0.0.1', {}, 200],
    ['another machine', '192.0.2.7', {}, 404],
    ['another machine, by IPv6', '2001:db8::7', {}, 404],
    ['this machine, for another', '127.0.0.1', { 'x-forwarded-for': '192.0.2.7' }, 404],
    ['this machine, for itself', '127.0.0.1', { forwarded: 'for=127.0.0.1' }, 404],
    ['this machine, through a proxy', '127.0.0.1', { via: '1.1 proxy' }, 404],
  ])('given it is asked as localhost from %s (%s), with %j, then %d', async (_, remoteAddress, more, status) => {
    for (const url of ['/dev/mail', '/dev/mail/messages']) {
      const headers = { host: 'localhost', ...more };
      expect([url, (await open.app.inject({ url, headers, remoteAddress })).statusCode]).toEqual([url, status]);
    }
  });
});
