import { Types } from 'mongoose';
import type { ChannelSummary, FollowedThread, Message, ThreadState } from '../../../src/contracts/chat/chat.js';
import { startWorld, type TestWorld } from '../../support/app.js';
import { aPrivateChannel, heard, say } from '../../support/rooms/chat.js';
import { clientOf, connect } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';
import { fetchFile, filesCookieOf } from '../../support/rooms/files.js';

let world: TestWorld;
let cohortId: string;
let ines: TestPerson;
let leo: TestPerson;
let sam: TestPerson;
let outsider: TestPerson;
let room: string;
let root: Message;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo' });
  sam = await aMember(world, cohortId, 'fellow', { name: 'Sam' });
  outsider = await aMember(world, await aCohort(world, { name: 'Other' }), 'fellow');
});
afterAll(() => world.stop());
beforeEach(async () => {
  room = await aPrivateChannel(ines, cohortId, [leo, sam]);
  root = await say(ines, room, 'Who has a template for the committee?');
});

const path = (message = root) => `/api/channels/${room}/messages/${message.id}`;
const thread = async (person: TestPerson) => (await person.client.get(`${path()}/thread`)).body as ThreadState;
const waiting = async (person: TestPerson) => {
  const { items } = (await person.client.get('/api/threads/waiting')).body as {
    items: { channelId: string; count: number }[];
  };
  return items.find((one) => one.channelId === room)?.count ?? 0;
};
const mine = async (person: TestPerson, query = '') => {
  const { items } = (await person.client.get(`/api/threads${query}`)).body as { items: FollowedThread[] };
  return items.filter((one) => one.root.channelId === room);
};
const channelOf = async (person: TestPerson) => {
  const list = (await person.client.get('/api/channels')).body.items as ChannelSummary[];
  return list.find((one) => one.id === room)!;
};

