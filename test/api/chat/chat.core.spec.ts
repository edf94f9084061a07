import { randomUUID } from 'node:crypto';
import type { ChannelSummary } from '../../../src/contracts/chat/chat.js';
import { RateLimits } from '../../../src/infra/redis/rate-limits.js';
import { startWorld, type TestWorld } from '../../support/app.js';
import { clientOf, connect } from '../../support/client.js';
import { aPrivateChannel, channelOf, heard, say } from '../../support/rooms/chat.js';
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

  it('given emoji, right-to-left text and a $ at its head, then it comes back as it was', async () => {
    const body = '$set مرحبا 🧗‍♀️ `{"$gt":1}`';
    await say(ines, room, body);
    expect((await messages(leo)).body.items[0].body).toBe(body);
    expect((await channelOf(leo, 'private', '')).kind).toBe('private');
  });
});

describe('unread', () => {
  it('counts others’ top-level messages after the pointer; one’s own move it', async () => {
    await say(ines, room, 'one');
    await say(ines, room, 'two');
    expect(await counts(leo)).toMatchObject({ unread: 2, mentions: 0, readSeq: 0 });
    expect(await counts(ines)).toMatchObject({ unread: 0, readSeq: 2 });
    await say(leo, room, 'mine');
    expect(await counts(leo)).toMatchObject({ unread: 0, readSeq: 3 });
  });

  it('counts who is named, by @channel too, and not who is not in the channel', async () => {
    const named = await say(ines, room, `<@${leo.id}> and <@${outsider.id}> and <@${staff.id}> look`);
    expect(named.mentions).toEqual([leo.id]);
    await say(ines, room, '@channel lunch?');
    expect(await counts(leo)).toMatchObject({ unread: 2, mentions: 2 });
    expect(await counts(ines)).toMatchObject({ unread: 0, mentions: 0 });
  });

  it('given replies in a thread, then they count as mentions only', async () => {
    const root = await say(leo, room, 'root');
    await say(ines, room, 'reply', root.id);
    await say(ines, room, `<@${leo.id}> reply`, root.id);
    expect(await counts(leo)).toMatchObject({ unread: 0, mentions: 1 });
  });

  it('given a reply that is deleted, then its thread counts the replies that are left, and everybody hears of it', async () => {
    const root = await say(ines, room, 'root');
    const first = await say(leo, room, 'first', root.id);
    const second = await say(leo, room, 'second', root.id);
    const live = await connect(world.url, ines.token);
    const remove = (id: string) => leo.client.delete(`/api/channels/${room}/messages/${id}`);
    await remove(second.id);
    const told = await heard(live, 'message.updated', (one) => one.id === root.id);
    expect(told).toMatchObject({ replies: 1, lastReplyAt: first.createdAt, rev: 7 });
    expect((await messages(ines)).body.items).toEqual([told]);
    await remove(first.id);
    expect((await messages(ines)).body.items[0]).toMatchObject({ replies: 0, lastReplyAt: null, rev: 9 });
    live.close();
  });

  it('given a deletion or only reactions, then the count is right after it', async () => {
    const gone = await say(ines, room, 'oops');
    const kept = await say(ines, room, 'kept');
    await ines.client.delete(`/api/channels/${room}/messages/${gone.id}`);
    await ines.client.put(`/api/channels/${room}/messages/${kept.id}/reactions/${encodeURIComponent('👍')}`);
    expect(await counts(leo)).toMatchObject({ unread: 1, rev: 4 });
  });

  it('moves the pointer forward and back, and tells my other devices only', async () => {
    const [mine, other] = [await connect(world.url, leo.token), await connect(world.url, ines.token)];
    for (const word of ['one', 'two', 'three']) await say(ines, room, word);
    const read = (seq: number) => leo.client.put(`/api/channels/${room}/read`, { seq });
    expect((await read(3)).body).toEqual({ readSeq: 3, unread: 0, mentions: 0 });
    expect((await read(1)).body).toEqual({ readSeq: 1, unread: 2, mentions: 0 });
    expect((await read(99)).body).toEqual({ readSeq: 3, unread: 0, mentions: 0 });
    expect(await mine.ask('channel:read', { channelId: room, seq: 1 })).toEqual({ ok: true, data: { readSeq: 3 } });
    await heard(mine, 'channel.read', (one) => one.channelId === room && one.seq === 1 && one.userId === leo.id);
    expect(other.events.filter((one) => one.event === 'channel.read')).toEqual([]);
    mine.close();
    other.close();
  });

  it('given more than 1,000 unread, then it says 1,001 and stops', async () => {
    const { body: channel } = await ines.client.post(`/api/cohorts/${cohortId}/channels`, {
      name: 'busy',
      memberIds: [leo.id],
    });
    for (let round = 0; round < 22; round += 1) {
      const sent = await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          ines.client.post(`/api/channels/${channel.id}/messages`, {
            clientId: `message-${round}-${index}`,
            body: 'x',
          }),
        ),
      );
      expect(sent.filter(({ status }) => status !== 201).map(({ text }) => text)).toEqual([]);
    }
    expect(await counts(leo, channel.id)).toMatchObject({ unread: 1001, rev: 1100 });
    expect((await leo.client.put(`/api/channels/${channel.id}/read`, { seq: 500 })).body.unread).toBe(600);
  });
});

