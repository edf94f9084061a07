import { type RequestListener, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ChannelSummary, Message, Messages } from '../../../src/contracts/chat/chat.js';
import { LinkPagesRepository } from '../../../src/chat/previews/link-pages.repository.js';
import { LinkPages } from '../../../src/chat/previews/link-pages.service.js';
import { DAY, HOUR } from '../../../src/common/times/clock.js';
import { CONFIG, type Config } from '../../../src/config/config.js';
import { OutsidePages } from '../../../src/infra/http/outside/outside-pages.js';
import { idOf } from '../../../src/infra/mongo/ids.js';
import { JobQueues } from '../../../src/infra/queue/job-queues.js';
import { startWorld, type TestWorld } from '../../support/app.js';
import { aPrivateChannel, heard, say } from '../../support/rooms/chat.js';
import { clientOf, connect, type LiveClient } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';
import { fetchFile, filesCookieOf } from '../../support/rooms/files.js';

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;
let ines: TestPerson;
let leo: TestPerson;
let sam: TestPerson;
let outsider: TestPerson;
let room: string;

/** A page of the world outside, which says its own path. */
const page: RequestListener = (request, response) =>
  response
    .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    .end(
      `<title>Page ${request.url}</title><meta name=description content="What it says"><meta property="og:site_name" content="News">`,
    );
let answer = page;
const asked: string[] = [];
const site = createServer((request, response) => {
  asked.push(request.url ?? '');
  answer(request, response);
});
let base: string;
let pages = 0;
/** An address that nobody linked to yet. */
const fresh = () => `${base}/${(pages += 1)}`;

beforeAll(async () => {
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  world = await startWorld({ nodes: 2, env: { LINK_PREVIEWS: 'on' } });
  for (const { app } of world.nodes) app.get(OutsidePages).allowed.push('127.0.0.1');
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
  ines = await aMember(world, cohortId, 'fellow');
  leo = await aMember(world, cohortId, 'fellow');
  sam = await aMember(world, cohortId, 'fellow');
  outsider = await aMember(world, await aCohort(world, { name: 'Other' }), 'staff');
});
afterAll(async () => {
  site.closeAllConnections();
  site.close();
  await world.stop();
});
beforeEach(async () => {
  await switchTo(true);
  room = await aPrivateChannel(ines, cohortId, [leo]);
  asked.splice(0);
  answer = page;
});

const switchTo = async (linkPreviews: boolean) => {
  const answer = await staff.client.patch(`/api/cohorts/${cohortId}`, { linkPreviews });
  expect([answer.status, answer.body.linkPreviews]).toEqual([200, linkPreviews ? 'on' : 'off']);
};
const path = ({ channelId, id }: Pick<Message, 'channelId' | 'id'>, more = '') =>
  `/api/channels/${channelId}/messages/${id}${more}`;
const now = async (message: Message, person = ines) => (await person.client.get(path(message))).body as Message;
const shown = (message: Message) =>
  eventually(async () => {
    const found = await now(message);
    if (found.previews.length === 0) throw new Error('no preview yet');
    return found;
  });
const remove = (person: TestPerson, message: Message, previewId = message.previews[0]?.id ?? '') =>
  person.client.delete(path(message, `/previews/${previewId}`));
/** Until no process has anything more to do with links. */
const quiet = async () => {
  await world.settled();
  const queue = world.app.get(JobQueues).queue({ lane: 'readings' });
  await eventually(async () => {
    const counts = await queue.getJobCounts('waiting', 'active', 'delayed');
    expect(counts).toEqual({ waiting: 0, active: 0, delayed: 0 });
  });
};
const notShown = async (message: Message) => {
  await quiet();
  expect((await now(message)).previews).toEqual([]);
};
const listening = async (person: TestPerson): Promise<LiveClient> => await connect(world.nodes[1]!.url, person.token);

