import { randomBytes, randomUUID } from 'node:crypto';
import { Agent, type Server, request } from 'node:http';
import { type Socket, connect } from 'node:net';
import { startMailCatcher } from '../../../scripts/mail-catcher.mjs';
import { FORM_TIME, UPLOAD_PACE } from '../../../src/infra/http/bodies/body-limits.js';
import { SLOW_CLIENTS } from '../../../src/infra/http/lines/slow-clients.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { aCohort, aMember } from '../../support/factories.js';

/** Clients who hold a connection by sending next to nothing, and names that lead to this machine from elsewhere. */
let world: TestWorld;
let catcher: Awaited<ReturnType<typeof startMailCatcher>>;
let server: Server;
let port: number;

beforeAll(async () => {
  catcher = await startMailCatcher();
  world = await startWorld({ env: { MAIL_CATCHER_URL: catcher.url } });
  server = world.app.getHttpServer();
  port = Number(new URL(world.url).port);
});
afterAll(async () => {
  await world.stop();
  await catcher.stop();
});

const { connectionTimeout, requestTimeout, http } = SLOW_CLIENTS;
const MINUTE = 60_000;

/** Sends the head and then a piece each 100 ms; what it was told when the connection ended. `most`: so many pieces, then the end, and no more. */
function trickle(head: string, piece: string, most = Infinity, end = ''): Promise<string> {
  return new Promise((resolve) => {
    let told = '';
    let sent = 0;
    const socket: Socket = connect(port, '127.0.0.1', () => socket.write(head));
    const timer = setInterval(() => {
      if (sent >= most) return;
      sent += 1;
      if (socket.writable) socket.write(sent === most ? piece + end : piece);
    }, 100);
    socket.on('data', (data) => (told += String(data)));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(timer);
      resolve(told);
    });
  });
}
const HEAD = 'POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';

describe('a client that takes its time', () => {
  afterEach(() => {
    Object.assign(server, { requestTimeout, headersTimeout: http.headersTimeout });
    server.setTimeout(connectionTimeout);
    FORM_TIME.ms = MINUTE;
    Object.assign(UPLOAD_PACE, { ms: MINUTE, bytes: 240 * 1024 });
  });

  it('given the server, then a head, a request and silence have an end, and 100 MB on a slow line have time', () => {
    expect(server).toMatchObject({ headersTimeout: 20_000, timeout: 2 * MINUTE, requestTimeout: 30 * MINUTE });
    const megabitsASecond = (100 * 8) / (requestTimeout / 1000);
    expect(megabitsASecond).toBeLessThan(0.5);
  });

  it('given a head that never ends, then 408 and the connection is closed', async () => {
    Object.assign(server, { headersTimeout: 500 });
    expect(await trickle('GET / HTTP/1.1\r\nHost: localhost\r\n', 'X-More: 1\r\n')).toMatch(
      /^HTTP\/1.1 408 .*too_slow/s,
    );
  });

  it('given a body that never ends, then 408 and the connection is closed', async () => {
    Object.assign(server, { headersTimeout: 500, requestTimeout: 700 });
    expect(await trickle(`${HEAD}Content-Length: 50000\r\n\r\n`, ' ')).toMatch(/^HTTP\/1.1 408 .*too_slow/s);
  });

  it('given a form that never ends, then 408 and the connection is closed, long before that of an upload would be', async () => {
    FORM_TIME.ms = 700;
    expect(await trickle(`${HEAD}Content-Length: 50000\r\n\r\n`, ' ')).toMatch(/^HTTP\/1.1 408 .*too_slow/s);
  });

  const refused = (line: string, ...more: string[]) =>
    [`${line} HTTP/1.1`, 'Host: localhost', ...more, 'Content-Length: 50000', '', ''].join('\r\n');
  it.each([
    ['a page of another origin', 403, refused('POST /api/auth/login', 'Origin: https://elsewhere.example')],
    [
      'a name that is not ours',
      421,
      refused('POST /api/auth/login', 'Host: elsewhere.example').replace('Host: localhost\r\n', ''),
    ],
    ['a table where none is read', 415, refused('POST /api/auth/login', 'Content-Type: text/csv')],
    ['a form where none is read', 415, refused('POST /api/auth/login', 'Content-Type: text/plain')],
    ['who only reads', 401, refused('GET /api/me', 'Content-Type: application/json')],
    ['who asks for a head', 401, refused('HEAD /api/me')],
    ['who has no login', 401, refused('POST /api/me/calendar-feed', 'Content-Type: application/json')],
    [
      'the sockets',
      401,
      refused('POST /socket.io/?EIO=4&transport=polling', 'Content-Type: text/plain').replace(
        'text/plain',
        'application/x',
      ),
    ],
    ['something that nobody expects', 401, refused('GET /api/me', 'Expect: the-unexpected')],
  ])(
    'given a body of %s that is refused at once and never ends, then its line is closed all the same',
    async (_what, status, head) => {
      FORM_TIME.ms = 700;
      expect(await trickle(head, ' ')).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    },
  );

  /** The head of what somebody sends who is signed in. */
  const headOf = async (act: string, type: string, bytes: number) => {
    const { token } = await aMember(world, await aCohort(world), 'fellow');
    const lines = [`${act} HTTP/1.1`, 'Host: localhost', 'Connection: close', `Authorization: Bearer ${token}`];
    return [...lines, `Content-Type: ${type}`, `Content-Length: ${bytes}`, '', ''].join('\r\n');
  };

  it.each([
    ['application/json', 'PATCH /api/me'],
    ['text/csv', 'POST /api/cohorts/0123456789abcdef01234567/invitations'],
  ])('given %s of who is signed in that is no form and never ends, then it ends as one', async (type, act) => {
    FORM_TIME.ms = 700;
    expect(await trickle(await headOf(act, type, 900_000), ' ')).toMatch(/^HTTP\/1.1 408 .*too_slow/s);
  });

  describe('that uploads a file', () => {
    const before = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n';
    const piece = 'words '.repeat(500);
    const end = '\r\n--x--\r\n';
    const TYPE = 'multipart/form-data; boundary=x';

    it('given that next to nothing of it comes, then 408 and the connection is closed', async () => {
      Object.assign(UPLOAD_PACE, { ms: 500, bytes: 5000 });
      const head = await headOf('POST /api/files', TYPE, 1_000_000);
      expect(await trickle(head + before, 'word')).toMatch(/^HTTP\/1.1 408 .*too_slow/s);
    });

    it('given that it comes on, then it is taken, however long a form has', async () => {
      FORM_TIME.ms = 500;
      Object.assign(UPLOAD_PACE, { ms: 500, bytes: 5000 });
      const pieces = 20;
      const head = await headOf('POST /api/files', TYPE, before.length + pieces * piece.length + end.length);
      const told = trickle(head + before, piece, pieces, end);
      expect(await told).toMatch(/^HTTP\/1.1 201 /);
    });
  });

  it('given forms one after the other on one connection, then each has its own time', async () => {
    FORM_TIME.ms = 500;
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const send = () =>
      new Promise<[number | undefined, boolean]>((resolve, reject) => {
        const headers = { 'content-type': 'application/json' };
        const asked = request(new URL('/api/auth/login', world.url), { agent, method: 'POST', headers });
        asked.on('error', reject).on('response', (answer) => {
          answer.resume().on('end', () => resolve([answer.statusCode, asked.reusedSocket]));
        });
        asked.end('{}');
      });
    expect(await send()).toEqual([422, false]);
    // A form that was begun later has had its time.
    expect(await trickle(`${HEAD}Content-Length: 50000\r\n\r\n`, ' ')).toMatch(/^HTTP\/1.1 408 /);
    expect(await send()).toEqual([422, true]);
    agent.destroy();
  });

  it('given nothing at all, then the connection is closed', async () => {
    server.setTimeout(500);
    expect(await trickle(`${HEAD}Content-Length: 100\r\n\r\n`, '', 0)).not.toContain('HTTP/1.1 2');
  });

  it('given a body that comes slowly, and for longer than silence may last, then it is answered', async () => {
    server.setTimeout(500);
    const head = `${HEAD}Connection: close\r\nContent-Length: 12\r\n\r\n`;
    expect(await trickle(head, '1', 12)).toMatch(/^HTTP\/1.1 4(00|22) /);
  });
});

