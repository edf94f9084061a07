import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { randomUUID } from 'node:crypto';
import type { Message, SyncReply } from '../../../src/contracts/chat/chat.js';
import { startWorld, type TestWorld } from '../../support/app.js';
import { connect, type LiveClient } from '../../support/client.js';
import { aPrivateChannel, channelOf, heard, say } from '../../support/rooms/chat.js';
import { eventually } from '../../support/eventually.js';
import { aCohort, aMember, join, type TestPerson } from '../../support/factories.js';

let world: TestWorld;
let cohortId: string;
let people: TestPerson[];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  people = [];
  for (let index = 0; index < 20; index += 1) people.push(await aMember(world, cohortId, 'fellow'));
});
afterAll(() => world.stop());

/** Everybody connected, every other one to the other node. */
const connectAll = () => Promise.all(people.map((person, index) => connect(world.nodes[index % 2]!.url, person.token)));
const closeAll = (lives: readonly LiveClient[]) => lives.forEach((live) => live.close());
const created = (live: LiveClient, channelId: string) =>
  live.events
    .filter((one) => one.event === 'message.created' && one.payload.channelId === channelId)
    .map((one) => one.payload as Message);

describe('1,000 messages by 20 senders over two processes', () => {
  it('reach every member as rev 1 to 1,000, each once, each sender’s own in the order of sending', async () => {
    const channelId = await aPrivateChannel(people[0]!, cohortId, people.slice(1));
    const lives = await connectAll();
    const sent = await Promise.all(
      lives.map(async (live, sender) => {
        const acks = Array.from({ length: 50 }, (_, index) =>
          live.ask('channel:send', { channelId, clientId: `client-${sender}-${index}`, body: `${sender}/${index}` }),
        );
        return (await Promise.all(acks)).map((ack) => ack.data.message as Message);
      }),
    );
    const revs = sent.flat().map((message) => message.rev);
    expect(revs.sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, index) => index + 1));
    for (const own of sent) expect(own.map((one) => one.seq)).toEqual(own.map((one) => one.seq).sort((a, b) => a - b));
    for (const live of lives) {
      const seen = await eventually(() => {
        const all = created(live, channelId);
        expect(all).toHaveLength(1000);
        return all;
      });
      // As they came: not sorted.
      expect(seen.map((one) => one.rev)).toEqual(revs);
    }
    closeAll(lives);
  });
});

describe('the same message sent to both processes at once', () => {
  it('is one message', async () => {
    const channelId = await aPrivateChannel(people[0]!, cohortId, []);
    const [here, there] = [
      await connect(world.nodes[0]!.url, people[0]!.token),
      await connect(world.nodes[1]!.url, people[0]!.token),
    ];
    for (let round = 0; round < 20; round += 1) {
      const send = { channelId, clientId: `twice-${round}-${randomUUID()}`, body: 'x' };
      const [one, other] = await Promise.all([here.ask('channel:send', send), there.ask('channel:send', send)]);
      expect(one).toMatchObject({ ok: true });
      expect(other).toEqual(one);
    }
    expect((await people[0]!.client.get(`/api/channels/${channelId}`)).body.rev).toBe(20);
    closeAll([here, there]);
  });
});