describe('a message that links to a page outside', () => {
  it('given that it was sent, then it shows what the page says, to who reads it, by fetch and by event alike', async () => {
    const [mine, others] = [await listening(leo), await listening(sam)];
    const url = fresh();
    const sent = await say(ines, room, `Look: ${url}#part`);
    expect(sent.previews).toEqual([]);
    const message = await shown(sent);
    expect(message.previews).toEqual([
      {
        id: expect.any(String),
        url,
        title: `Page ${new URL(url).pathname}`,
        description: 'What it says',
        site: 'News',
      },
    ]);
    const told = await heard(mine, 'message.updated', ({ id }: Message) => id === sent.id);
    expect(told).toEqual(message);
    expect(await now(sent, leo)).toEqual(message);
    expect(others.events.filter(({ event }) => event.startsWith('message.'))).toEqual([]);
    mine.close();
    others.close();
  });

  it('given the same page linked twice, then nothing that both previews show is of a row that they share', async () => {
    const url = fresh();
    const [one, other] = [await shown(await say(ines, room, url)), await shown(await say(leo, room, url))];
    expect(one.previews[0]!.id).not.toBe(other.previews[0]!.id);
    const row = await world.app.get(LinkPagesRepository).byUrl(url);
    for (const message of [one, other]) expect(JSON.stringify(message)).not.toContain(String(row!._id));
    expect((await remove(ines, one, other.previews[0]!.id)).status).toBe(404);
    expect((await remove(ines, one)).body.previews).toEqual([]);
    expect((await now(other)).previews).toEqual(other.previews);
  });

  it('given the preview, then the message is not edited, its rev is the next, and nothing more is unread', async () => {
    const message = await shown(await say(ines, room, fresh()));
    expect(message).toMatchObject({ editedAt: null, rev: message.seq + 1 });
    const { items, rev } = (await leo.client.get(`/api/channels/${room}/messages`)).body as Messages;
    expect([items.map((one) => one.id), rev]).toEqual([[message.id], message.rev]);
    const mine = (await leo.client.get('/api/channels')).body.items as ChannelSummary[];
    expect(mine.find((one) => one.id === room)).toMatchObject({ unread: 1, mentions: 0 });
  });

  it('given several pages, then the first three in their order; ours, code and quotes are not asked', async () => {
    const [a, b, c, d, other] = [fresh(), fresh(), fresh(), fresh(), fresh()];
    const message = await shown(
      await say(ines, room, `http://cordee.test/c/1 \`${other}\` ${b} ${a} ${c} ${d}\n\n> ${other}`),
    );
    await quiet();
    expect((await now(message)).previews.map((one) => one.url)).toEqual([b, a, c]);
    expect(asked).toHaveLength(3);
  });

  it('given that it is changed, then previews follow its links: what is gone goes at once, what is new comes', async () => {
    const [a, b] = [fresh(), fresh()];
    const message = await shown(await say(ines, room, a));
    const changed = (await ines.client.patch(path(message), { body: b })).body as Message;
    expect(changed.previews).toEqual([]);
    const later = await shown(message);
    expect(later.previews.map((one) => one.url)).toEqual([b]);
    expect(later.editedAt).toBe(changed.editedAt);
    await ines.client.patch(path(message), { body: `${b} and a word` });
    expect((await now(message)).previews).toEqual(later.previews);
    await quiet();
    expect(asked).toHaveLength(2);
  });

  it('given that it is deleted, also while the page is read, then nothing is shown', async () => {
    const message = await shown(await say(ines, room, fresh()));
    await ines.client.delete(path(message));
    expect(await now(message)).toMatchObject({ previews: [], body: '' });
    let goOn = () => {};
    answer = (request, response) => (goOn = () => page(request, response));
    const second = await say(ines, room, fresh());
    await eventually(() => expect(asked).toHaveLength(2));
    await ines.client.delete(path(second));
    goOn();
    await notShown(second);
  });

  it('given a reply, then it shows its page, too; a copy of the channel holds what was written, and no more', async () => {
    const root = await say(ines, room, 'root');
    const reply = await shown(await say(leo, room, fresh(), root.id));
    const file = await fetchFile(
      world.url,
      `/files/channels/${room}/export.json`,
      await filesCookieOf(world.url, ines),
    );
    expect(file.status).toBe(200);
    expect(file.body.toString()).toContain(reply.previews[0]?.url);
    expect(file.body.toString()).not.toMatch(/What it says|previews/);
    expect(reply.threadId).toBe(root.id);
  });
});

