import type { ChannelSummary } from '../../../src/contracts/chat/chat.js';
import { startWorld, type TestWorld } from '../../support/app.js';
import { clientOf, connect } from '../../support/client.js';
import { aPrivateChannel, heard, say } from '../../support/rooms/chat.js';
import { aCohort, aMember, aPerson, type TestPerson } from '../../support/factories.js';

let world: TestWorld;
let cohortId: string;
let ines: TestPerson;
let leo: TestPerson;
let staff: TestPerson;
let outsider: TestPerson;
let room: string;

beforeAll(async () => {
  world = await startWorld();
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier', craft: 'data' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo Fabre', craft: 'data' });
  outsider = await aMember(world, await aCohort(world, { name: 'Other' }), 'fellow');
});
afterAll(() => world.stop());
beforeEach(async () => {
  room = await aPrivateChannel(ines, cohortId, [leo]);
});

const messages = (person: TestPerson, channelId = room, query = '') =>
  person.client.get(`/api/channels/${channelId}/messages${query}`);
const counts = async (person: TestPerson, channelId = room) => {
  const list = (await person.client.get('/api/channels')).body.items as ChannelSummary[];
  const { unread, mentions, readSeq, rev } = list.find((one) => one.id === channelId)!;
  return { unread, mentions, readSeq, rev };
};

describe('my channels', () => {
  it('given a new member, then they are in the channels of the cohort and of their craft, with nothing unread', async () => {
    const { items } = (await ines.client.get('/api/channels')).body as { items: ChannelSummary[] };
    expect(items.map((one) => [one.kind, one.name, one.nameKey]).slice(0, 3)).toEqual([
      ['cohort', 'cohort-7', null],
      ['help', 'general-help', 'general-help'],
      ['craft', 'craft-data', 'craft-data'],
    ]);
    expect(items.every((one) => one.unread === 0)).toBe(true);
  });

  it('lists those of one cohort to its members, and answers 404 to others', async () => {
    expect((await ines.client.get(`/api/cohorts/${cohortId}/channels`)).body.items.length).toBeGreaterThanOrEqual(4);
    expect((await outsider.client.get(`/api/cohorts/${cohortId}/channels`)).status).toBe(404);
  });

  it('tells one channel with its people and what I may do', async () => {
    const channel = (await leo.client.get(`/api/channels/${room}`)).body;
    expect(channel.members.map((one: { name: string }) => one.name)).toEqual(['Inès Carpentier', 'Léo Fabre']);
    expect(channel.abilities).toEqual({
      send: true,
      edit: false,
      archive: false,
      addMembers: true,
      leave: true,
      moderate: false,
      retain: false,
      export: false,
      toForum: 'own',
    });
  });
});

describe('sending', () => {
  it('given a message, then it has the next rev and everybody in the channel hears the whole of it', async () => {
    const live = await connect(world.url, leo.token);
    const first = await say(ines, room, 'Hello **team**');
    expect(first).toMatchObject({ seq: 1, rev: 1, body: 'Hello **team**', senderId: ines.id, threadId: null });
    expect(await heard(live, 'message.created', (one) => one.id === first.id)).toEqual(first);
    expect((await say(leo, room, 'Hello')).rev).toBe(2);
    live.close();
  });

  it('given the same clientId twice, also at once, then there is one message', async () => {
    const send = () => ines.client.post(`/api/channels/${room}/messages`, { clientId: 'same-client-id', body: 'once' });
    const answers = await Promise.all([send(), send(), send()]);
    answers.push(await send());
    expect(answers.map((one) => one.status)).toEqual([201, 201, 201, 201]);
    expect(new Set(answers.map((one) => one.text)).size).toBe(1);
    expect((await messages(leo)).body.items).toHaveLength(1);
    expect(
      (await leo.client.post(`/api/channels/${room}/messages`, { clientId: 'same-client-id', body: 'x' })).body.seq,
    ).toBe(2);
  });

  it.each([
    [{ clientId: 'short', body: 'x' }, '/clientId'],
    [{ clientId: 'long-enough-1', body: '' }, '/body'],
    [{ clientId: 'long-enough-2', body: 'x'.repeat(8001) }, '/body'],
    [{ clientId: 'long-enough-3', body: { $gt: '' } }, '/body'],
    [{ clientId: 'long-enough-4', body: 'x', cohortId: 'y' }, '/cohortId'],
    [{ clientId: 'long-enough-5', body: 'x', threadId: 'nothing' }, '/threadId'],
    [{ clientId: 'long-enough-6', body: 'x', threadId: '6530f0a0a0a0a0a0a0a0a0a0' }, '/threadId'],
  ])('given %j, then 422 names %s and nothing is written', async (body, field) => {
    const answer = await ines.client.post(`/api/channels/${room}/messages`, body);
    expect(answer.status).toBe(422);
    expect(answer.body.errors[0].field).toBe(field);
    expect(await counts(ines)).toMatchObject({ rev: 0 });
  });
});

