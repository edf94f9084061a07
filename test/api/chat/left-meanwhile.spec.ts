import type { Message } from '../../../src/contracts/chat/chat.js';
import { ChannelAccess } from '../../../src/chat/channels/channel-access.js';
import { ChannelsRepository } from '../../../src/chat/channels/channels.repository.js';
import { idOf } from '../../../src/infra/mongo/ids.js';
import { startWorld, type TestWorld } from '../../support/app.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';
import { beforeItIsWritten } from '../../support/meanwhile.js';
import { aPrivateChannel, channelOf, say } from '../../support/rooms/chat.js';

/** Who is taken out of a channel between the look at their place and the write changes nothing there any more. */
let world: TestWorld;
let [ines, leo, maud]: TestPerson[] = [];
let cohortId: string;
let room: string;
let own: Message;

beforeAll(async () => {
  world = await startWorld();
  cohortId = await aCohort(world);
  ines = await aMember(world, cohortId, 'fellow');
  leo = await aMember(world, cohortId, 'fellow');
  maud = await aMember(world, cohortId, 'fellow');
});
afterAll(() => world.stop());
beforeEach(async () => {
  room = await aPrivateChannel(ines!, cohortId, [leo!]);
  own = await say(leo!, room, 'Mine');
  await say(ines!, room, 'A reply', own.id);
});

const shown = async () => {
  const { items } = (await ines!.client.get(`/api/channels/${room}/messages`)).body as { items: Message[] };
  return items.find(({ id }) => id === own.id)!;
};
const leave = () => ines!.client.delete(`/api/channels/${room}/members/${leo!.id}`);

const ACTS: [string, (path: string) => Promise<{ status: number }>][] = [
  ['edits', (path) => leo!.client.patch(path, { body: 'Other words' })],
  ['deletes', (path) => leo!.client.delete(path)],
  ['reacts', (path) => leo!.client.put(`${path}/reactions/${encodeURIComponent('👍')}`)],
  ['pins', (path) => leo!.client.put(`${path}/pinned`, { pinned: true })],
  ['resolves', (path) => leo!.client.put(`${path}/resolved`, { resolved: true })],
];

it.each(ACTS)('given they are taken out as it %s, then 404 and nothing has changed', async (_act, act) => {
  const before = await shown();
  const happened = beforeItIsWritten(world, leave);
  const answer = await act(`/api/channels/${room}/messages/${own.id}`);
  expect([happened(), answer.status]).toEqual([true, 404]);
  expect(await shown()).toEqual(before);
});

it.each(ACTS)(
  'given they are taken out between the look at their place and the one at the channel as it %s, then 404 and nothing has changed',
  async (_act, act) => {
    const before = await shown();
    const channels = world.app.get(ChannelsRepository);
    const byId = channels.byId.bind(channels);
    const slow = jest.spyOn(channels, 'byId').mockImplementationOnce(async (...asked) => {
      await leave();
      return await byId(...asked);
    });
    const answer = await act(`/api/channels/${room}/messages/${own.id}`);
    slow.mockRestore();
    expect(answer.status).toBe(404);
    expect(await shown()).toEqual(before);
  },
);

it.each(ACTS)('given another comes in as one %s, then it is done', async (_act, act) => {
  const before = await shown();
  const happened = beforeItIsWritten(world, () => ines!.client.put(`/api/channels/${room}/members/${maud!.id}`));
  const answer = await act(`/api/channels/${room}/messages/${own.id}`);
  expect([happened(), answer.status < 300]).toEqual([true, true]);
  expect(await shown()).not.toEqual(before);
});

const isIn = async (person: TestPerson) => (await person.client.get(`/api/channels/${room}`)).status === 200;
const follows = async () =>
  await world.db.collection('thread-followers').countDocuments({ userId: idOf(leo!.id), channelId: idOf(room) });

it('given they are taken out as they let another in, then 404 and nobody came in', async () => {
  const happened = beforeItIsWritten(world, leave);
  const answer = await leo!.client.put(`/api/channels/${room}/members/${maud!.id}`);
  expect([happened(), answer.status]).toEqual([true, 404]);
  expect(await isIn(maud!)).toBe(false);
});

it('given it is closed as they let another in, then 409 and nobody came in', async () => {
  const happened = beforeItIsWritten(world, () => ines!.client.patch(`/api/channels/${room}`, { archived: true }));
  const answer = await leo!.client.put(`/api/channels/${room}/members/${maud!.id}`);
  expect([happened(), answer.status, answer.body.code]).toEqual([true, 409, 'channel_archived']);
  expect(await isIn(maud!)).toBe(false);
});