describe('after a cut', () => {
  const sync = async (live: LiveClient, channels: Record<string, number>) => {
    const answer = await live.ask('sync', { channels });
    expect(answer.ok).toBe(true);
    return answer.data as SyncReply;
  };

  it('given many who come back to the same place one after the other, then they share queries; after a change there is another', async () => {
    const [ines, ...others] = people;
    const channelId = await aPrivateChannel(ines!, cohortId, others);
    for (const body of ['one', 'two', 'three']) await say(ines!, channelId, body);
    const lives = await Promise.all(others.map((person) => connect(world.nodes[1]!.url, person.token)));
    const asked: string[] = [];
    const client = world.nodes[1]!.app.get<Connection>(getConnectionToken()).getClient();
    const note = ({ command }: { command: Record<string, any> }) => {
      if (command.find === 'messages' && command.filter?.rev) asked.push(String(command.filter.channelId));
    };
    client.on('commandStarted', note);
    const bodies = async (live: LiveClient) =>
      (await sync(live, { [channelId]: 0 })).channels[channelId]!.messages.map((one) => one.body);
    for (const live of lives) expect(await bodies(live)).toEqual(['one', 'two', 'three']);
    // An answer is kept for two seconds, and a slow machine may take longer for all of them.
    const before = asked.length;
    expect([before > 0, before < lives.length / 2]).toEqual([true, true]);
    const { items } = (await ines!.client.get(`/api/channels/${channelId}/messages`)).body;
    await ines!.client.delete(`/api/channels/${channelId}/messages/${items[2].id}`);
    for (const live of lives) expect(await bodies(live)).toEqual(['one', 'two', '']);
    const after = asked.length - before;
    expect([after > 0, after < lives.length / 2]).toEqual([true, true]);
    client.off('commandStarted', note);
    closeAll(lives);
  });

  it('given channels full of texts as long as they may be, then one answer holds some of them, and the next one the rest', async () => {
    const ines = people[0]!;
    const channels = [await aPrivateChannel(ines, cohortId, []), await aPrivateChannel(ines, cohortId, [])];
    for (const id of channels)
      await Promise.all(
        Array.from({ length: 55 }, (_, index) => say(ines, id, `${index} `.repeat(4000).slice(0, 7999))),
      );
    const live = await connect(world.nodes[1]!.url, ines.token);
    let held = Object.fromEntries(channels.map((id) => [id, 0]));
    const sizes: number[][] = [];
    do {
      const answer = (await sync(live, held)).channels;
      sizes.push(channels.map((id) => answer[id]!.messages.length));
      held = Object.fromEntries(channels.map((id) => [id, answer[id]!.rev]));
      if (channels.every((id) => !answer[id]!.more)) break;
    } while (sizes.length < 5);
    expect(sizes.map((one) => one.toSorted((a, b) => a - b))).toEqual([
      [0, 50],
      [5, 50],
      [0, 5],
    ]);
    closeAll([live]);
  });

  it('given many who come back at once, each at a place of their own, then each gets the counts that are theirs alone', async () => {
    const [ines, leo, ...others] = people;
    const channelId = await aPrivateChannel(ines!, cohortId, [leo!, ...others]);
    const elsewhere = await aPrivateChannel(ines!, cohortId, [leo!]);
    const sent: Message[] = [];
    for (let index = 0; index < 12; index += 1) {
      const by = index % 3 === 0 ? leo! : ines!;
      const named = index === 7 ? '@channel' : `<@${others[index]!.id}>`;
      sent.push(await say(by, channelId, `${named} message ${index}`));
    }
    await say(leo!, channelId, 'a reply', sent[2]!.id);
    await say(leo!, elsewhere, 'not for all');
    await ines!.client.delete(`/api/channels/${channelId}/messages/${sent[10]!.id}`);
    for (const [index, person] of others.entries())
      await person.client.put(`/api/channels/${channelId}/read`, { seq: sent[index % 12]!.seq });
    const lives = await Promise.all([ines!, leo!, ...others].map((one) => connect(world.nodes[0]!.url, one.token)));
    let looks = 0;
    const client = world.nodes[0]!.app.get<Connection>(getConnectionToken()).getClient();
    // Each new socket is still looked at for itself; together are those who ask what they missed.
    const note = ({ command }: { command: Record<string, any> }) => {
      const stages = [
        { $unionWith: { coll: command.aggregate, pipeline: command.pipeline } },
        ...(command.pipeline ?? []),
      ];
      for (const { $unionWith: one } of stages)
        if (one?.coll === 'channel-members' && one.pipeline[0].$match?.userId?.$in) looks += 1;
    };
    client.on('commandStarted', note);
    const channels = { [channelId]: 0, [elsewhere]: 0 };
    const together = await Promise.all(lives.map((live) => sync(live, channels)));
    client.off('commandStarted', note);
    // How many depends on how they arrive: one for who came first, the others for all who came meanwhile.
    expect([looks > 0, looks < lives.length / 2]).toEqual([true, true]);
    for (const [index, live] of lives.entries()) expect(together[index]).toEqual(await sync(live, channels));
    expect(together.at(2)!.gone).toEqual([elsewhere]);
    const counts = ({ channels: of }: SyncReply) => [of[channelId]!.unread, of[channelId]!.mentions];
    // The third has read the first message: ten more that are there, of which one names all.
    expect(counts(together.at(2)!)).toEqual([10, 1]);
    closeAll(lives);
  });

  it('gives all that changed since, in rev order, once for each message', async () => {
    const [ines, leo] = [people[0]!, people[1]!];
    const channelId = await aPrivateChannel(ines, cohortId, [leo]);
    const first = await say(ines, channelId, 'first');
    const second = await say(ines, channelId, 'second');
    await ines.client.patch(`/api/channels/${channelId}/messages/${first.id}`, { body: 'edited' });
    await ines.client.delete(`/api/channels/${channelId}/messages/${second.id}`);
    await say(ines, channelId, `<@${leo.id}> fifth`);
    const live = await connect(world.nodes[1]!.url, leo.token);
    const { channels } = await sync(live, { [channelId]: 1 });
    const { messages, ...rest } = channels[channelId]!;
    expect(messages.map((one) => [one.seq, one.rev, one.body])).toEqual([
      [1, 3, 'edited'],
      [2, 4, ''],
      [5, 5, `<@${leo.id}> fifth`],
    ]);
    expect(rest).toEqual({ rev: 5, more: false, readSeq: 0, unread: 2, mentions: 1 });
    expect((await sync(live, { [channelId]: 5 })).channels[channelId]!.messages).toEqual([]);
    live.close();
  });

  it('given up to 500 changes, then in pages; given more, then a fresh start from the last page', async () => {
    const [ines, leo] = [people[0]!, people[1]!];
    const channelId = await aPrivateChannel(ines, cohortId, [leo]);
    const live = await connect(world.nodes[0]!.url, ines.token);
    await Promise.all(
      Array.from({ length: 501 }, (_, index) =>
        ines.client.post(`/api/channels/${channelId}/messages`, { clientId: `message-${index}`, body: `m${index}` }),
      ),
    );
    const got: number[] = [];
    let rev = 1;
    for (let more = true; more;) {
      const page = (await sync(live, { [channelId]: rev })).channels[channelId]!;
      expect(page.reset).toBeUndefined();
      got.push(...page.messages.map((one) => one.rev));
      ({ rev, more } = page);
    }
    expect(got).toEqual(Array.from({ length: 500 }, (_, index) => index + 2));
    const fresh = (await sync(live, { [channelId]: 0 })).channels[channelId]!;
    expect(fresh).toMatchObject({ reset: true, rev: 501, more: false });
    expect(fresh.messages.map((one) => one.seq)).toEqual(Array.from({ length: 50 }, (_, index) => 452 + index));
    expect((await sync(live, { [channelId]: 9999 })).channels[channelId]!.reset).toBe(true);
    live.close();
  });

  it('names channels that one may not read any more', async () => {
    const [ines, leo] = [people[0]!, people[1]!];
    const channelId = await aPrivateChannel(ines, cohortId, [leo]);
    await ines.client.delete(`/api/channels/${channelId}/members/${leo.id}`);
    const live = await connect(world.url, leo.token);
    expect(await sync(live, { [channelId]: 0 })).toEqual({ channels: {}, gone: [channelId] });
    live.close();
  });
});