describe('following threads', () => {
  it('given a reply, then who began and who replied follow, and only the former has something to read', async () => {
    const reply = await say(leo, room, 'I do', root.id);
    expect(await thread(ines)).toEqual({ following: true, readSeq: root.seq, unread: 1 });
    expect(await thread(leo)).toEqual({ following: true, readSeq: reply.seq, unread: 0 });
    expect(await thread(sam)).toEqual({ following: false, readSeq: null, unread: 0 });
    expect([await waiting(ines), await waiting(leo), await waiting(sam)]).toEqual([1, 0, 0]);
    expect(await mine(ines, '?waiting=true')).toEqual([
      expect.objectContaining({ unread: 1, root: expect.objectContaining({ id: root.id, replies: 1 }), last: reply }),
    ]);
    expect(await mine(leo, '?waiting=true')).toEqual([]);
  });

  it('given somebody named, then they follow from there; who reads it has nothing waiting, on all devices', async () => {
    await say(leo, room, 'first', root.id);
    const live = await connect(world.nodes[1]!.url, sam.token);
    const named = await say(ines, room, `<@${sam.id}> you know`, root.id);
    await heard(live, 'thread.changed', (one) => one.threadId === root.id);
    expect(await thread(sam)).toMatchObject({ following: true, unread: 1 });
    live.events.splice(0);
    const read = await sam.client.put(`${path()}/thread`, { readSeq: named.seq });
    expect(read.body).toEqual({ following: true, readSeq: named.seq, unread: 0 });
    await heard(live, 'thread.changed', (one) => one.threadId === root.id);
    expect(await waiting(sam)).toBe(0);
    expect((await sam.client.put(`${path()}/thread`, { readSeq: 0 })).body.readSeq).toBe(named.seq);
    live.close();
  });

  it('given who does not want to follow, then replies and names do not bring them back', async () => {
    await say(leo, room, 'one', root.id);
    expect((await ines.client.put(`${path()}/thread`, { following: false })).body.following).toBe(false);
    await say(leo, room, `<@${ines.id}> two`, root.id);
    expect([await waiting(ines), (await mine(ines)).length]).toEqual([0, 0]);
    expect((await ines.client.put(`${path()}/thread`, { following: true })).body).toMatchObject({ unread: 2 });
  });

  it('given who follows by choice, then they begin with what comes from now on', async () => {
    const first = await say(leo, room, 'one', root.id);
    expect((await sam.client.put(`${path()}/thread`, { following: true })).body).toEqual({
      following: true,
      readSeq: first.seq,
      unread: 0,
    });
    await say(leo, room, 'two', root.id);
    expect(await thread(sam)).toMatchObject({ unread: 1 });
  });

  it('given deleted replies, then nothing waits for them', async () => {
    const [one, two] = [await say(leo, room, 'one', root.id), await say(leo, room, 'two', root.id)];
    await leo.client.delete(path(two));
    expect([await waiting(ines), (await thread(ines)).unread]).toEqual([1, 1]);
    await leo.client.delete(path(one));
    expect([await waiting(ines), (await thread(ines)).unread]).toEqual([0, 0]);
    await say(leo, room, 'three', root.id);
    expect([await waiting(ines), (await thread(ines)).unread]).toEqual([1, 1]);
  });

  it('given 30 replies at once over two processes, then all count, once', async () => {
    const send = (index: number) =>
      clientOf(world.nodes[index % 2]!.url, leo.token).post(`/api/channels/${room}/messages`, {
        clientId: `at-once-${index}-x`,
        body: `reply ${index}`,
        threadId: root.id,
      });
    const answers = await Promise.all(Array.from({ length: 30 }, (_, index) => send(index)));
    expect(answers.map((one) => one.status)).toEqual(answers.map(() => 201));
    expect(await thread(ines)).toMatchObject({ unread: 30 });
    expect(await thread(leo)).toMatchObject({ unread: 0 });
  });

  it('given who follows in the moment of a reply, then what they have not read waits for them, whichever came first', async () => {
    const roots = await Promise.all(Array.from({ length: 20 }, (_, index) => say(ines, room, `root ${index}`)));
    const samAt = (index: number) => clientOf(world.nodes[index % 2]!.url, sam.token);
    await Promise.all(
      roots.flatMap((one, index) => [
        say(leo, room, 'now', one.id),
        samAt(index).put(`${path(one)}/thread`, { following: true }),
      ]),
    );
    const states = await Promise.all(
      roots.map(async (one) => (await sam.client.get(`${path(one)}/thread`)).body as ThreadState),
    );
    expect(states.every((state) => state.following)).toBe(true);
    expect(await waiting(sam)).toBe(states.filter((state) => state.unread > 0).length);
  });

  it('given a thread that is resolved, then all see it, and a reply opens it again', async () => {
    const early = await ines.client.put(`${path()}/resolved`, { resolved: true });
    expect([early.status, early.body.code]).toEqual([409, 'not_a_thread']);
    const live = await connect(world.nodes[1]!.url, leo.token);
    await say(leo, room, 'one', root.id);
    const resolved = await ines.client.put(`${path()}/resolved`, { resolved: true });
    expect(resolved.body.resolvedAt).not.toBeNull();
    expect(await heard(live, 'message.updated', (one) => one.resolvedAt !== null)).toEqual(resolved.body);
    await say(leo, room, 'wait', root.id);
    expect((await ines.client.get(path())).body.resolvedAt).toBeNull();
    live.close();
  });

  it('given a page of threads, then the cursor leads through all of them once, the latest first', async () => {
    for (const word of ['a', 'b', 'c']) {
      const other = await say(ines, room, word);
      await say(leo, room, `to ${word}`, other.id);
    }
    const first = await ines.client.get('/api/threads?limit=2');
    const second = await ines.client.get(`/api/threads?limit=2&cursor=${first.body.nextCursor as string}`);
    const bodies = [...first.body.items, ...second.body.items].map((one: FollowedThread) => one.root.body);
    expect(bodies.slice(0, 3)).toEqual(['c', 'b', 'a']);
    expect((await ines.client.get('/api/threads?cursor=nonsense')).status).toBe(422);
  });
});

describe('pins', () => {
  it('given a pinned message, then all see it, the latest pinned first; a deleted one is not among them', async () => {
    const second = await say(leo, room, 'The calendar');
    expect((await leo.client.put(`${path()}/pinned`, { pinned: true })).body.pinnedAt).not.toBeNull();
    await sam.client.put(`${path(second)}/pinned`, { pinned: true });
    const pins = async () => (await ines.client.get(`/api/channels/${room}/pins`)).body.items as Message[];
    expect((await pins()).map((one) => one.body)).toEqual(['The calendar', root.body]);
    await leo.client.delete(path(second));
    expect((await pins()).map((one) => one.body)).toEqual([root.body]);
    await ines.client.put(`${path()}/pinned`, { pinned: false });
    expect(await pins()).toEqual([]);
  });
});