describe('unread', () => {
  it('counts others’ top-level messages after the pointer; one’s own move it, and never count', async () => {
    await say(ines, room, 'one');
    await say(ines, room, 'two');
    expect(await counts(leo)).toMatchObject({ unread: 2, mentions: 0, readSeq: 0 });
    expect(await counts(ines)).toMatchObject({ unread: 0, readSeq: 2 });
    await say(leo, room, 'mine');
    expect(await counts(leo)).toMatchObject({ unread: 0, readSeq: 3 });
    const back = await leo.client.put(`/api/channels/${room}/read`, { seq: 1 });
    expect(back.body).toEqual({ readSeq: 1, unread: 1, mentions: 0 });
  });
});

describe('changing messages', () => {
  it('given my own, then I edit and delete it: the tombstone holds nothing of it', async () => {
    const live = await connect(world.url, leo.token);
    const message = await say(ines, room, `first <@${leo.id}>`);
    const edited = (await ines.client.patch(`/api/channels/${room}/messages/${message.id}`, { body: 'second' })).body;
    expect(edited).toMatchObject({ body: 'second', mentions: [], seq: 1, rev: 2 });
    expect(edited.editedAt).not.toBeNull();
    expect(await heard(live, 'message.updated')).toEqual(edited);
    expect((await ines.client.delete(`/api/channels/${room}/messages/${message.id}`)).status).toBe(204);
    const tombstone = await heard(live, 'message.deleted');
    expect(tombstone).toMatchObject({ id: message.id, body: '', mentions: [], rev: 3, deletedAt: expect.any(String) });
    expect((await messages(leo)).body.items).toEqual([tombstone]);
    expect(
      (await leo.client.get('/api/channels')).body.items.find((one: ChannelSummary) => one.id === room).last,
    ).toBeNull();
    expect((await ines.client.patch(`/api/channels/${room}/messages/${message.id}`, { body: 'x' })).status).toBe(404);
    live.close();
  });

  it('given another’s, then 403; staff of the cohort delete it where they are in', async () => {
    const message = await say(ines, room, 'mine');
    expect((await leo.client.patch(`/api/channels/${room}/messages/${message.id}`, { body: 'x' })).body.code).toBe(
      'not_yours',
    );
    expect((await leo.client.delete(`/api/channels/${room}/messages/${message.id}`)).status).toBe(403);
    expect((await staff.client.delete(`/api/channels/${room}/messages/${message.id}`)).status).toBe(404);
    await leo.client.put(`/api/channels/${room}/members/${staff.id}`);
    expect((await staff.client.delete(`/api/channels/${room}/messages/${message.id}`)).status).toBe(204);
  });
});