describe('removal from a cohort', () => {
  it('ends at once what the live socket of another process hears, also in private channels; direct ones stay to be read', async () => {
    const [ines, goes] = [people[0]!, await aMember(world, cohortId, 'fellow')];
    const privateId = await aPrivateChannel(ines, cohortId, [goes]);
    const { id: allId } = await channelOf(goes, 'cohort');
    const { id: directId } = (await goes.client.post('/api/direct', { userIds: [ines.id] })).body;
    await say(goes, directId, 'bye');
    const elsewhere = await aCohort(world);
    await join(world, elsewhere, goes.id, 'fellow');
    const live = await connect(world.nodes[1]!.url, goes.token);
    await leave(goes);
    await heard(live, 'channel.removed', (one) => one.channelId === privateId);
    await heard(live, 'channel.removed', (one) => one.channelId === allId);
    for (const channelId of [privateId, allId]) await say(ines, channelId, 'after');
    const closed = await ines.client.post(`/api/channels/${directId}/messages`, {
      clientId: randomUUID(),
      body: 'after',
    });
    expect([closed.status, closed.body.code]).toEqual([409, 'no_common_cohort']);
    const { items } = (await goes.client.get(`/api/channels/${directId}/messages`)).body as { items: Message[] };
    expect(items.map(({ body }) => body)).toEqual(['bye']);
    // What comes later in another cohort shows that nothing of this one is on its way any more.
    const mona = await aMember(world, elsewhere, 'staff');
    const otherId = await aPrivateChannel(mona, elsewhere, [goes]);
    await say(mona, otherId, 'elsewhere');
    await heard(live, 'message.created', (one) => one.body === 'elsewhere');
    expect([...created(live, privateId), ...created(live, allId)]).toEqual([]);
    const mine = (await goes.client.get('/api/channels')).body.items as { id: string; cohortId: string | null }[];
    expect(mine.filter((one) => one.cohortId !== elsewhere).map((one) => one.id)).toEqual([directId]);
    live.close();
  });

  async function leave(person: TestPerson): Promise<void> {
    const { MembershipsRepository } = await import('../../../src/cohorts/members/memberships.repository.js');
    const { Leaving } = await import('../../../src/cohorts/members/leaving.js');
    const { EventBus } = await import('../../../src/infra/events/event-bus.js');
    const { Transactions } = await import('../../../src/infra/mongo/transactions.js');
    const { memberLeft } = await import('../../../src/cohorts/cohorts.events.js');
    const { idOf } = await import('../../../src/infra/mongo/ids.js');
    const left = { cohortId, userId: person.id };
    await world.app.get(Transactions).run(async (session) => {
      await world.app.get(MembershipsRepository).end(idOf(cohortId), idOf(person.id), world.clock.now(), session);
      await world.app.get(Leaving).cohort(left, session);
    });
    world.app.get(EventBus).publish(memberLeft, left);
    await world.settled();
  }
});

