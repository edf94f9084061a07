import { Types } from 'mongoose';
import { DiscussionCards } from '../../../src/bridges/discussions/discussion-cards.js';
import { DiscussionsRepository } from '../../../src/bridges/discussions/discussions.repository.js';
import { Discussing } from '../../../src/bridges/discussions/discussions.service.js';
import { MessagesService } from '../../../src/chat/messages/messages.service.js';
import { conflict, notFound } from '../../../src/common/problem.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { followOutbox, killedAfter } from '../../support/outbox.js';
import { aPrivateChannel, channelOf, say } from '../../support/rooms/chat.js';

let world: TestWorld;
let cohortId: string;
let C: string;
let room: string;
let [zoe, ali, staff, outsider]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  zoe = await aMember(world, cohortId, 'fellow', { name: 'Zoé Asker' });
  ali = await aMember(world, cohortId, 'coach', { name: 'Ali Helper' });
  staff = await aMember(world, cohortId, 'staff');
  outsider = await aMember(world, await aCohort(world), 'staff');
  room = (await channelOf(zoe, 'cohort')).id;
});
afterAll(() => world.stop());
beforeEach(() => world.clock.set(NOW));

const aTopic = async (): Promise<string> =>
  (await zoe!.client.post(`${C}/topics`, { title: 'Who signs a licence?', body: 'Who may?', tags: [] })).body.id;
const discuss = (topicId: string, channelId: string, over: object = {}, as = zoe!, node = 0) =>
  as.client.on(world.nodes[node]!.url).post(`${C}/topics/${topicId}/discussions`, { channelId, ...over });
const list = (topicId: string, as = zoe!) => as.client.get(`${C}/topics/${topicId}/discussions`);
const said = async (channelId: string, topicId: string, as = zoe!) =>
  (await as.client.get(`/api/channels/${channelId}/messages?limit=100`)).body.items.filter(({ body }: any) =>
    body?.includes(topicId),
  );
const rowOf = (topicId: string) =>
  world.db.collection('topic-discussions').findOne({ topicId: new Types.ObjectId(topicId) });

