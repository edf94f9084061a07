import type { Channel, Message } from '../../../src/contracts/chat/chat.js';
import { startWorld, type TestWorld } from '../../support/app.js';
import { aPrivateChannel, channelOf, say } from '../../support/rooms/chat.js';
import { clientOf } from '../../support/client.js';
import { aCohort, aMember, join, type TestPerson } from '../../support/factories.js';
import { beforeItIsWritten } from '../../support/meanwhile.js';

let world: TestWorld;
let cohortId: string;
let ines: TestPerson;
let leo: TestPerson;
let staff: TestPerson;
let outsider: TestPerson;
let room: string;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
  ines = await aMember(world, cohortId, 'fellow');
  leo = await aMember(world, cohortId, 'fellow');
  outsider = await aMember(world, await aCohort(world, { name: 'Other' }), 'fellow');
});
afterAll(() => world.stop());
beforeEach(async () => {
  room = await aPrivateChannel(ines, cohortId, [leo]);
});

const callOf = async (person: TestPerson, channelId = room) =>
  ((await person.client.get(`/api/channels/${channelId}`)).body as Channel).call;
const start = (person: TestPerson, node = 0) =>
  clientOf(world.nodes[node]!.url, person.token).post(`/api/channels/${room}/calls`);
const notes = async (person = leo) =>
  ((await person.client.get(`/api/channels/${room}/messages`)).body.items as Message[]).filter((one) => one.note);

describe('the call link of a channel', () => {
  it('given the pattern of the cohort, then everybody in it has the same room, which nobody can guess; another has its own', async () => {
    const [mine, theirs] = await Promise.all([callOf(ines), callOf(leo)]);
    expect(mine).toEqual({ link: expect.stringMatching(/^https:\/\/\S+cordee-[0-9a-f]{32}$/), isOwn: false });
    expect(theirs).toEqual(mine);
    expect(await callOf(leo)).toEqual(mine);
    const other = await aPrivateChannel(ines, cohortId, []);
    expect((await callOf(ines, other))!.link).not.toBe(mine!.link);
  });

  it('given a cohort without a pattern, then none, unless the channel has its own', async () => {
    const bare = await aCohort(world, { name: 'Bare' });
    const [boss, sam] = [await aMember(world, bare, 'staff'), await aMember(world, bare, 'fellow')];
    await boss.client.patch(`/api/cohorts/${bare}`, { meeting: { kind: 'none', pattern: null } });
    const channel = await channelOf(sam, 'help');
    expect(await callOf(sam, channel.id)).toBeNull();
    expect((await sam.client.post(`/api/channels/${channel.id}/calls`)).body.code).toBe('no_call_link');
    await boss.client.patch(`/api/channels/${channel.id}`, { callLink: 'https://meet.example/ours' });
    expect(await callOf(sam, channel.id)).toEqual({ link: 'https://meet.example/ours', isOwn: true });
    await boss.client.patch(`/api/channels/${channel.id}`, { callLink: null });
    expect(await callOf(sam, channel.id)).toBeNull();
  });

  it.each(['http://meet.example/x', 'javascript:alert(1)', 'meet.example', 7])(
    'refuses %j as a link',
    async (callLink) => {
      const answer = await ines.client.patch(`/api/channels/${room}`, { callLink });
      expect([answer.status, answer.body.errors[0].field]).toEqual([422, '/callLink']);
    },
  );

  it('is set by who may change the channel, and by nobody else', async () => {
    const change = { callLink: 'https://meet.example/x' };
    expect((await leo.client.patch(`/api/channels/${room}`, change)).status).toBe(403);
    expect((await staff.client.patch(`/api/channels/${room}`, change)).status).toBe(404);
    expect((await ines.client.patch(`/api/channels/${room}`, change)).body.call.isOwn).toBe(true);
  });
});