describe('saved messages', () => {
  it('given two places of a thousand and five that are saved at once on two nodes, then two get them, and what is saved stays so', async () => {
    const keeper = new Types.ObjectId(sam.id);
    const rows = Array.from({ length: 998 }, (_, index) => ({
      ...{ userId: keeper, messageId: new Types.ObjectId(), channelId: new Types.ObjectId(room) },
      ...{ savedAt: world.clock.now(), place: index + 1 },
    }));
    await world.db.collection('saved-messages').insertMany(rows);
    const messages = await Promise.all([1, 2, 3, 4, 5].map((number) => say(leo, room, `Number ${number}`)));
    const save = ({ id }: Message, at: number) =>
      clientOf(world.nodes[at % 2]!.url, sam.token).put(`/api/channels/${room}/messages/${id}/saved`, { saved: true });
    const statuses = (await Promise.all(messages.map(save))).map(({ status }) => status);
    expect(statuses.filter((status) => status === 409)).toHaveLength(3);
    expect(await world.db.collection('saved-messages').countDocuments({ userId: keeper })).toBe(1000);
    const kept = messages[statuses.findIndex((status) => status < 300)]!;
    expect((await save(kept, 1)).status).toBeLessThan(300);
    await world.db.collection('saved-messages').deleteMany({ userId: keeper });
  });

  it('given a saved message, then only I see it, until I may not read its channel any more', async () => {
    await leo.client.put(`${path()}/saved`, { saved: true });
    await leo.client.put(`${path()}/saved`, { saved: true });
    const saved = async (person: TestPerson) => (await person.client.get('/api/saved')).body.items as unknown[];
    expect(await saved(leo)).toEqual([{ savedAt: expect.any(String), message: root }]);
    expect((await leo.client.get('/api/saved/ids')).body.ids).toContain(root.id);
    expect(await saved(ines)).toEqual([]);
    await ines.client.delete(`/api/channels/${room}/members/${leo.id}`);
    expect(await saved(leo)).toEqual([]);
  });

  it('given a message that is let go, then it is not among them', async () => {
    await sam.client.put(`${path()}/saved`, { saved: true });
    await sam.client.put(`${path()}/saved`, { saved: false });
    expect((await sam.client.get('/api/saved/ids')).body.ids).not.toContain(root.id);
  });
});

describe('a muted channel', () => {
  it('given @channel, then it stays quiet; given my name, then I hear of it', async () => {
    expect((await leo.client.put(`/api/channels/${room}/muted`, { muted: true })).status).toBe(204);
    expect((await channelOf(leo)).muted).toBe(true);
    expect((await channelOf(sam)).muted).toBe(false);
    await say(ines, room, '@channel lunch?');
    const named = await say(ines, room, `<@${leo.id}> you too?`);
    const notices = async (person: TestPerson) =>
      ((await person.client.get('/api/me/inbox')).body.items as { link: string }[])
        .filter((one) => one.link.includes(`${room}?message=`))
        .map((one) => one.link.split('message=')[1]);
    await eventually(async () => expect(await notices(leo)).toEqual([named.id]));
    expect(await notices(sam)).toHaveLength(1);
    expect((await channelOf(leo)).unread).toBe(3);
  });
});

describe('a favourite', () => {
  it('given I star a channel, then it is one on all my devices, and nobody else’s; twice is once, and it can be taken back', async () => {
    const device = await connect(world.nodes[1]!.url, leo.token);
    const star = (starred: boolean) => leo.client.put(`/api/channels/${room}/starred`, { starred });
    expect((await channelOf(leo)).starred).toBe(false);
    expect((await Promise.all([star(true), star(true)])).map(({ status }) => status)).toEqual([204, 204]);
    await heard(device, 'channel.changed', ({ channelId }) => channelId === room);
    expect([(await channelOf(leo)).starred, (await channelOf(sam)).starred]).toEqual([true, false]);
    await leo.client.put(`/api/channels/${room}/muted`, { muted: true });
    expect(await channelOf(leo)).toMatchObject({ starred: true, muted: true });
    expect((await star(false)).status).toBe(204);
    expect((await channelOf(leo)).starred).toBe(false);
    expect((await leo.client.put(`/api/channels/${room}/starred`, { starred: 'yes' })).status).toBe(422);
    device.close();
  });
});

