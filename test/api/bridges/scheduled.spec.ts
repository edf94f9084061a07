import { randomUUID } from 'node:crypto';
import { Types } from 'mongoose';
import { ScheduledRepository } from '../../../src/bridges/scheduled-messages/scheduled.repository.js';
import { ScheduledSender } from '../../../src/bridges/scheduled-messages/scheduled-sender.js';
import { ChannelsRepository } from '../../../src/chat/channels/channels.repository.js';
import { DAY, HOUR, MINUTE } from '../../../src/common/times/clock.js';
import type { Message } from '../../../src/contracts/chat/chat.js';
import type { Notification } from '../../../src/contracts/notifications/notifications.js';
import type { Scheduled } from '../../../src/contracts/chat/scheduled.js';
import { FilesSweep } from '../../../src/files/files.sweep.js';
import { NOW, type TestNode, type TestWorld, startWorld } from '../../support/app.js';
import { aPrivateChannel, heard, say } from '../../support/rooms/chat.js';
import { clientOf, connect } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember, aPerson } from '../../support/factories.js';
import { uploaded } from '../../support/rooms/files.js';

let world: TestWorld;
let dying: TestNode;
let living: TestNode;
let cohortId: string;
let ines: TestPerson;
let leo: TestPerson;
let staff: TestPerson;
let stranger: TestPerson;
let room: string;
const undo: (() => void)[] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  [living, dying] = world.nodes as [TestNode, TestNode];
  cohortId = await aCohort(world);
  ines = await aMember(world, cohortId, 'fellow');
  leo = await aMember(world, cohortId, 'fellow');
  staff = await aMember(world, cohortId, 'staff');
  stranger = await aMember(world, await aCohort(world, { name: 'Other' }), 'fellow');
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  room = await aPrivateChannel(leo, cohortId, [ines, staff]);
});
afterEach(() => undo.splice(0).forEach((back) => back()));

const inOf = (ms: number) => new Date(Date.parse(NOW) + ms).toISOString();
const plan = (body: object = {}, person = ines) =>
  person.client.post(`/api/channels/${room}/scheduled`, {
    clientId: randomUUID(),
    body: 'Good morning',
    dueAt: inOf(HOUR),
    ...body,
  });
const planned = async (body: object = {}): Promise<Scheduled> => {
  const answer = await plan(body);
  expect(answer.status).toBe(201);
  return answer.body as Scheduled;
};
const note = (body: object = {}) =>
  ines.client.post('/api/scheduled/notes', { clientId: randomUUID(), body: 'Water', dueAt: inOf(HOUR), ...body });
const turn = (node = living) => node.app.get(ScheduledSender).turn();
const said = async () => (await leo.client.get(`/api/channels/${room}/messages`)).body.items as Message[];
const mine = async (person = ines) => (await person.client.get('/api/scheduled')).body.items as Scheduled[];
const told = async (kind: string, person = ines) =>
  ((await person.client.get('/api/me/inbox')).body.items as Notification[]).filter(
    (one) => one.kind === kind && Date.parse(one.createdAt) >= Date.parse(NOW),
  );
/** The row of a note that waits. */
async function aWaitingNote(person: TestPerson) {
  const body = { clientId: randomUUID(), body: 'Water', dueAt: inOf(HOUR) };
  expect((await person.client.post('/api/scheduled/notes', body)).status).toBe(201);
  return (await world.db
    .collection('scheduled')
    .findOne({ userId: new Types.ObjectId(person.id), clientId: body.clientId }))!;
}
const stateOf = async (id: string) =>
  (await world.db.collection('scheduled').findOne({ _id: new Types.ObjectId(id) }))?.state as string | undefined;

function replace<T extends object, K extends keyof T>(service: T, name: K, by: T[K]): void {
  service[name] = by;
  undo.push(() => Reflect.deleteProperty(service, name));
}
/** What a killed process does from here on: nothing. */
const killed = () => new Promise<never>((_, reject) => undo.push(() => reject(new Error('the process is gone'))));

/** The dying node sends it and is gone before it can say so. */
async function dieAfterSending(): Promise<void> {
  replace(dying.app.get(ScheduledRepository), 'end', killed);
  dying.app
    .get(ScheduledSender)
    .turn()
    .catch(() => undefined);
  await eventually(async () => expect(await said()).toHaveLength(1));
}