describe('a topic that is discussed in a channel', () => {
  it('stands there as its link below my words, once, and leads there', async () => {
    const topic = await aTopic();
    const first = await discuss(topic, room, { body: ' Who is around?  ' });
    expect(first.status).toBe(200);
    const [message] = await said(room, topic);
    expect(message.body).toMatch(new RegExp(`^Who is around\\?\\n\\nhttps?://[^/]+/c/${cohortId}/forum/${topic}$`));
    const there = {
      ...{ channel: { id: room, kind: 'cohort' }, messageId: message.id, by: { name: 'Zoé Asker' }, at: NOW },
    };
    expect(first.body.items).toMatchObject([there]);
    expect((await discuss(topic, room, {}, ali)).body.items).toMatchObject([there]);
    expect((await list(topic, staff)).body.items).toMatchObject([there]);
    expect(await said(room, topic)).toHaveLength(1);
  });

  it('given a private channel, then who is not in it is told nothing of it, and sends nothing there', async () => {
    const topic = await aTopic();
    const secret = await aPrivateChannel(zoe!, cohortId, [ali!]);
    expect((await discuss(topic, secret)).status).toBe(200);
    expect((await list(topic, ali)).body.items).toHaveLength(1);
    expect((await list(topic, staff)).body.items).toEqual([]);
    for (const channelId of [secret, 'x', '0'.repeat(24)]) {
      const refused = await discuss(topic, channelId, {}, staff);
      expect([refused.status, refused.body.errors]).toEqual([422, [{ field: '/channelId', code: 'unknown' }]]);
    }
    const direct = (await zoe!.client.post('/api/direct', { userIds: [ali!.id] })).body.id;
    expect((await discuss(topic, direct)).status).toBe(422);
    const elsewhere = (await channelOf(outsider!, 'cohort')).id;
    expect((await discuss(topic, elsewhere)).status).toBe(422);
  });

  it('given an outsider, an unknown topic or nobody, then 404 and 401', async () => {
    const topic = await aTopic();
    expect([(await list(topic, outsider)).status, (await discuss(topic, room, {}, outsider)).status]).toEqual([
      404, 404,
    ]);
    expect([(await list('x')).status, (await discuss('0'.repeat(24), room)).status]).toEqual([404, 404]);
    expect((await world.app.inject({ url: `${C}/topics/${topic}/discussions` })).statusCode).toBe(401);
  });

  it('given the message is deleted, then it is discussed there no more, and may be anew', async () => {
    const topic = await aTopic();
    const [first] = (await discuss(topic, room)).body.items;
    await zoe!.client.delete(`/api/channels/${room}/messages/${first.messageId}`);
    expect((await list(topic)).body.items).toEqual([]);
    const [second] = (await discuss(topic, room)).body.items;
    expect(second.messageId).not.toBe(first.messageId);
    await zoe!.client.delete(`/api/channels/${room}/messages/${second.messageId}`);
    await world.app.get(Discussing).compare();
    const rows = await world.db.collection('topic-discussions').find({}).toArray();
    expect(rows.map(({ messageId }) => String(messageId))).not.toContain(second.messageId);
  });

  it('given one who sends it at once on two processes, then it stands there once', async () => {
    const topic = await aTopic();
    const both = await Promise.all([discuss(topic, room), discuss(topic, room, {}, zoe, 1)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect(await said(room, topic)).toHaveLength(1);
  });

  it('given two people, or one with other words, at once on two processes, then one message stands there, again and again', async () => {
    for (let times = 0; times < 5; times += 1) {
      const topic = await aTopic();
      const all = await Promise.all([
        discuss(topic, room, { body: 'Mine' }),
        discuss(topic, room, { body: 'Theirs' }, ali, 1),
        discuss(topic, room, { body: 'Mine again' }, zoe, 1),
        discuss(topic, room, { body: 'The team' }, staff),
      ]);
      expect(all.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      const messages = await said(room, topic);
      expect(messages).toHaveLength(1);
      for (const { body } of all) expect(body.items).toMatchObject([{ messageId: messages[0].id }]);
    }
  });

  it('given who asked for it died before it was sent, then it is sent all the same, once, in their words', async () => {
    const topic = await aTopic();
    const send = jest.spyOn(world.app.get(MessagesService), 'sendCounted').mockRejectedValueOnce(new Error('died'));
    const died = await killedAfter(world, () => discuss(topic, room, { body: 'Mine' }));
    send.mockRestore();
    expect([died.status, await said(room, topic), (await list(topic)).body.items]).toEqual([500, [], []]);
    await followOutbox(world);
    const [message] = await said(room, topic);
    expect(message.body).toMatch(/^Mine\n\n/);
    expect((await list(topic)).body.items).toMatchObject([{ messageId: message.id, by: { name: 'Zoé Asker' } }]);
    expect((await discuss(topic, room, {}, ali, 1)).body.items).toMatchObject([{ messageId: message.id }]);
    expect(await said(room, topic)).toHaveLength(1);
    expect((await rowOf(topic))?.['words']).toBeUndefined();
  });

  it('given they died after it was sent, then whoever comes next finds it, and so does the outbox', async () => {
    for (const comes of [() => Promise.resolve(), (topic: string) => discuss(topic, room, {}, ali, 1)]) {
      const topic = await aTopic();
      const stand = jest.spyOn(world.app.get(DiscussionsRepository), 'stand').mockRejectedValueOnce(new Error('died'));
      const died = await killedAfter(world, () => discuss(topic, room));
      stand.mockRestore();
      expect([died.status, (await list(topic)).body.items]).toEqual([500, []]);
      await Promise.all([comes(topic), followOutbox(world)]);
      expect((await list(topic)).body.items).toMatchObject([{ by: { name: 'Zoé Asker' } }]);
      expect(await said(room, topic)).toHaveLength(1);
    }
  });

  it('given it is followed on two processes at once, then one message stands there', async () => {
    const topic = await aTopic();
    const send = jest.spyOn(world.app.get(MessagesService), 'sendCounted').mockRejectedValueOnce(new Error('died'));
    await killedAfter(world, () => discuss(topic, room));
    send.mockRestore();
    const { _id } = (await rowOf(topic))!;
    const both = await Promise.all(world.nodes.map(({ app }) => app.get(DiscussionCards).send(_id)));
    expect(both).toEqual([true, true]);
    await followOutbox(world);
    expect(await said(room, topic)).toHaveLength(1);
  });

  it('given it is refused to who began it, then they are told, and the next one sends their own', async () => {
    const topic = await aTopic();
    const closed = jest
      .spyOn(world.app.get(MessagesService), 'sendCounted')
      .mockRejectedValueOnce(conflict('channel_archived', 'This channel is closed; it can still be read.'));
    expect((await discuss(topic, room)).body).toMatchObject({ status: 409, code: 'channel_archived' });
    closed.mockRestore();
    await followOutbox(world);
    expect([await rowOf(topic), await said(room, topic)]).toEqual([null, []]);
    const begun = await aTopic();
    const died = jest.spyOn(world.app.get(MessagesService), 'sendCounted').mockRejectedValueOnce(new Error('died'));
    await killedAfter(world, () => discuss(begun, room, { body: 'Mine' }));
    died.mockRestore();
    const refused = jest
      .spyOn(world.nodes[1]!.app.get(MessagesService), 'sendCounted')
      .mockRejectedValueOnce(notFound());
    expect((await discuss(begun, room, { body: 'Theirs' }, ali, 1)).body.items).toMatchObject([
      { by: { name: 'Ali Helper' } },
    ]);
    refused.mockRestore();
    await followOutbox(world);
    expect(await said(room, begun)).toMatchObject([{ body: expect.stringMatching(/^Theirs/) }]);
  });

  it('given it is given up while it is sent, then it is taken back, and sent anew', async () => {
    const topic = await aTopic();
    const service = world.app.get(MessagesService);
    const send = service.sendCounted.bind(service);
    const spy = jest.spyOn(service, 'sendCounted').mockImplementationOnce(async (...sent) => {
      const message = await send(...sent);
      await world.db.collection('topic-discussions').deleteOne({ topicId: new Types.ObjectId(topic) });
      return message;
    });
    const { items } = (await discuss(topic, room)).body;
    spy.mockRestore();
    expect(await said(room, topic)).toMatchObject([{ id: items[0].messageId }]);
    expect(items).toHaveLength(1);
  });

  it('given one from before whose words nobody kept, then it stands where it was sent, and is sent anew where not', async () => {
    const place = {
      ...{ cohortId: new Types.ObjectId(cohortId), channelId: new Types.ObjectId(room), messageId: null },
      ...{ byId: new Types.ObjectId(zoe!.id), at: new Date(NOW) },
    };
    const [sent, unsent] = [await aTopic(), await aTopic()];
    const message = { clientId: 'discuss-before', body: `Before ${sent}` };
    const { id } = (await zoe!.client.post(`/api/channels/${room}/messages`, message)).body;
    await world.db.collection('topic-discussions').insertMany([
      { ...place, topicId: new Types.ObjectId(sent), wish: 'discuss-before' },
      { ...place, topicId: new Types.ObjectId(unsent), wish: 'discuss-lost' },
    ]);
    expect((await discuss(sent, room, {}, ali)).body.items).toMatchObject([{ messageId: id }]);
    expect((await discuss(unsent, room, {}, ali)).body.items).toMatchObject([{ by: { name: 'Ali Helper' } }]);
    for (const topic of [sent, unsent]) expect(await said(room, topic)).toHaveLength(1);
  });
});

describe('a message that becomes a reply', () => {
  const carried = (channelId: string, messageId: string, as = zoe!) =>
    as.client.get(`${C}/forum/carried/${channelId}/${messageId}`);

  it('given my own message, then its words; one of others in an open channel, then none of theirs; both with the link back', async () => {
    const message = await say(zoe!, room, `The **host** signs, <@${ali!.id}> knows.`);
    const mine = (await carried(room, message.id)).body.body;
    expect(mine).toMatch(/^The \*\*host\*\* signs, @Ali Helper knows\.\n\nhttps?:/);
    expect(mine.endsWith(`/c/${cohortId}/chat/${room}?message=${message.id}`)).toBe(true);
    const reply = await say(ali!, room, 'I do.', message.id);
    const theirs = (await carried(room, reply.id)).body.body;
    expect(theirs).toMatch(/^https?:\S+$/);
    expect(theirs.endsWith(`?thread=${message.id}&message=${reply.id}`)).toBe(true);
  });

  it('given a private channel, then only one’s own words; given a conversation, a deleted one, or who may not read it, then nothing', async () => {
    const secret = await aPrivateChannel(zoe!, cohortId, [ali!]);
    const message = await say(zoe!, secret, 'Between us.');
    expect((await carried(secret, message.id)).status).toBe(200);
    for (const other of [ali!, staff!, outsider!]) expect((await carried(secret, message.id, other)).status).toBe(404);
    const direct = (await zoe!.client.post('/api/direct', { userIds: [ali!.id] })).body.id;
    const whispered = await say(zoe!, direct, 'Only you.');
    expect((await carried(direct, whispered.id)).status).toBe(404);
    const gone = await say(zoe!, room, 'Gone soon.');
    await zoe!.client.delete(`/api/channels/${room}/messages/${gone.id}`);
    expect((await carried(room, gone.id)).status).toBe(404);
    expect((await carried('x', 'y')).status).toBe(404);
    expect((await carried(room, message.id)).status).toBe(404);
    expect((await world.app.inject({ url: `${C}/forum/carried/${room}/${message.id}` })).statusCode).toBe(401);
  });
});