describe('the page of caught mails', () => {
  const statusAt = (at: string, path: string, host: string) =>
    new Promise<number>((resolve, reject) => {
      request(new URL(path, at), { headers: { host } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      })
        .on('error', reject)
        .end();
    });

  it.each(['localhost', '127.0.0.1:3000', '[::1]:3000', 'LOCALHOST:80'])(
    'given it is asked for as %s, then it is shown',
    async (host) => {
      expect(await statusAt(world.url, '/dev/mail', host)).toBe(200);
      expect(await statusAt(world.url, '/dev/mail/messages', host)).toBe(200);
      expect(await statusAt(catcher.url, '/messages', host)).toBe(200);
    },
  );

  it.each(['rebound.example', 'localhost.example:3000', '127.0.0.1.example', 'x@localhost'])(
    'given a name of elsewhere that leads here (%s), then nothing is',
    async (host) => {
      expect(await statusAt(world.url, '/dev/mail', host)).toBe(421);
      expect(await statusAt(world.url, '/dev/mail/messages', host)).toBe(421);
      expect(await statusAt(catcher.url, '/messages', host)).toBe(421);
    },
  );
});

it('given an answer of twenty kilobytes, then it is packed as a whole: who reads it slowly has what is packed kept, and not what packs', async () => {
  const cohort = await aCohort(world);
  const { client, token } = await aMember(world, cohort, 'fellow');
  const { items } = (await client.get('/api/channels')).body;
  const path = `/api/channels/${items.find(({ kind }: { kind: string }) => kind === 'cohort').id}/messages`;
  for (let turn = 0; turn < 20; turn += 1) {
    const body = `${randomBytes(12).toString('hex')} `.repeat(30);
    expect((await client.post(path, { clientId: randomUUID(), body })).status).toBe(201);
  }
  const size = (await client.get(path)).text.length;
  expect([size > 12_000, size < 32_000]).toEqual([true, true]);
  for (const packing of ['br', 'gzip']) {
    const { headers } = await fetch(new URL(path, world.url), {
      headers: { authorization: `Bearer ${token}`, 'accept-encoding': packing },
    });
    expect([headers.get('content-encoding'), headers.get('transfer-encoding')]).toEqual([packing, null]);
    expect(Number(headers.get('content-length'))).toBeGreaterThan(100);
  }
});