describe('a message to be sent later', () => {
  it('given its time, then it goes out once, whoever looks, and is not on the list any more', async () => {
    const one = await planned({ body: `<@${leo.id}> hello` });
    expect(await mine()).toEqual([one]);
    world.clock.advance(HOUR - 1);
    await turn();
    expect(await said()).toEqual([]);
    world.clock.advance(1);
    await Promise.all([turn(living), turn(dying), turn(living), turn(dying)]);
    expect(await said()).toMatchObject([{ senderId: ines.id, body: `<@${leo.id}> hello`, mentions: [leo.id] }]);
    expect(await mine()).toEqual([]);
    await turn();
    expect(await said()).toHaveLength(1);
  });

  it('given the same clientId again, then it is one; after it was sent 409', async () => {
    const clientId = randomUUID();
    const answers = await Promise.all([plan({ clientId }), plan({ clientId }), plan({ clientId })]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(await mine()).toHaveLength(1);
    world.clock.advance(2 * HOUR);
    await turn();
    expect(await plan({ clientId, dueAt: inOf(3 * HOUR) })).toMatchObject({
      status: 409,
      body: { code: 'already_sent' },
    });
    expect(await said()).toHaveLength(1);
  });

  it('given 98 that wait and six more at once on two processes, then two are planned, and each that comes again is known', async () => {
    const planner = await aMember(world, cohortId, 'fellow');
    const sample = await aWaitingNote(planner);
    const rows = Array.from({ length: 97 }, () => ({ ...sample, _id: new Types.ObjectId(), clientId: randomUUID() }));
    await world.db.collection('scheduled').insertMany(rows);
    const bodies = Array.from({ length: 6 }, () => ({ clientId: randomUUID(), body: 'Water', dueAt: inOf(HOUR) }));
    const ask = (body: object, index: number) =>
      planner.client.on(world.nodes[index % 2]!.url).post('/api/scheduled/notes', body);
    const answers = await Promise.all(bodies.map(ask));
    const refused = [409, 'too_many_scheduled'];
    expect(answers.map(({ status, body }) => [status, body.code]).sort()).toEqual([
      ...[201, 201].map((status) => [status, undefined]),
      ...Array.from({ length: 4 }, () => refused),
    ]);
    expect(await mine(planner)).toHaveLength(100);
    for (const [index, { status }] of answers.entries()) expect((await ask(bodies[index]!, index)).status).toBe(status);
    await world.db.collection('scheduled').deleteMany({ userId: new Types.ObjectId(planner.id), state: 'waiting' });
  });

  it('given a thread, then it is a reply there', async () => {
    const root = await say(leo, room, 'root');
    await planned({ threadId: root.id });
    world.clock.advance(HOUR);
    await turn();
    expect((await said()).find(({ id }) => id === root.id)?.replies).toBe(1);
  });

  it('given files, then they are kept from the sweep until it goes out', async () => {
    const file = await uploaded(world.url, ines);
    const [one] = [await planned({ body: '', attachments: [{ fileId: file.id }], dueAt: inOf(3 * DAY) })];
    expect(one.attachments).toMatchObject([{ id: file.id, name: file.name }]);
    world.clock.advance(3 * DAY);
    await living.app.get(FilesSweep).sweep();
    await turn();
    expect(await said()).toMatchObject([{ body: '', attachments: [{ id: file.id }] }]);
  });

  it('given a process that dies between sending and saying so, then the next one makes no second message', async () => {
    const { id } = await planned();
    world.clock.advance(HOUR);
    await dieAfterSending();
    await turn();
    expect(await stateOf(id)).toBe('sending');
    world.clock.advance(MINUTE + 1);
    await Promise.all([turn(), turn()]);
    expect(await stateOf(id)).toBe('sent');
    expect(await said()).toHaveLength(1);
  });

  it('given that, and who wrote it was taken out meanwhile, then it counts as sent: nobody is told of a failure', async () => {
    const { id } = await planned();
    world.clock.advance(HOUR);
    await dieAfterSending();
    await leo.client.delete(`/api/channels/${room}/members/${ines.id}`);
    world.clock.advance(MINUTE + 1);
    await turn();
    expect(await stateOf(id)).toBe('sent');
    expect(await told('message.unsent')).toEqual([]);
  });

  it('given who was taken out before, then it is not sent, and they are told once and find it on their list', async () => {
    const one = await planned();
    await leo.client.delete(`/api/channels/${room}/members/${ines.id}`);
    world.clock.advance(HOUR);
    await Promise.all([turn(living), turn(dying)]);
    expect(await said()).toEqual([]);
    expect(await mine()).toEqual([{ ...one, state: 'failed', because: 'not_found' }]);
    const notices = await told('message.unsent');
    expect(notices).toMatchObject([{ body: 'Good morning', link: '/catch-up?tab=later', why: 'self' }]);
    expect((await ines.client.post(`/api/scheduled/${one.id}/send`)).status).toBe(404);
    expect(await mine()).toMatchObject([{ state: 'failed', because: 'not_found' }]);
    await ines.client.delete(`/api/scheduled/${one.id}`);
  });

  it('given a channel that is closed meanwhile, then it fails; open again, with a new time it goes', async () => {
    const { id } = await planned();
    const close = (archivedAt: Date | null) =>
      world.app.get(ChannelsRepository).update(new Types.ObjectId(room), { archivedAt });
    await close(world.clock.now());
    expect(await plan()).toMatchObject({ status: 409, body: { code: 'channel_archived' } });
    world.clock.advance(HOUR);
    await turn();
    expect(await mine()).toMatchObject([{ id, because: 'channel_archived' }]);
    await close(null);
    expect((await ines.client.patch(`/api/scheduled/${id}`, { dueAt: inOf(2 * HOUR) })).body.state).toBe('waiting');
    world.clock.advance(HOUR);
    await turn();
    expect(await said()).toHaveLength(1);
  });
});

describe('changing one’s mind', () => {
  it('given new words and a new time, then those count', async () => {
    const { id } = await planned();
    const live = await connect(world.nodes[1]!.url, ines.token);
    const change = { body: 'Good evening', dueAt: inOf(2 * HOUR) };
    expect((await ines.client.patch(`/api/scheduled/${id}`, change)).body).toMatchObject(change);
    await heard(live, 'scheduled.changed');
    live.close();
    world.clock.advance(HOUR);
    await turn();
    expect(await said()).toEqual([]);
    world.clock.advance(HOUR);
    await turn();
    expect(await said()).toMatchObject([{ body: 'Good evening' }]);
  });

  it('given it is on its way, then changing and cancelling are too late', async () => {
    const { id } = await planned();
    world.clock.advance(HOUR);
    const now = world.clock.now();
    await world.app
      .get(ScheduledRepository)
      .claim(new Types.ObjectId(id), 'somebody', now, new Date(now.getTime() + MINUTE));
    const late = { status: 409, body: { code: 'already_sent' } };
    expect(await ines.client.patch(`/api/scheduled/${id}`, { body: 'x' })).toMatchObject(late);
    expect(await ines.client.delete(`/api/scheduled/${id}`)).toMatchObject(late);
    expect(await ines.client.post(`/api/scheduled/${id}/send`)).toMatchObject(late);
    world.clock.advance(MINUTE);
    await turn();
    expect(await said()).toMatchObject([{ body: 'Good morning' }]);
    expect(await ines.client.delete(`/api/scheduled/${id}`)).toMatchObject(late);
  });

  it('given it is cancelled twice at once, then once, and it never goes; its files are thrown away', async () => {
    const file = await uploaded(world.url, ines);
    const { id } = await planned({ attachments: [{ fileId: file.id }] });
    const answers = await Promise.all(
      world.nodes.map((node) => clientOf(node.url, ines.token).delete(`/api/scheduled/${id}`)),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses[0]).toBe(204);
    expect([404, 409]).toContain(statuses[1]);
    world.clock.advance(HOUR);
    await turn();
    expect(await said()).toEqual([]);
    const row = await world.db.collection('files').findOne({ _id: new Types.ObjectId(file.id) });
    expect(row?.state ?? 'gone').toBe('gone');
  });

  it('given it is sent now while its time comes, then there is one', async () => {
    const { id } = await planned();
    world.clock.advance(HOUR);
    const [answer] = await Promise.all([ines.client.post(`/api/scheduled/${id}/send`), turn(living), turn(dying)]);
    expect([204, 409]).toContain(answer.status);
    await eventually(async () => expect(await said()).toHaveLength(1));
    expect(await stateOf(id)).toBe('sent');
  });

  it.each([
    [{ dueAt: inOf(0) }, '/dueAt'],
    [{ dueAt: inOf(400 * DAY) }, '/dueAt'],
    [{ dueAt: 'tomorrow' }, '/dueAt'],
    [{ body: '' }, '/body'],
    [{ body: { $gt: '' } }, '/body'],
    [{ senderId: 'x' }, '/senderId'],
    [{ threadId: '6530f0a0a0a0a0a0a0a0a0a0' }, '/threadId'],
    [{ attachments: [{ fileId: '6530f0a0a0a0a0a0a0a0a0a0' }] }, '/attachments/0/fileId'],
  ])('given %j, then 422 names %s and nothing is planned', async (body, field) => {
    const before = await mine();
    const answer = await plan(body);
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ field }] } });
    expect(await mine()).toEqual(before);
  });

  it('given somebody else, of the channel, the cohort, another one, or nobody, then it is not there', async () => {
    const { id } = await planned();
    const path = `/api/scheduled/${id}`;
    for (const { client } of [leo, staff, stranger, await aPerson(world, { isAdmin: true })]) {
      expect((await client.patch(path, { body: 'x' })).status).toBe(404);
      expect((await client.delete(path)).status).toBe(404);
      expect((await client.post(`${path}/send`)).status).toBe(404);
      expect((await client.get('/api/scheduled')).body.items).toEqual([]);
    }
    expect((await plan({}, stranger)).status).toBe(404);
    expect((await clientOf(world.url).get('/api/scheduled')).status).toBe(401);
    await ines.client.delete(path);
  });
});