describe('private channels', () => {
  it('lets members in and out; who is out gets nothing more', async () => {
    const live = await connect(world.url, leo.token);
    expect((await leo.client.delete(`/api/channels/${room}/members/${ines.id}`)).status).toBe(403);
    expect((await ines.client.delete(`/api/channels/${room}/members/${leo.id}`)).status).toBe(204);
    await heard(live, 'channel.removed', (one) => one.channelId === room);
    await say(ines, room, 'secret');
    expect((await messages(leo)).status).toBe(404);
    expect(await live.ask('channel:send', { channelId: room, clientId: 'not-any-more', body: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    });
    expect(live.events.filter((one) => one.event.startsWith('message.'))).toEqual([]);
    live.close();
  });
});

describe('direct channels', () => {
  it('are one for the same people, whoever opens it, also at once', async () => {
    const answers = await Promise.all([
      ines.client.post('/api/direct', { userIds: [leo.id] }),
      leo.client.post('/api/direct', { userIds: [ines.id, leo.id] }),
      leo.client.post('/api/direct', { userIds: [ines.id] }),
    ]);
    expect(answers.map((one) => one.status)).toEqual([200, 200, 200]);
    expect(new Set(answers.map((one) => one.body.id)).size).toBe(1);
    expect(answers[0].body.people.map((one: { id: string }) => one.id)).toEqual([leo.id]);
    expect(answers[0].body).toMatchObject({ kind: 'direct', cohortId: null, isPrivate: true });
  });
});

describe('who is not in a channel', () => {
  const routes = (id: string, messageId: string): [string, string, unknown?][] => [
    ['get', `/api/channels/${id}`],
    ['patch', `/api/channels/${id}`, { topic: 'x' }],
    ['get', `/api/channels/${id}/messages`],
    ['get', `/api/channels/${id}/messages?threadId=${messageId}`],
    ['post', `/api/channels/${id}/messages`, { clientId: 'not-a-member', body: 'x' }],
    ['post', `/api/channels/${id}/messages`, { clientId: 'not-a-member', body: 'x', threadId: messageId }],
    ['get', `/api/channels/${id}/messages/${messageId}`],
    ['patch', `/api/channels/${id}/messages/${messageId}`, { body: 'x' }],
    ['delete', `/api/channels/${id}/messages/${messageId}`],
    ['put', `/api/channels/${id}/messages/${messageId}/reactions/${encodeURIComponent('👍')}`],
    ['delete', `/api/channels/${id}/messages/${messageId}/reactions/${encodeURIComponent('👍')}`],
    ['put', `/api/channels/${id}/read`, { seq: 0 }],
    ['put', `/api/channels/${id}/members/${messageId}`],
    ['delete', `/api/channels/${id}/members/${messageId}`],
  ];

  it('gets on every route the same 404 as for a channel that does not exist; without login 401', async () => {
    const message = await say(ines, room, 'secret');
    const admin = await aPerson(world, { isAdmin: true });
    const foreign = routes(room, message.id);
    const random = routes('6530f0a0a0a0a0a0a0a0a0a0', '6530f0a0a0a0a0a0a0a0a0a1');
    for (const [index, [method, path, body]] of foreign.entries()) {
      const call = (person: Pick<TestPerson, 'client'>, to: string) =>
        person.client[method as 'get'](to, ...((body === undefined ? [] : [body]) as []));
      for (const stranger of [staff, outsider, admin]) {
        const answer = await call(stranger, path);
        expect([path, answer.status]).toEqual([path, 404]);
        expect(answer.text).toBe((await call(stranger, random[index]![1])).text);
        expect((await call(stranger, path.replace(room, 'not-an-id'))).text).toBe(answer.text);
      }
      expect((await call({ client: clientOf(world.url) }, path)).status).toBe(401);
    }
    expect(await counts(ines)).toMatchObject({ rev: 1 });
  });

  it('gets an error for each socket event, and hears nothing', async () => {
    const live = await connect(world.url, outsider.token);
    const refused = { ok: false, error: { code: 'not_found' } };
    expect(await live.ask('channel:send', { channelId: room, clientId: 'not-a-member', body: 'x' })).toMatchObject(
      refused,
    );
    expect(await live.ask('channel:read', { channelId: room, seq: 1 })).toMatchObject(refused);
    expect(await live.ask('channel:typing', { channelId: room })).toMatchObject(refused);
    expect(await live.ask('sync', { channels: { [room]: 0, nonsense: 0 } })).toEqual({
      ok: true,
      data: { channels: {}, gone: [room, 'nonsense'] },
    });
    expect(await live.ask('channel:send', { channelId: { $gt: '' }, body: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'invalid' },
    });
    await say(ines, room, `<@${outsider.id}> secret`);
    await live.ask('sync', { channels: {} });
    expect(live.events.filter((one) => one.event !== 'presence')).toEqual([]);
    live.close();
  });
});