describe('a channel as a file', () => {
  const fetched = async (person: TestPerson, file: string, channelId = room) =>
    await fetchFile(world.url, `/files/channels/${channelId}/${file}`, await filesCookieOf(world.url, person));

  it('given its maker, then it is a download with all that was said, as JSON and as a page that can do nothing', async () => {
    const reply = await say(leo, room, `**yes** <@${sam.id}> <script>x</script>`, root.id);
    const gone = await say(leo, room, 'never mind');
    await leo.client.delete(path(gone));
    const json = await fetched(ines, 'export.json');
    expect(json.status).toBe(200);
    expect(json.headers['content-disposition']).toMatch(/^attachment/);
    const { channel, messages, people } = JSON.parse(json.body.toString()) as {
      channel: { id: string };
      messages: Message[];
      people: Record<string, string>;
    };
    expect(channel.id).toBe(room);
    expect(messages.map((one) => one.id)).toEqual([root.id, reply.id, gone.id]);
    expect(people).toMatchObject({ [ines.id]: 'Inès', [leo.id]: 'Léo', [sam.id]: 'Sam' });

    const page = await fetched(ines, 'export.html?lang=fr&zone=Europe/Paris');
    expect(page.headers['content-disposition']).toMatch(/^attachment/);
    expect(page.headers['content-security-policy']).toContain('sandbox');
    const html = page.body.toString();
    expect(html).toContain('<strong>yes</strong> @Sam');
    expect(html).toContain('Ce message a été supprimé.');
    expect(html).not.toContain('<script');
    expect((await fetched(ines, 'export.html?zone=Mars')).status).toBe(422);
  });

  it('given who may not change the channel, then 403; given who is not in it, then 404 as for nothing; no login, 401', async () => {
    expect((await fetched(leo, 'export.json')).status).toBe(403);
    const foreign = await fetched(outsider, 'export.json');
    const random = await fetched(outsider, 'export.json', '6530f0a0a0a0a0a0a0a0a0a0');
    expect([foreign.status, foreign.body.toString()]).toEqual([404, random.body.toString()]);
    expect((await fetch(`${world.url}/files/channels/${room}/export.json`)).status).toBe(401);
  });
});

describe('who may', () => {
  const acts: [string, (person: TestPerson) => Promise<{ status: number; text: string }>, unknown][] = [
    ['see a thread', (person) => person.client.get(`${path()}/thread`), null],
    ['follow a thread', (person) => person.client.put(`${path()}/thread`, { following: true }), null],
    ['resolve a thread', (person) => person.client.put(`${path()}/resolved`, { resolved: true }), null],
    ['see pins', (person) => person.client.get(`/api/channels/${room}/pins`), null],
    ['pin', (person) => person.client.put(`${path()}/pinned`, { pinned: true }), null],
    ['save', (person) => person.client.put(`${path()}/saved`, { saved: true }), null],
    ['watch', (person) => person.client.put(`/api/channels/${room}/watched`, { watched: true }), null],
    ['star', (person) => person.client.put(`/api/channels/${room}/starred`, { starred: true }), null],
    ['mute', (person) => person.client.put(`/api/channels/${room}/muted`, { muted: true }), null],
  ];

  it.each(acts)('given somebody outside, then to %s is 404, byte for byte as for nothing', async (_name, act) => {
    const foreign = await act(outsider);
    const removed = await aPrivateChannel(sam, cohortId, []);
    const real = room;
    room = '6530f0a0a0a0a0a0a0a0a0a0';
    const random = await act(outsider);
    room = removed;
    const inCohort = await act(leo);
    room = real;
    expect([foreign.status, random.status, inCohort.status]).toEqual([404, 404, 404]);
    expect(foreign.text).toBe(random.text);
  });

  it('given a person who was removed, then their threads of that channel are gone', async () => {
    await say(leo, room, 'mine', root.id);
    await say(ines, room, 'and', root.id);
    expect(await waiting(leo)).toBe(1);
    await ines.client.delete(`/api/channels/${room}/members/${leo.id}`);
    expect([await waiting(leo), (await mine(leo)).length]).toEqual([0, 0]);
  });

  it('given a message of another channel, then it is not found through mine', async () => {
    const other = await aPrivateChannel(sam, cohortId, []);
    const hidden = await say(sam, other, 'hidden');
    for (const act of ['thread', 'resolved', 'pinned', 'saved']) {
      const body = { thread: { following: true }, resolved: { resolved: true } }[act] ?? { [act]: true };
      expect([act, (await leo.client.put(`${path(hidden)}/${act}`, body)).status]).toEqual([act, 404]);
    }
  });
});