it('given they are taken out as they come into a channel in which they are, then they stay out', async () => {
  const access = world.app.get(ChannelAccess);
  const held = access.held.bind(access);
  const slow = jest.spyOn(access, 'held').mockImplementationOnce(async (...asked) => {
    const found = await held(...asked);
    await leave();
    return found;
  });
  await leo!.client.put(`/api/channels/${room}/members/me`);
  slow.mockRestore();
  expect(await isIn(leo!)).toBe(false);
});

it('given they are taken out as they choose to follow a thread, then 404 and they follow nothing there', async () => {
  const happened = beforeItIsWritten(world, leave);
  const answer = await leo!.client.put(`/api/channels/${room}/messages/${own.id}/thread`, { following: true });
  expect([happened(), answer.status]).toEqual([true, 404]);
  expect(await follows()).toBe(0);
});

it('given a reply to them while they are taken out, then they follow nothing there', async () => {
  const channels = world.app.get(ChannelsRepository);
  const membersLeft = channels.membersLeft.bind(channels);
  const slow = jest.spyOn(channels, 'membersLeft').mockImplementationOnce(async (...asked) => {
    await say(ines!, room, 'Another reply', own.id);
    return await membersLeft(...asked);
  });
  await leave();
  slow.mockRestore();
  expect(await follows()).toBe(0);
});

it('given they are taken out as they ask for its call, then they do not learn where those who stay meet', async () => {
  // With somebody taken out the room that all know has gone.
  await ines!.client.put(`/api/channels/${room}/members/${maud!.id}`);
  await ines!.client.delete(`/api/channels/${room}/members/${maud!.id}`);
  const channels = world.app.get(ChannelsRepository);
  const keepRoom = channels.keepRoom.bind(channels);
  const slow = jest.spyOn(channels, 'keepRoom').mockImplementationOnce(async (...asked) => {
    await leave();
    return await keepRoom(...asked);
  });
  const { body } = await leo!.client.get(`/api/channels/${room}`);
  expect(slow).toHaveBeenCalledTimes(1);
  slow.mockRestore();
  const { call } = (await ines!.client.get(`/api/channels/${room}`)).body;
  expect(call.link).toMatch(/^https:/);
  expect(body.call?.link).not.toBe(call.link);
});

it('given a topic and a name that two set at once, then the channel is found under its name', async () => {
  const body = { name: 'books', topic: 'What we read', open: true, memberIds: [leo!.id] };
  const { id } = (await ines!.client.post(`/api/cohorts/${cohortId}/channels`, body)).body;
  const happened = beforeItIsWritten(world, () => ines!.client.patch(`/api/channels/${id}`, { name: 'novels' }));
  const answer = await ines!.client.patch(`/api/channels/${id}`, { topic: 'What we read now' });
  expect([happened(), answer.body.name, answer.body.topic]).toEqual([true, 'novels', 'What we read now']);
  const { items } = (await leo!.client.get(`/api/cohorts/${cohortId}/channels/browse?q=novels`)).body;
  expect(items.map((one: { id: string }) => one.id)).toEqual([id]);
});

it('given staff who are of the team no more as they delete what another said, then 403 and it stands', async () => {
  const members = `/api/cohorts/${cohortId}/members`;
  const [aurore, karim] = [await aMember(world, cohortId, 'staff'), await aMember(world, cohortId, 'staff')];
  const { id } = await channelOf(aurore, 'cohort');
  const said = await say(ines!, id, 'What I said');
  const remove = () => karim.client.delete(`/api/channels/${id}/messages/${said.id}`);
  const happened = beforeItIsWritten(world, () => aurore.client.patch(`${members}/${karim.id}`, { role: 'coach' }));
  expect([(await remove()).status, happened()]).toEqual([403, true]);
  const stands = async () => {
    const { items } = (await ines!.client.get(`/api/channels/${id}/messages`)).body as { items: Message[] };
    return items.find((one) => one.id === said.id)!.body;
  };
  expect(await stands()).toBe('What I said');
  expect((await aurore.client.patch(`${members}/${karim.id}`, { role: 'staff' })).status).toBe(200);
  expect((await remove()).status).toBe(204);
  expect(await stands()).toBe('');
});