/** Who is here, as a page that heard all of it has it. */
const seenBy = ({ events }: LiveClient) => {
  const seen = new Set<string>();
  for (const { event, payload } of events) {
    if (event !== 'presence') continue;
    for (const id of payload.online) seen.add(id);
    for (const id of payload.offline) seen.delete(id);
  }
  return seen;
};

describe('typing and presence', () => {
  it('tells who types to the channel and nobody else', async () => {
    const [ines, leo, zoe] = [people[0]!, people[1]!, people[2]!];
    const channelId = await aPrivateChannel(ines, cohortId, [leo]);
    const [types, hears, other] = [
      await connect(world.nodes[0]!.url, ines.token),
      await connect(world.nodes[1]!.url, leo.token),
      await connect(world.nodes[1]!.url, zoe.token),
    ];
    expect(await types.ask('channel:typing', { channelId })).toEqual({ ok: true, data: {} });
    const typing = await heard(hears, 'typing');
    expect(typing).toMatchObject({ channelId, userIds: [ines.id] });
    expect(Date.parse(typing.until)).toBeGreaterThan(Date.now());
    expect(other.events.filter((one) => one.event === 'typing')).toEqual([]);
    closeAll([types, hears, other]);
  });

  it('tells who is here on both processes to their cohort, and that they left', async () => {
    const strangersCohort = await aCohort(world);
    const stranger = await aMember(world, strangersCohort, 'fellow');
    const [ines, leo] = [people[3]!, people[4]!];
    const first = await connect(world.nodes[0]!.url, ines.token);
    const apart = await connect(world.nodes[0]!.url, stranger.token);
    await heard(first, 'presence', (one) => one.online.includes(ines.id));
    const second = await connect(world.nodes[1]!.url, leo.token);
    await heard(first, 'presence', (one) => one.online.includes(leo.id));
    await heard(second, 'presence', (one) => one.online.includes(ines.id));
    second.close();
    await heard(first, 'presence', (one) => one.offline.includes(leo.id));
    const told = apart.events
      .filter((one) => one.event === 'presence')
      .flatMap((one) => [...one.payload.online, ...one.payload.offline]);
    expect(told.filter((id) => id !== stranger.id)).toEqual([]);
    closeAll([first, apart]);
  });

  it('given who is taken out of a cohort, then it hears that they are gone, they hear nothing of it any more, and who shares another cohort with them sees them on', async () => {
    const [one, both] = [await aCohort(world), await aCohort(world)];
    const staff = await aMember(world, one, 'staff');
    const [leo, maud, noa] = [
      await aMember(world, one, 'fellow'),
      await aMember(world, one, 'fellow'),
      await aMember(world, one, 'fellow'),
    ];
    for (const { id } of [leo, maud]) await join(world, both, id, 'fellow');
    const left = await connect(world.nodes[0]!.url, leo.token);
    const [shares, knows] = [
      await connect(world.nodes[1]!.url, maud.token),
      await connect(world.nodes[1]!.url, staff.token),
    ];
    for (const live of [shares, knows]) await heard(live, 'presence', ({ online }) => online.includes(leo.id));
    await heard(left, 'presence', ({ online }) => online.includes(staff.id));
    expect((await staff.client.delete(`/api/cohorts/${one}/members/${leo.id}`)).status).toBe(204);
    await heard(knows, 'presence', ({ offline }) => offline.includes(leo.id));
    await heard(left, 'presence', ({ offline }) => offline.includes(staff.id) && !offline.includes(maud.id));
    // What is heard of the cohort from here on is heard by others alone.
    const from = left.events.length;
    const comes = await connect(world.nodes[1]!.url, noa.token);
    await heard(knows, 'presence', ({ online }) => online.includes(noa.id));
    expect((await staff.client.delete(`/api/cohorts/${one}/members/${maud.id}`)).status).toBe(204);
    await heard(knows, 'presence', ({ offline }) => offline.includes(maud.id));
    await eventually(() => expect(seenBy(shares).has(staff.id)).toBe(false));
    expect([seenBy(shares).has(leo.id), seenBy(knows).has(leo.id), seenBy(left).has(maud.id)]).toEqual([
      true,
      false,
      true,
    ]);
    const names = left.events
      .slice(from)
      .flatMap(({ event, payload }) => (event === 'presence' ? [...payload.online, ...payload.offline] : []));
    expect([names.includes(noa.id), names.includes(staff.id)]).toEqual([false, false]);
    closeAll([left, shares, knows, comes]);
  });
});