describe('one page for many', () => {
  it('given many messages at once on two processes, then it is read once and all show it', async () => {
    const url = fresh();
    let goOn = () => {};
    const isOpen = new Promise<void>((resolve) => (goOn = resolve));
    answer = (request, response) => void isOpen.then(() => page(request, response));
    const rooms = [room, await aPrivateChannel(leo, cohortId, []), await aPrivateChannel(sam, cohortId, [])];
    const people = [ines, leo, sam];
    const sent = await Promise.all(
      Array.from({ length: 12 }, (_, n) => say(people[n % 3]!, rooms[n % 3]!, `${n} ${url}#${n}`)),
    );
    await eventually(() => expect(asked).not.toEqual([]));
    goOn();
    await Promise.all(
      sent.map((message, n) =>
        eventually(async () => expect((await now(message, people[n % 3])).previews).toHaveLength(1)),
      ),
    );
    expect(asked).toHaveLength(1);
  });

  it('given a page that says nothing, then that is remembered for an hour; what it says, for a day', async () => {
    const url = fresh();
    answer = (_request, response) => response.writeHead(503).end();
    await notShown(await say(ines, room, url));
    await notShown(await say(ines, room, url));
    expect(asked).toHaveLength(1);
    answer = page;
    world.clock.advance(HOUR);
    await shown(await say(ines, room, url));
    world.clock.advance(DAY - 1);
    await shown(await say(ines, room, url));
    expect(asked).toHaveLength(2);
    world.clock.advance(1);
    await shown(await say(ines, room, url));
    expect(asked).toHaveLength(3);
  });

  it('given what held until a day ago, then it is forgotten, and messages keep what they show', async () => {
    const message = await shown(await say(ines, room, fresh()));
    world.clock.advance(2 * DAY + 1);
    await world.app.get(LinkPages).sweep();
    expect(await world.db.collection('linkpages').findOne({ url: message.body })).toBeNull();
    expect((await now(message)).previews).toEqual(message.previews);
  });
});

describe('who asked for too many pages in a minute', () => {
  const limit = (is: Config['RATE_LIMITS']) => {
    for (const { app } of world.nodes) app.get<Config>(CONFIG).RATE_LIMITS = is;
  };
  afterEach(() => limit('off'));

  it('then they learn of no address whether somebody linked to it; others are shown it', async () => {
    const url = fresh();
    await shown(await say(ines, room, url));
    limit('on');
    const theirs = await aPrivateChannel(sam, cohortId, []);
    for (let sent = 0; sent < 10; sent += 1) await say(sam, theirs, `${fresh()} ${fresh()} ${fresh()}`);
    await quiet();
    expect(asked).toHaveLength(1 + 30);
    const last = await say(sam, theirs, url);
    await quiet();
    expect((await now(last, sam)).previews).toEqual([]);
    await shown(await say(ines, room, `${url} again`));
    expect(asked).toHaveLength(1 + 30);
  });
});

