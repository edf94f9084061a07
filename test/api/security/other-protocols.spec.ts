import { once } from 'node:events';
import { type Socket, connect } from 'node:net';
import type { Server } from 'socket.io';
import { io } from 'socket.io-client';
import { WebSocket } from 'ws';
import { Realtime } from '../../../src/infra/realtime/realtime.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { connect as connectLive } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { aPerson } from '../../support/factories.js';
import { WAIT_MS } from '../../support/patience.js';
import { startChild } from '../../support/servers/processes.js';

/**
 * Whoever asks for another protocol, sends too much or says nothing. A proxy takes a process that does not answer for dead, and a line that nobody
 * lets go of holds up its stop.
 */
let world: TestWorld;
beforeAll(async () => (world = await startWorld()));
afterAll(() => world.stop());

const HOST = 'Host: localhost\r\n';
const JSON_TYPE = { 'content-type': 'application/json' };
const UPGRADE = 'Connection: Upgrade\r\nUpgrade: x\r\n';
const WEBSOCKET =
  'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n';

interface Line {
  socket: Socket;
  told: () => string;
  isOpen: () => boolean;
}

/** Opens a line, writes to it, and never closes it. */
function open(url: string, text: string): Line {
  let told = '';
  let isOpen = true;
  // A line whose other side closes its half stays open on this one.
  const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', allowHalfOpen: true }, () => {
    socket.write(text);
  });
  socket.on('data', (data) => (told += String(data))).on('error', () => undefined);
  // It hears that the other side let go of it all when it writes once more.
  const nudge = setInterval(() => socket.readableEnded && socket.write('x'), 100);
  socket.on('close', () => {
    clearInterval(nudge);
    isOpen = false;
  });
  return { socket, told: () => told, isOpen: () => isOpen };
}

/** A line on which nothing is said. The server lets go of it after some seconds: whoever is let go of before that did not wait for it. */
async function silentLine(url: string): Promise<Line> {
  const line = open(url, '');
  await once(line.socket, 'connect');
  return line;
}

/** The server lets go of `line` while one that says nothing is open, which was opened before. */
async function isLetGo(line: Line, silent: Line): Promise<void> {
  await eventually(() => expect(line.isOpen()).toBe(false));
  expect(silent.isOpen()).toBe(true);
  silent.socket.destroy();
}

it.each([
  [
    'an upgrade',
    `GET / HTTP/1.1\r\n${HOST}${UPGRADE}\r\n`,
    /^HTTP\/1\.1 426 .*\r\nupgrade: websocket\r\n.*upgrade_unknown/s,
  ],
  [
    'an upgrade with a body',
    `POST /api/hooks/x HTTP/1.1\r\n${HOST}${UPGRADE}Content-Length: 1\r\n\r\na`,
    /^HTTP\/1\.1 426 /,
  ],
  ['an upgrade beside the sockets', `GET /socket.io HTTP/1.1\r\n${HOST}${UPGRADE}\r\n`, /^HTTP\/1\.1 426 /],
  [
    'another protocol at the sockets',
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n${HOST}${UPGRADE}\r\n`,
    /^HTTP\/1\.1 426 .*nosniff.*no-store.*upgrade_unknown/s,
  ],
  [
    'another transport at the sockets',
    `GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\n${HOST}${WEBSOCKET}\r\n`,
    /^HTTP\/1\.1 400 .*nosniff.*no-store/s,
  ],
  [
    'a page of another origin at the sockets',
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n${HOST}Origin: https://elsewhere.example\r\n${WEBSOCKET}\r\n`,
    /^HTTP\/1\.1 403 .*foreign_page/s,
  ],
  [
    'a tunnel',
    `CONNECT elsewhere.example:443 HTTP/1.1\r\n${HOST}\r\n`,
    /^HTTP\/1\.1 405 .*\r\nallow: GET, .*method_not_allowed/s,
  ],
])('given %s, then it is answered at once and the line is let go of', async (_what, text, answer) => {
  const silent = await silentLine(world.url);
  const line = open(world.url, text);
  await isLetGo(line, silent);
  expect(line.told()).toMatch(answer);
});

it('given an upgrade on a line that was used before, then it is answered and let go of as well', async () => {
  const silent = await silentLine(world.url);
  const line = open(world.url, `GET /healthz HTTP/1.1\r\n${HOST}\r\n`);
  await eventually(() => expect(line.told()).toMatch(/^HTTP\/1\.1 200 .*ok/s));
  line.socket.write(`GET / HTTP/1.1\r\n${HOST}${UPGRADE}\r\n`);
  await isLetGo(line, silent);
  expect(line.told()).toMatch(/HTTP\/1\.1 426 /);
});

