import type { ChannelSummary } from '../../../../src/contracts/chat/chat.js';
import { startWorld, type TestWorld } from '../../../support/app.js';
import { connect } from '../../../support/client.js';
import { aPrivateChannel, heard, say } from '../../../support/rooms/chat.js';
import { aCohort, aMember, type TestPerson } from '../../../support/factories.js';

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

describe('unread', () => {
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