describe('addresses inside the house', () => {
  it.each([
    'http://169.254.169.254/latest/meta-data/',
    'http://10.0.0.1/',
    'http://0x0a.1/',
    'http://2852039166/',
    'http://0251.0376.0251.0376/',
    'http://localhost/',
  ])('given %s, then no preview and no error', async (url) => {
    await notShown(await say(ines, room, `[here](${url})`));
    const [row] = await world.db
      .collection('linkpages')
      .find({ url: new URL(url).href })
      .toArray();
    expect(row).toMatchObject({ title: null });
  });

  it.each([
    ['inside', 'http://10.0.0.1/'],
    ['to ourselves', 'http://cordee.test/'],
    ['in a circle', '/circle'],
  ])('given a redirect %s, then no preview', async (_, location) => {
    answer = (_request, response) => response.writeHead(302, { location }).end();
    await notShown(await say(ines, room, fresh()));
  });

  it.each([
    ['no page', { 'content-type': 'application/pdf' }, '<title>Hello</title>'],
    ['a packed one', { 'content-type': 'text/html', 'content-encoding': 'gzip' }, '<title>Hello</title>'],
    ['one without a title', { 'content-type': 'text/html' }, '<p>Hello'],
  ])('given %s, then no preview', async (_, headers, body) => {
    answer = (_request, response) => response.writeHead(200, headers).end(body);
    await notShown(await say(ines, room, fresh()));
  });

  it('given words with marks in them, then they are words', async () => {
    answer = (_request, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<title>&lt;script>alert(1)&lt;/script></title>');
    expect((await shown(await say(ines, room, fresh()))).previews[0]?.title).toBe('<script>alert(1)</script>');
  });
});

describe('off', () => {
  it('given a cohort whose staff did not say so, then nothing is asked', async () => {
    const other = await aCohort(world, { name: 'Quiet' });
    const person = await aMember(world, other, 'fellow');
    expect((await person.client.get(`/api/cohorts/${other}`)).body.linkPreviews).toBe('off');
    const channel = await aPrivateChannel(person, other, []);
    const message = await say(person, channel, fresh());
    await quiet();
    expect([(await now(message, person)).previews, asked]).toEqual([[], []]);
  });

  it('given that staff switch it off again, then nothing more is asked', async () => {
    await switchTo(false);
    await notShown(await say(ines, room, fresh()));
    expect(asked).toEqual([]);
  });

  it('given a direct message, then nothing is asked: nobody said so for it', async () => {
    const made = await ines.client.post('/api/direct', { userIds: [leo.id] });
    expect(made.status).toBeLessThan(300);
    await notShown(await say(ines, made.body.id as string, fresh()));
    expect(asked).toEqual([]);
  });

  it('given what came in by a webhook, then nothing is asked', async () => {
    const made = await ines.client.post(`/api/channels/${room}/webhooks`, { direction: 'in', name: 'CI' });
    await clientOf(world.url).post(new URL(made.body.secret as string).pathname, { text: fresh() });
    await quiet();
    expect(asked).toEqual([]);
  });

  it('given others than staff, then they may not switch it on', async () => {
    for (const [person, status] of [
      [ines, 403],
      [outsider, 404],
    ] as const)
      expect((await person.client.patch(`/api/cohorts/${cohortId}`, { linkPreviews: true })).status).toBe(status);
    expect((await clientOf(world.url).patch(`/api/cohorts/${cohortId}`, { linkPreviews: true })).status).toBe(401);
    const odd = await staff.client.patch(`/api/cohorts/${cohortId}`, { linkPreviews: 'on' });
    expect([odd.status, odd.body.errors[0].field]).toEqual([422, '/linkPreviews']);
  });

  it('given that I do not want to see them, then that is mine: others are not touched', async () => {
    expect((await leo.client.get('/api/me')).body.showsLinkPreviews).toBe(true);
    const hidden = await leo.client.patch('/api/me', { showsLinkPreviews: false });
    expect([hidden.status, hidden.body.showsLinkPreviews]).toEqual([200, false]);
    expect((await ines.client.get('/api/me')).body.showsLinkPreviews).toBe(true);
    expect((await leo.client.patch('/api/me', { showsLinkPreviews: true })).body.showsLinkPreviews).toBe(true);
  });
});

describe('taking a preview away', () => {
  it('given its author, then it is gone for all, also when the text changes; the link stays', async () => {
    const url = fresh();
    const message = await shown(await say(ines, room, url));
    const live = await listening(leo);
    const gone = await remove(ines, message);
    expect([gone.status, gone.body]).toEqual([200, { ...message, previews: [], rev: message.rev + 1 }]);
    await heard(live, 'message.updated', ({ id, previews }: Message) => id === message.id && previews.length === 0);
    live.close();
    expect((await remove(ines, message)).body).toEqual(gone.body);
    await ines.client.patch(path(message), { body: `${url} again` });
    await notShown(message);
    expect(asked).toHaveLength(1);
  });

  it('given staff who are in the channel, then they may; the other readers, another cohort and nobody may not', async () => {
    room = await aPrivateChannel(ines, cohortId, [leo, staff]);
    const message = await shown(await say(ines, room, fresh()));
    expect((await remove(leo, message)).status).toBe(403);
    const nothing = await outsider.client.delete(
      '/api/channels/64b000000000000000000000/messages/64b000000000000000000001/previews/64b000000000000000000002',
    );
    for (const person of [sam, outsider]) {
      const refused = await remove(person, message);
      expect([refused.status, refused.text]).toEqual([404, nothing.text]);
    }
    expect((await clientOf(world.url).delete(path(message, `/previews/${message.previews[0]!.id}`))).status).toBe(401);
    expect((await remove(ines, message, '64b000000000000000000000')).status).toBe(404);
    expect((await remove(ines, message, '{"$gt":""}')).status).toBe(404);
    expect((await now(message)).previews).toHaveLength(1);
    expect((await remove(staff, message)).body.previews).toEqual([]);
  });
});

describe('an installation that did not switch it on', () => {
  it('given staff who want it, then 409, and nothing is asked, even where the cohort once had it', async () => {
    const quietWorld = await startWorld();
    try {
      quietWorld.app.get(OutsidePages).allowed.push('127.0.0.1');
      const id = await aCohort(quietWorld);
      const person = await aMember(quietWorld, id, 'staff');
      const refused = await person.client.patch(`/api/cohorts/${id}`, { linkPreviews: true });
      expect([refused.status, refused.body.code]).toEqual([409, 'link_previews_never']);
      expect((await person.client.patch(`/api/cohorts/${id}`, { linkPreviews: false })).status).toBe(200);
      await quietWorld.db.collection('cohorts').updateOne({ _id: idOf(id) }, { $set: { linkPreviews: true } });
      expect((await person.client.get(`/api/cohorts/${id}`)).body.linkPreviews).toBe('never');
      await say(person, await aPrivateChannel(person, id, []), fresh());
      await quietWorld.settled();
      expect(await quietWorld.app.get(JobQueues).queue({ lane: 'readings' }).count()).toBe(0);
      expect(asked).toEqual([]);
    } finally {
      await quietWorld.stop();
    }
  });
});