describe('a note to oneself', () => {
  it('given its time, then its person is told once, with the way back', async () => {
    await note({ channelId: room });
    expect(await mine()).toMatchObject([{ kind: 'note', body: 'Water', channelId: room }]);
    world.clock.advance(HOUR);
    await Promise.all([turn(living), turn(dying), turn(living)]);
    expect(await told('note.self')).toMatchObject([
      { title: 'Your reminder: Water', link: `/c/${cohortId}/chat/${room}`, why: 'self' },
    ]);
    expect(await told('note.self', leo)).toEqual([]);
    expect(await said()).toEqual([]);
    expect(await mine()).toEqual([]);
  });

  it('given it is cancelled, then nobody is told', async () => {
    const before = await told('note.self');
    const { id } = (await note()).body;
    expect((await ines.client.delete(`/api/scheduled/${id}`)).status).toBe(204);
    world.clock.advance(HOUR);
    await turn();
    expect(await told('note.self')).toEqual(before);
  });

  it('given a channel that is not mine, or no words, then it is refused', async () => {
    const foreign = await aPrivateChannel(leo, cohortId, []);
    expect((await note({ channelId: foreign })).status).toBe(404);
    expect((await note({ body: '' })).status).toBe(422);
    expect((await note({ dueAt: inOf(-1) })).status).toBe(422);
  });
});