describe('pages', () => {
  it('gives the last page, before, after and around a place', async () => {
    for (let index = 1; index <= 12; index += 1) await say(ines, room, `m${index}`);
    const seqs = async (query: string) => {
      const { body } = await messages(leo, room, query);
      return [body.items.map((one: { seq: number }) => one.seq), body.hasBefore, body.hasAfter];
    };
    expect(await seqs('?limit=3')).toEqual([[10, 11, 12], true, false]);
    expect(await seqs('?limit=3&before=10')).toEqual([[7, 8, 9], true, true]);
    expect(await seqs('?limit=3&before=3')).toEqual([[1, 2], false, true]);
    expect(await seqs('?limit=3&after=10')).toEqual([[11, 12], true, false]);
    expect(await seqs('?limit=4&around=6')).toEqual([[4, 5, 6, 7], true, true]);
    expect(await seqs('?limit=1&around=6')).toEqual([[6], true, true]);
    expect(await seqs('?limit=4&around=99')).toEqual([[11, 12], true, false]);
    expect((await messages(leo, room, '?limit=0')).status).toBe(422);
    expect((await messages(leo, room, '?before[$gt]=1')).status).toBe(422);
  });

  it('given half a character, then what is told live is what is fetched', async () => {
    const live = await connect(world.url, leo.token);
    const path = `/api/channels/${room}/messages`;
    await ines.client.post(path, '{"clientId":"half-a-character","body":"a\\ud83d b"}');
    const told = await heard(live, 'message.created', (one) => one.channelId === room);
    expect((await messages(leo)).body.items).toEqual([told]);
    expect(told.body).toBe('a\ufffd b');
    live.close();
  });

  it('given an empty channel, then an empty page', async () => {
    expect((await messages(leo)).body).toMatchObject({ items: [], rev: 0, hasBefore: false, hasAfter: false });
  });

  it('keeps threads beside: the root counts its replies and takes a rev, replies are read by threadId', async () => {
    const root = await say(ines, room, 'root');
    const reply = await say(leo, room, 'reply', root.id);
    const [shown] = (await messages(ines)).body.items;
    expect(shown).toMatchObject({ id: root.id, replies: 1, lastReplyAt: reply.createdAt, seq: 1, rev: 3 });
    expect((await messages(ines, room, `?threadId=${root.id}`)).body.items).toEqual([reply]);
    expect((await messages(ines, room, `?threadId=${reply.id}`)).status).toBe(404);
    expect((await ines.client.get(`/api/channels/${room}/messages/${root.id}`)).body).toEqual(shown);
    const other = await aPrivateChannel(leo, cohortId, []);
    expect((await leo.client.get(`/api/channels/${other}/messages/${root.id}`)).status).toBe(404);
    expect((await messages(leo, other, `?threadId=${root.id}`)).status).toBe(404);
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

  it('adds and takes back reactions, each once; what is no emoji is refused', async () => {
    const message = await say(ines, room, 'yes?');
    const path = (emoji: string) =>
      `/api/channels/${room}/messages/${message.id}/reactions/${encodeURIComponent(emoji)}`;
    await leo.client.put(path('👍'));
    const again = (await leo.client.put(path('👍'))).body;
    expect(again.reactions).toEqual([{ emoji: '👍', userIds: [leo.id] }]);
    expect(again.rev).toBe(2);
    expect((await ines.client.put(path('👩🏽‍🚒'))).body.reactions).toHaveLength(2);
    expect((await leo.client.delete(path('👍'))).body.reactions).toEqual([{ emoji: '👩🏽‍🚒', userIds: [ines.id] }]);
    expect((await ines.client.put(path('❤'))).body.reactions.at(-1)).toMatchObject({ emoji: '❤️' });
    for (const wrong of ['🇫', 'no', '👍👍', '<b>', '1']) expect((await leo.client.put(path(wrong))).status).toBe(422);
  });

  it('given forty reactions at once, then none is lost and the revs have no hole', async () => {
    const message = await say(ines, room, 'race');
    const emojis = ['👍', '🎉', '❤️', '🚀', '👀', '😀', '🔥', '🙏', '💡', '✅'];
    const answers = await Promise.all(
      [ines, leo].flatMap((person) =>
        emojis.map((emoji) =>
          person.client.put(`/api/channels/${room}/messages/${message.id}/reactions/${encodeURIComponent(emoji)}`),
        ),
      ),
    );
    expect(answers.map((one) => one.body.rev).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 2),
    );
    const [shown] = (await messages(ines)).body.items;
    expect(shown.reactions.map((one: { userIds: string[] }) => one.userIds.length)).toEqual(emojis.map(() => 2));
  });
});

describe('private channels', () => {
  it('refuses who is no member of the cohort, when made and later', async () => {
    const made = await ines.client.post(`/api/cohorts/${cohortId}/channels`, {
      name: 'x',
      memberIds: [leo.id, outsider.id],
    });
    expect(made.status).toBe(422);
    expect(made.body.errors).toEqual([{ field: '/memberIds/1', code: 'unknown' }]);
    expect((await ines.client.put(`/api/channels/${room}/members/${outsider.id}`)).status).toBe(404);
  });

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

  it('given a kept channel, then nobody is let in or out by hand, and only its topic is changed, by staff', async () => {
    const { id } = await channelOf(ines, 'cohort');
    expect((await ines.client.delete(`/api/channels/${id}/members/${ines.id}`)).body.code).toBe('kept_by_membership');
    expect((await ines.client.patch(`/api/channels/${id}`, { topic: 'x' })).status).toBe(403);
    expect((await staff.client.patch(`/api/channels/${id}`, { name: 'x' })).body.code).toBe('kept_by_membership');
    expect((await staff.client.patch(`/api/channels/${id}`, { topic: 'For all' })).body.topic).toBe('For all');
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

  it('given nothing was said, then only who opened it sees it', async () => {
    const other = await aMember(world, cohortId, 'coach');
    const { id } = (await other.client.post('/api/direct', { userIds: [leo.id] })).body;
    const has = async (person: TestPerson) =>
      (await person.client.get('/api/channels')).body.items.some((one: ChannelSummary) => one.id === id);
    expect([await has(other), await has(leo)]).toEqual([true, false]);
    await say(other, id, 'Hello');
    expect(await has(leo)).toBe(true);
  });

  it('given somebody of another cohort or nobody, then 422 alike', async () => {
    const strange = await ines.client.post('/api/direct', { userIds: [outsider.id] });
    const nobody = await ines.client.post('/api/direct', { userIds: ['6530f0a0a0a0a0a0a0a0a0a0'] });
    expect(strange.status).toBe(422);
    expect(strange.text).toBe(nobody.text);
  });

  it('given staff, then they may not delete in a direct channel what is not theirs', async () => {
    const { id } = (await ines.client.post('/api/direct', { userIds: [staff.id] })).body;
    const message = await say(ines, id, 'between us');
    expect((await staff.client.delete(`/api/channels/${id}/messages/${message.id}`)).status).toBe(403);
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

describe('limits', () => {
  it('given more than forty messages in ten seconds by one person, then 429, and others go on', async () => {
    const strict = await startWorld({ env: { RATE_LIMITS: 'on' } });
    const cohort = await aCohort(strict);
    const [greedy, calm] = [await aMember(strict, cohort, 'fellow'), await aMember(strict, cohort, 'fellow')];
    const { id } = await channelOf(greedy, 'cohort');
    const send = (person: TestPerson) =>
      person.client.post(`/api/channels/${id}/messages`, { clientId: randomUUID(), body: 'x' });
    const answers = await Promise.all(Array.from({ length: 45 }, () => send(greedy)));
    expect(answers.filter((one) => one.status === 201)).toHaveLength(40);
    const refused = answers.find((one) => one.status === 429);
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await send(calm)).status).toBe(201);
    await strict.stop();
  });

  it('given who moves their pointers without end, by whichever lines, then they are refused, others and what they read before are not', async () => {
    const strict = await startWorld({ env: { RATE_LIMITS: 'on' } });
    const cohort = await aCohort(strict);
    const [greedy, calm] = [await aMember(strict, cohort, 'fellow'), await aMember(strict, cohort, 'fellow')];
    const { id } = await channelOf(greedy, 'cohort');
    const { seq } = await say(calm, id, 'read me');
    const [one, two, other] = await Promise.all([greedy, greedy, calm].map(({ token }) => connect(strict.url, token)));
    const move = (live = one!) => live.ask('channel:read', { channelId: id, seq }) as Promise<{ ok: boolean }>;
    expect(await move(one)).toMatchObject({ ok: true });
    // The server has the limit by now: these count against its own number.
    const limit = { name: 'chat-read', points: 120, seconds: 10, perProcess: true };
    await strict.app.get(RateLimits).take(limit, greedy.id, 79);
    const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => move(index % 2 === 0 ? one : two)));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(await move(two)).toMatchObject({ ok: false, error: { code: 'too_many_requests' } });
    expect(await move(other)).toMatchObject({ ok: true });
    const { items } = (await greedy.client.get('/api/channels')).body;
    expect(items.find((channel: { id: string }) => channel.id === id)).toMatchObject({ unread: 0 });
    for (const live of [one, two, other]) live!.close();
    await strict.stop();
  });
});