describe('starting a call', () => {
  it('given ten clicks of two people on two processes, then one line in the channel, and one more after five minutes', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, (_, at) => start(at % 2 ? ines : leo, at % 2)));
    expect(answers.map((one) => one.status)).toEqual(answers.map(() => 200));
    expect(answers.filter((one) => one.body.announced)).toHaveLength(1);
    const { link } = (await callOf(ines))!;
    expect(answers.every((one) => one.body.link === link)).toBe(true);
    expect(await notes()).toEqual([
      expect.objectContaining({ body: `📞 ${link}`, note: { kind: 'call', link }, mentions: [] }),
    ]);
    world.clock.set(new Date(world.clock.now().getTime() + 5 * 60_000));
    expect((await start(ines)).body.announced).toBe(true);
    expect(await notes()).toHaveLength(2);
  });

  it('given the line, then nobody changes its words, and who said it may delete it', async () => {
    await start(ines);
    const [note] = await notes();
    const path = `/api/channels/${room}/messages/${note!.id}`;
    const change = await ines.client.patch(path, { body: 'https://evil.example' });
    expect([change.status, change.body.code]).toEqual([409, 'not_a_text']);
    expect((await ines.client.delete(path)).status).toBe(204);
    expect(await notes()).toEqual([]);
  });

  it('given somebody is taken out as it is said, then who stays is called to a room that they do not know', async () => {
    const before = (await callOf(leo))!.link;
    const happened = beforeItIsWritten(world, () => ines.client.delete(`/api/channels/${room}/members/${leo.id}`));
    const answer = await start(ines);
    expect(happened()).toBe(true);
    const { link } = (await callOf(ines))!;
    expect(link).not.toBe(before);
    expect(answer.body).toEqual({ link, announced: true });
    expect(await notes(ines)).toMatchObject([{ note: { kind: 'call', link } }]);
  });

  it('is for who is in the channel, while it is open', async () => {
    expect((await start(outsider)).status).toBe(404);
    expect((await start(staff)).status).toBe(404);
    expect((await clientOf(world.url).post(`/api/channels/${room}/calls`)).status).toBe(401);
    await say(ines, room, 'bye');
    await ines.client.patch(`/api/channels/${room}`, { archived: true });
    expect((await start(ines)).body.code).toBe('channel_archived');
    expect(await callOf(ines)).toBeNull();
  });
});

describe('a call between people', () => {
  const direct = async (by: TestPerson, others: TestPerson[]) =>
    (await by.client.post('/api/direct', { userIds: others.map(({ id }) => id) })).body.id as string;
  const call = (by: TestPerson, channelId: string, node = 0) =>
    clientOf(world.nodes[node]!.url, by.token).post(`/api/channels/${channelId}/calls`);

  it('given they share a cohort, then both have the same room, and ten clicks say so once', async () => {
    const id = await direct(ines, [leo]);
    const mine = await callOf(ines, id);
    expect(mine).toEqual({ link: expect.stringMatching(/^https:\/\/\S+cordee-[0-9a-f]{32}$/), isOwn: false });
    await say(ines, id, 'A word?');
    expect(await callOf(leo, id)).toEqual(mine);
    const answers = await Promise.all(Array.from({ length: 10 }, (_, at) => call(at % 2 ? ines : leo, id, at % 2)));
    expect(answers.filter(({ body }) => body.announced)).toHaveLength(1);
    const { items } = (await leo.client.get(`/api/channels/${id}/messages`)).body as { items: Message[] };
    expect(items.slice(1)).toMatchObject([{ note: { kind: 'call', link: mine!.link } }]);
    expect((await call(outsider, id)).status).toBe(404);
    expect((await clientOf(world.url).post(`/api/channels/${id}/calls`)).status).toBe(401);
  });

  it('given three of whom no cohort holds all, then none', async () => {
    const other = await aCohort(world, { name: 'Next' });
    const third = await aMember(world, other, 'fellow');
    await join(world, other, leo.id, 'fellow');
    const id = await direct(leo, [ines, third]);
    expect(await callOf(leo, id)).toBeNull();
    expect((await call(leo, id)).body.code).toBe('no_call_link');
    expect(await callOf(leo, await direct(leo, [third]))).not.toBeNull();
  });

  it('given one of them was excluded, or blocked the other, then nobody is called', async () => {
    const [gone, sam] = [await aMember(world, cohortId, 'fellow'), await aMember(world, cohortId, 'fellow')];
    const id = await direct(gone, [sam]);
    await say(gone, id, 'Hello');
    expect(await callOf(gone, id)).not.toBeNull();
    expect((await staff.client.delete(`/api/cohorts/${cohortId}/members/${gone.id}`)).status).toBe(204);
    expect(await callOf(sam, id)).toBeNull();
    expect((await call(gone, id)).body.code).toBe('no_call_link');
    const blocked = await direct(sam, [leo]);
    await say(sam, blocked, 'Hello');
    expect((await sam.client.put(`/api/me/blocked/${leo.id}`)).status).toBeLessThan(300);
    expect((await call(leo, blocked)).status).toBe(403);
    expect((await leo.client.get(`/api/channels/${blocked}/messages`)).body.items).toMatchObject([{ note: null }]);
  });

  it('given the line could not be said, then whoever calls next says it', async () => {
    const sam = await aMember(world, cohortId, 'fellow');
    const id = await direct(sam, [leo]);
    await say(sam, id, 'Hello');
    expect((await sam.client.put(`/api/me/blocked/${leo.id}`)).status).toBeLessThan(300);
    expect((await call(leo, id)).status).toBe(403);
    expect((await sam.client.delete(`/api/me/blocked/${leo.id}`)).status).toBeLessThan(300);
    expect((await call(sam, id, 1)).body.announced).toBe(true);
    expect((await call(leo, id)).body.announced).toBe(false);
    const { items } = (await leo.client.get(`/api/channels/${id}/messages`)).body as { items: Message[] };
    expect(items.filter(({ note }) => note)).toHaveLength(1);
  });
});