describe('given a line of chat that is open, of which anybody may know the name', () => {
  const first = '/socket.io/?EIO=4&transport=websocket';
  let line: WebSocket;
  let second: string;
  beforeAll(async () => {
    line = new WebSocket(`${world.url.replace('http', 'ws')}${first}`);
    const [hello] = (await once(line, 'message')) as [Buffer];
    second = `${first}&sid=${(JSON.parse(hello.toString().slice(1)) as { sid: string }).sid}`;
  });
  afterAll(() => line.terminate());

  it.each(['', 'Origin: https://elsewhere.example\r\n'])(
    'then no second one is opened to it (%j), and the first stays',
    async (origin) => {
      const silent = await silentLine(world.url);
      const other = open(world.url, `GET ${second} HTTP/1.1\r\n${HOST}${origin}${WEBSOCKET}\r\n`);
      await isLetGo(other, silent);
      expect(other.told()).toMatch(origin ? /^HTTP\/1\.1 403 .*foreign_page/s : /^HTTP\/1\.1 400 .*nosniff/s);
      expect(line.readyState).toBe(WebSocket.OPEN);
    },
  );

  it.each(['GET', 'POST'])(
    'then plain HTTP (%s) there is answered at once, as nothing that is there',
    async (method) => {
      const answer = await fetch(new URL(second, world.url), { method, signal: AbortSignal.timeout(WAIT_MS) });
      expect([answer.status, await answer.json()]).toMatchObject([404, { code: 'not_found' }]);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('cache-control')).toBe('no-store');
    },
  );

  it('then who asks for it again and again on one line without reading is let go of', async () => {
    const silent = await silentLine(world.url);
    await isLetGo(open(world.url, `GET ${second} HTTP/1.1\r\n${HOST}\r\n`.repeat(1000)), silent);
  });
});

it('given a body that is too large and still comes, then its sender reads the answer', async () => {
  for (let round = 0; round < 5; round += 1) {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        fetch(new URL('/api/hooks/x', world.url), {
          method: 'POST',
          headers: JSON_TYPE,
          body: Buffer.alloc(5_000_000, 97),
        }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(413));
  }
});

it('given JSON that is deeper than anything we know, then it is unreadable without being parsed', async () => {
  const send = async (body: string) => {
    const answer = await fetch(new URL('/api/auth/login', world.url), { method: 'POST', headers: JSON_TYPE, body });
    return [answer.status, ((await answer.json()) as { code: string }).code];
  };
  const parse = jest.spyOn(JSON, 'parse');
  expect(await send(`{"a":${'['.repeat(60_000)}`)).toEqual([400, 'unreadable']);
  expect(parse.mock.calls.filter(([text]) => text.includes('[[['))).toEqual([]);
  parse.mockRestore();
  // Brackets within words are words.
  expect(await send(JSON.stringify({ email: 'a@b.example', password: `\\"${'['.repeat(100)}` }))).toEqual([
    401,
    'wrong_credentials',
  ]);
});

it('given lines on which nothing, or half of something, is said, then a stop ends by itself', async () => {
  const child = await startChild(world);
  const lines = [
    '',
    'GET / HT',
    `POST /api/auth/login HTTP/1.1\r\n${HOST}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{`,
    `GET / HTTP/1.1\r\n${HOST}${UPGRADE}\r\n`,
  ].map((text) => open(child.url, text));
  // The last of them is answered, and so is one that was opened later: all of them have come.
  await eventually(() => expect(lines.at(-1)?.told()).toMatch(/^HTTP\/1\.1 426 /));
  expect((await fetch(new URL('/healthz', child.url))).status).toBe(200);
  expect(await child.stop()).toBe(0);
  for (const { socket } of lines) socket.destroy();
});

it('given a socket whose line ends while it is let in, then nothing waits for the end of its token', async () => {
  const person = await aPerson(world);
  const realtime = world.app.get(Realtime);
  const { server } = realtime as unknown as { server: Server };
  let asked = () => {};
  const isAsked = new Promise<void>((resolve) => (asked = resolve));
  let goOn = () => {};
  const gate = new Promise<void>((resolve) => (goOn = resolve));
  realtime.roomsFrom(async () => {
    asked();
    await gate;
    return [];
  });
  const timers = jest.spyOn(globalThis, 'setTimeout');
  const lines = () => server.engine.clientsCount;
  const before = lines();
  const socket = io(world.url, { transports: ['websocket'], auth: { token: person.token }, reconnection: false });
  await isAsked;
  await eventually(() => expect(lines()).toBe(before + 1));
  socket.disconnect();
  await eventually(() => expect(lines()).toBe(before));
  goOn();
  const later = await connectLive(world.url, person.token);
  const long = timers.mock.calls.filter(([, ms]) => (ms ?? 0) > 120_000);
  timers.mockRestore();
  later.close();
  // The end of a token is waited for on the line that came later, and on no other.
  expect(long).toHaveLength(1);
});
