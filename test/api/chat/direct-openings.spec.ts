import { randomUUID } from 'node:crypto';
import { Types } from 'mongoose';
import { MINUTE } from '../../../src/common/times/clock.js';
import type { ChannelSummary } from '../../../src/contracts/chat/chat.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { connect } from '../../support/client.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { followOutbox } from '../../support/outbox.js';
import { channelOf, heard, say } from '../../support/rooms/chat.js';

/** A direct conversation is a place of who opened it alone, until somebody says something in it. */
let world: TestWorld;
let cohort: string;
let [ines, leo, sam]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  cohort = await aCohort(world);
  ines = await aMember(world, cohort, 'fellow', { name: 'Inès' });
  leo = await aMember(world, cohort, 'fellow', { name: 'Léo' });
  sam = await aMember(world, cohort, 'coach', { name: 'Sam' });
});

const open = async (person: TestPerson, ...others: TestPerson[]) => {
  const answer = await person.client.post('/api/direct', { userIds: others.map(({ id }) => id) });
  expect(answer.status).toBe(200);
  return answer.body as { id: string; members: { id: string }[]; people: { id: string }[] };
};
const listOf = async (person: TestPerson) => (await person.client.get('/api/channels')).body.items as ChannelSummary[];
const placesOf = (person: TestPerson) =>
  world.db.collection('channel-members').countDocuments({ userId: new Types.ObjectId(person.id), cohortId: null });

it('given conversations that others only opened, then none takes a place of mine, and none is mine to read', async () => {
  const { id, members, people } = await open(leo!, ines!);
  await open(leo!, ines!, sam!);
  expect(members.map((one) => one.id).sort()).toEqual([ines!.id, leo!.id].sort());
  expect(people.map((one) => one.id)).toEqual([ines!.id]);
  expect((await listOf(leo!)).find((one) => one.id === id)?.people.map((one) => one.id)).toEqual([ines!.id]);
  expect([await placesOf(ines!), await placesOf(sam!), await placesOf(leo!)]).toEqual([0, 0, 2]);
  expect((await ines!.client.get(`/api/channels/${id}`)).status).toBe(404);
});

it('given its first message, then it is a place of all, unread and live, on every node, whoever opened it', async () => {
  const lives = [await connect(world.nodes[0]!.url, ines!.token), await connect(world.nodes[1]!.url, sam!.token)];
  const { id } = await open(leo!, ines!, sam!);
  await say(leo!, id, `Shall we meet, <@${ines!.id}>?`);
  for (const live of lives) {
    await heard(live, 'channel.added', ({ channelId }) => channelId === id);
    await heard(live, 'message.created', ({ channelId }) => channelId === id);
  }
  const mine = (await listOf(ines!)).find((one) => one.id === id);
  expect(mine).toMatchObject({ unread: 1, mentions: 1, readSeq: 0 });
  expect((await listOf(leo!)).find((one) => one.id === id)).toMatchObject({ unread: 0 });
  await say(ines!, id, 'Gladly');
  await heard(lives[1]!, 'message.created', ({ body }) => body === 'Gladly');
  await world.settled();
  world.clock.advance(MINUTE);
  await followOutbox(world);
  const { items } = (await sam!.client.get('/api/me/inbox')).body as { items: { kind: string; link: string }[] };
  expect(items.map(({ kind, link }) => [kind, link])).toEqual([['chat.direct', `/chat/${id}`]]);
  for (const live of lives) live.close();
});

it('given both open it and write first at once, then it has both messages, and each of them is in it once', async () => {
  const [{ id }] = await Promise.all([open(leo!, ines!), open(ines!, leo!)]);
  const send = (person: TestPerson, node: number) =>
    person.client.on(world.nodes[node]!.url).post(`/api/channels/${id}/messages`, {
      ...{ clientId: randomUUID(), body: 'Hello' },
    });
  const sent = await Promise.all([send(leo!, 0), send(ines!, 1), send(leo!, 1), send(ines!, 0)]);
  expect(sent.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
  expect([await placesOf(ines!), await placesOf(leo!)]).toEqual([1, 1]);
  expect((await ines!.client.get(`/api/channels/${id}/messages`)).body.items).toHaveLength(4);
});

it('given a first message that is refused, then it still is the place of who opened it alone', async () => {
  const { id } = await open(leo!, ines!);
  const wrong = { clientId: randomUUID(), body: 'Hello', threadId: String(new Types.ObjectId()) };
  expect((await leo!.client.post(`/api/channels/${id}/messages`, wrong)).status).toBe(422);
  expect(await placesOf(ines!)).toBe(0);
});

it('given who was blocked since they opened it, or shares no cohort any more, then they say nothing first', async () => {
  const { id } = await open(leo!, ines!);
  const other = await open(leo!, sam!);
  expect((await ines!.client.put(`/api/me/blocked/${leo!.id}`)).status).toBe(204);
  const staff = await aMember(world, cohort, 'staff');
  expect((await staff.client.delete(`/api/cohorts/${cohort}/members/${sam!.id}`)).status).toBe(204);
  const codes = [id, other.id].map(async (channel) => {
    const sent = await leo!.client.post(`/api/channels/${channel}/messages`, { clientId: randomUUID(), body: 'x' });
    return sent.body.code as string;
  });
  expect(await Promise.all(codes)).toEqual(['blocked', 'no_common_cohort']);
  expect([await placesOf(ines!), await placesOf(sam!)]).toEqual([0, 0]);
});

it('given more conversations than anybody has, then all channels of the cohort are there: listed, live and in step', async () => {
  const COUNT = 1100;
  const createdAt = world.clock.now();
  const ids = Array.from({ length: COUNT }, () => new Types.ObjectId());
  const people = (at: number) => [ines!.id, String(ids[at])].sort();
  await world.db.collection('channels').insertMany(
    ids.map((_id, at) => ({
      ...{ _id, kind: 'direct', cohortId: null, key: `direct:${people(at).join(',')}`, name: '', nameKey: null },
      ...{ topic: '', rev: 1, headSeq: 1, last: null, createdBy: null, createdAt, archivedAt: null },
    })),
  );
  const userId = new Types.ObjectId(ines!.id);
  await world.db
    .collection('channel-members')
    .insertMany(ids.map((channelId) => ({ channelId, userId, cohortId: null, readSeq: 1, joinedAt: createdAt })));
  const kinds = (await listOf(ines!)).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === 'direct')).toHaveLength(COUNT);
  expect(kinds).toEqual(expect.arrayContaining(['cohort', 'help']));
  const channel = await channelOf(leo!, 'cohort');
  const live = await connect(world.nodes[0]!.url, ines!.token);
  const said = await say(leo!, channel.id, 'Lunch is there');
  await heard(live, 'message.created', ({ id }) => id === said.id);
  const held = { [channel.id]: 0, [String(ids[0])]: 1 };
  const { data } = await live.ask('sync', { channels: held });
  expect([data.gone, Object.keys(data.channels as object).sort()]).toEqual([[], Object.keys(held).sort()]);
  live.close();
});