describe('a reminder of a message', () => {
  const about = (messageId: string, body: object = {}, person = ines) =>
    person.client.post('/api/scheduled/notes', { clientId: randomUUID(), messageId, dueAt: inOf(HOUR), ...body });
  const reminded = (message: Message) =>
    eventually(async () => {
      const found = (await told('chat.reminder')).filter(({ link }) => link.endsWith(message.id));
      expect(found).toHaveLength(1);
      return found[0]!;
    });

  it('given its time, then its person is told once who wrote it, what it says now, and the way to it', async () => {
    const message = await say(leo, room, 'Cuold you look at the map?');
    const planned = await about(message.id);
    expect([planned.status, planned.body]).toMatchObject([201, { messageId: message.id, channelId: room }]);
    await leo.client.patch(`/api/channels/${room}/messages/${message.id}`, { body: 'Could you look at the map?' });
    expect(await mine()).toMatchObject([{ kind: 'note', messageId: message.id, body: 'Could you look at the map?' }]);
    expect(await mine(leo)).toEqual([]);
    world.clock.advance(HOUR);
    await Promise.all([turn(living), turn(dying), turn(living)]);
    expect(await reminded(message)).toMatchObject({
      title: expect.stringContaining(`Your reminder: ${leo.name} wrote in #private`),
      body: 'Could you look at the map?',
      link: `/c/${cohortId}/chat/${room}?message=${message.id}`,
    });
    expect(await told('chat.reminder', leo)).toEqual([]);
    expect(await mine()).toEqual([]);
  });

  it('given a process that dies after it told and before it said so, then the next one tells nothing twice', async () => {
    const message = await say(leo, room, 'Before lunch');
    const { id } = (await about(message.id)).body;
    world.clock.advance(HOUR);
    replace(dying.app.get(ScheduledRepository), 'end', killed);
    dying.app
      .get(ScheduledSender)
      .turn()
      .catch(() => undefined);
    await reminded(message);
    expect(await stateOf(id)).toBe('sending');
    world.clock.advance(2 * MINUTE);
    await turn(living);
    expect(await stateOf(id)).toBe('sent');
    await reminded(message);
  });

  it('given it is edited and then deleted after that, then what was told says so', async () => {
    const message = await say(leo, room, 'At ten');
    await about(message.id);
    world.clock.advance(HOUR);
    await turn();
    expect(await reminded(message)).toMatchObject({ body: 'At ten' });
    await leo.client.patch(`/api/channels/${room}/messages/${message.id}`, { body: 'At eleven' });
    await eventually(async () => expect(await reminded(message)).toMatchObject({ body: 'At eleven' }));
    await leo.client.delete(`/api/channels/${room}/messages/${message.id}`);
    await eventually(async () => expect(await reminded(message)).toMatchObject({ body: '' }));
  });

  it('given it was deleted before its time, then the list says that it is gone, and nobody is told', async () => {
    const message = await say(leo, room, 'A slip');
    await about(message.id);
    await leo.client.delete(`/api/channels/${room}/messages/${message.id}`);
    expect(await mine()).toMatchObject([{ messageId: message.id, body: '', attachments: [] }]);
    world.clock.advance(HOUR);
    await turn();
    expect(await mine()).toEqual([]);
    expect((await told('chat.reminder')).filter(({ link }) => link.endsWith(message.id))).toEqual([]);
  });

  it('given I am out of its channel by then, then I read nothing of it', async () => {
    const message = await say(leo, room, 'For us alone');
    await about(message.id);
    expect((await leo.client.delete(`/api/channels/${room}/members/${ines.id}`)).status).toBe(204);
    expect(await mine()).toMatchObject([{ body: '' }]);
    world.clock.advance(HOUR);
    await turn();
    expect((await told('chat.reminder')).filter(({ link }) => link.endsWith(message.id))).toEqual([]);
  });

  it('given a conversation of two, then its words stay in it', async () => {
    const { id } = (await leo.client.post('/api/direct', { userIds: [ines.id] })).body;
    const message = await say(leo, id, 'Between us');
    await about(message.id);
    world.clock.advance(HOUR);
    await turn();
    expect(await reminded(message)).toMatchObject({ title: `Your reminder: ${leo.name} wrote`, body: '' });
  });

  it('given another time, then it comes then; its words are not mine to change', async () => {
    const message = await say(leo, room, 'Later');
    const { id } = (await about(message.id)).body;
    expect(await ines.client.patch(`/api/scheduled/${id}`, { body: 'Mine' })).toMatchObject({
      status: 422,
      body: { errors: [{ field: '/body' }] },
    });
    expect((await ines.client.patch(`/api/scheduled/${id}`, { dueAt: inOf(2 * HOUR) })).status).toBe(200);
    world.clock.advance(HOUR);
    await turn();
    expect(await mine()).toMatchObject([{ id, body: 'Later' }]);
    world.clock.advance(HOUR);
    await turn();
    await reminded(message);
  });

  it('given a message that I may not read, that is gone, or a note that says too much or nothing, then it is refused', async () => {
    const message = await say(leo, room, 'For us alone');
    expect((await about(message.id, {}, stranger)).status).toBe(404);
    expect((await about(randomUUID())).status).toBe(404);
    expect((await about(String(new Types.ObjectId()))).status).toBe(404);
    expect((await about(message.id, { body: 'And this' })).status).toBe(422);
    expect((await about(message.id, { channelId: room })).status).toBe(422);
    expect((await about(message.id, { messageId: undefined })).status).toBe(422);
    await leo.client.delete(`/api/channels/${room}/messages/${message.id}`);
    expect((await about(message.id)).status).toBe(404);
  });
});
