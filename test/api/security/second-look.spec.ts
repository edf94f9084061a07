import { type IncomingMessage, type ServerResponse, request } from 'node:http';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { Types } from 'mongoose';
import sharp from 'sharp';
import { Shares } from '../../../src/common/shares.js';
import { AT_ONCE } from '../../../src/infra/http/load/in-line.js';
import { InboxService } from '../../../src/notifications/inbox/inbox.service.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import { clientOf } from '../../support/client.js';
import { PASSWORD, type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { holdBody } from '../../support/servers/held-bodies.js';
import { aPrivateChannel } from '../../support/rooms/chat.js';

/** Between what the guards found out and what is done lies time: a turn that is waited for, a file that comes slowly. Rights end meanwhile. */
let world: TestWorld;
let cohort: string;
let staff: TestPerson;
let other: TestPerson;

beforeAll(async () => {
  world = await startWorld({ env: { RATE_LIMITS: 'on' } });
});
afterAll(() => world.stop());
afterEach(() => jest.restoreAllMocks());
beforeEach(async () => {
  cohort = await aCohort(world);
  staff = await aMember(world, cohort, 'staff');
  other = await aMember(world, cohort, 'staff');
});

const base = () => `/api/cohorts/${cohort}`;

/** The same person by a login of their own, which can end. */
async function signedIn(person: TestPerson): Promise<TestPerson> {
  const login = await clientOf(world.url).post('/api/auth/login', { email: person.email, password: PASSWORD });
  const token = login.body.accessToken as string;
  return { ...person, token, client: clientOf(world.url, token) };
}

async function signOut({ token }: TestPerson): Promise<void> {
  const headers = { authorization: `Bearer ${token}` };
  expect((await fetch(`${world.url}/api/auth/logout`, { method: 'POST', headers })).status).toBe(204);
}

/** All that somebody may ask at a time is under way, until `open` is called. `waits` waits until so many more stand in line. */
async function lineFull({ client, id }: TestPerson): Promise<{
  open: () => Promise<void>;
  waits: (requests: number) => Promise<void>;
}> {
  const turns = jest.spyOn(Shares.prototype, 'inTurn');
  const inbox = world.app.get(InboxService);
  const page = inbox.page.bind(inbox);
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  let under = 0;
  jest.spyOn(inbox, 'page').mockImplementation(async (userId, query) => {
    under += 1;
    if (userId === id) await opened;
    return await page(userId, query);
  });
  const asked = Array.from({ length: AT_ONCE }, () => client.get('/api/me/inbox'));
  await eventually(() => expect(under).toBe(AT_ONCE));
  return {
    waits: (requests) =>
      eventually(() => expect(turns.mock.calls.filter(([key]) => key === id)).toHaveLength(AT_ONCE + requests)),
    open: async () => {
      open();
      await Promise.all(asked);
    },
  };
}

const excluded = async () => expect((await other.client.delete(`${base()}/members/${staff.id}`)).status).toBe(204);

describe('who waits for their turn', () => {
  const acts = ({ client }: TestPerson) => [
    client.get(`${base()}/members`),
    client.get(`${base()}/overview`),
    client.post(`${base()}/topics`, { title: 'Written by nobody of us', body: 'It is not.' }),
    client.post(`${base()}/invitations`, { people: [{ email: 'back@door.test', role: 'staff' }] }),
  ];
  const statuses = async (answers: Promise<{ status: number }>[]) =>
    (await Promise.all(answers)).map((one) => one.status);

  it('given they are excluded meanwhile, then they read and write nothing of the cohort any more', async () => {
    const line = await lineFull(staff);
    const answers = statuses(acts(staff));
    await line.waits(4);
    await excluded();
    await line.open();
    expect(await answers).toEqual([404, 404, 404, 404]);
    expect((await other.client.get(`${base()}/topics`)).body.items).toEqual([]);
    expect((await other.client.get(`${base()}/invitations`)).body.items).toEqual([]);
  });

  it('given they are of another role by then, then they do what that one may', async () => {
    const line = await lineFull(staff);
    const answers = statuses(acts(staff));
    await line.waits(4);
    const changed = await other.client.patch(`${base()}/members/${staff.id}`, { role: 'fellow' });
    expect(changed.status).toBe(200);
    await line.open();
    expect(await answers).toEqual([200, 403, 201, 403]);
  });

  it('given their login ends meanwhile, then nothing is made under it', async () => {
    staff = await signedIn(staff);
    const line = await lineFull(staff);
    const answers = statuses(acts(staff));
    await line.waits(4);
    await signOut(staff);
    await line.open();
    expect(await answers).toEqual([401, 401, 401, 401]);
    expect((await other.client.get(`${base()}/members`)).status).toBe(200);
  });

  it('given a request that says it is a form, then it waits as any other', async () => {
    const line = await lineFull(staff);
    let isAnswered = false;
    const headers = { authorization: `Bearer ${staff.token}`, 'content-type': 'multipart/form-data; boundary=x' };
    const answer = fetch(`${world.url}/api/me/status`, { method: 'DELETE', headers }).finally(
      () => (isAnswered = true),
    );
    await line.waits(1);
    expect(isAnswered).toBe(false);
    await line.open();
    await answer;
  });
});

describe('who sends a file that comes slowly', () => {
  const BOUNDARY = 'of-tests';
  const head = (name: string) =>
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: image/png\r\n\r\n`;

  /** Sends half of a file, and the rest once `meanwhile` is done; the status of the answer. */
  async function slowly(method: string, path: string, meanwhile: () => Promise<unknown>): Promise<number> {
    const file = await sharp({ create: { width: 60, height: 60, channels: 3, background: '#375' } })
      .png()
      .toBuffer();
    const type = `multipart/form-data; boundary=${BOUNDARY}`;
    const headers = { authorization: `Bearer ${staff.token}`, 'content-type': type };
    const begin = Buffer.concat([Buffer.from(head('a.png')), file.subarray(0, 50)]);
    const held = await holdBody(world, [method, path], headers, begin);
    expect(held.status()).toBeNull();
    await meanwhile();
    return await held.finish(Buffer.concat([file.subarray(50), Buffer.from(`\r\n--${BOUNDARY}--\r\n`)]));
  }

  it('given they are excluded meanwhile, then it is not kept; who stays has what they sent', async () => {
    expect(await slowly('PUT', `${base()}/logo`, () => Promise.resolve())).toBeLessThan(300);
    const before = (await other.client.get(base())).body.logoUrl as string;
    expect(before).toEqual(expect.any(String));
    const left = async () => (await readdir(tmpdir())).filter((name) => /^[0-9a-f]{32}$/.test(name));
    const files = await left();
    expect(await slowly('PUT', `${base()}/logo`, excluded)).toBe(404);
    expect((await other.client.get(base())).body.logoUrl).toBe(before);
    // Other processes have files on the way in the same folder. Theirs go as well.
    const more = (await left()).filter((name) => !files.includes(name));
    await eventually(async () => {
      const now = await left();
      expect(more.filter((name) => now.includes(name))).toEqual([]);
    });
  });

  it.each([
    ['PUT', '/api/me/avatar'],
    ['POST', '/api/files'],
  ])('given their login ends meanwhile, then %s %s is refused, and no file is left', async (method, path) => {
    staff = await signedIn(staff);
    expect(await slowly(method, path, () => signOut(staff))).toBe(401);
    expect(await world.db.collection('files').countDocuments({ ownerId: { $exists: true } })).toBe(0);
  });
});

describe('who reads a file slowly', () => {
  // Far more than lies on the way between two ends of a connection.
  const MESSAGES = 2000;
  const WORDS = 'x'.repeat(10_000);

  /** Where all of a long channel is a file. */
  async function longChannel(): Promise<string> {
    const channel = await aPrivateChannel(other, cohort, [staff]);
    const [channelId, path] = [new Types.ObjectId(channel), `/files/channels/${channel}/export.json`];
    const row = (seq: number) => ({
      ...{ _id: new Types.ObjectId(), channelId, senderId: new Types.ObjectId(other.id), clientId: `${seq}` },
      ...{ body: WORDS, seq, rev: seq, names: [], reactions: [], createdAt: world.clock.now() },
    });
    const rows = Array.from({ length: MESSAGES }, (_, index) => row(index + 1));
    await world.db.collection('messages').insertMany(rows);
    await world.db.collection('channels').updateOne({ _id: channelId }, { $set: { headSeq: MESSAGES } });
    return path;
  }

  it('given they are excluded meanwhile, then a channel as a file ends where they are; who stays has all of it', async () => {
    const path = await longChannel();
    const begun = await begin(staff, path);
    await excluded();
    const cut = await readOn(begun);
    expect(cut).toMatchObject({ status: 200, isWhole: false });
    expect(cut.messages).toBeLessThan(MESSAGES);
    expect(await readOn(await begin(other, path))).toEqual({ status: 200, isWhole: true, messages: MESSAGES });
  });

  it('given their login ends meanwhile, then it ends where it is, at once; another login of theirs reads all of it', async () => {
    const path = await longChannel();
    let token = '';
    const begun = await begin(staff, path, (access) => (token = access));
    await signOut({ ...staff, token });
    // It ends before anything more is read of it.
    await eventually(() => expect(begun.sent.destroyed).toBe(true));
    expect(await readOn(begun)).toMatchObject({ status: 200, isWhole: false });
    expect(await readOn(await begin(staff, path))).toMatchObject({ isWhole: true, messages: MESSAGES });
  });

  /** Asks for a file, and reads nothing of it yet: the server has sent as much as lies on the way. */
  async function begin(
    { email }: TestPerson,
    path: string,
    by: (token: string) => void = () => undefined,
  ): Promise<{ answer: IncomingMessage; sent: ServerResponse }> {
    const { headers, body } = await clientOf(world.url).post('/api/auth/login', { email, password: PASSWORD });
    by(body.accessToken as string);
    const cookie = headers.getSetCookie().find((one) => one.startsWith('cordee_files='))!;
    let sent: ServerResponse | undefined;
    const server = world.app.getHttpServer();
    const note = (asked: IncomingMessage, response: ServerResponse) => {
      if (asked.url === path) sent = response;
    };
    server.prependListener('request', note);
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      request(`${world.url}${path}`, { headers: { cookie: cookie.split(';')[0] } })
        .on('response', resolve)
        .on('error', reject)
        .end();
    });
    server.off('request', note);
    await eventually(() => expect(sent?.writableNeedDrain).toBe(true));
    return { answer, sent: sent! };
  }

  async function readOn({ answer }: { answer: IncomingMessage }) {
    let [text, isWhole] = ['', true];
    try {
      for await (const bytes of answer) text += String(bytes);
    } catch {
      isWhole = false;
    }
    return { status: answer.statusCode, isWhole, messages: text.split(WORDS).length - 1 };
  }
});
