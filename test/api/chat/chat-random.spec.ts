import fc from 'fast-check';
import type { Message } from '../../../src/contracts/chat/chat.js';
import { repliesOf } from '../../../web/src/features/chat/store.js';
import { startWorld, type TestWorld } from '../../support/app.js';
import { aPrivateChannel, say } from '../../support/rooms/chat.js';
import type { Client } from '../../support/client.js';
import { Device } from '../../support/rooms/device.js';
import { eventually } from '../../support/eventually.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';

const RUNS = 4;
const ACTS = 60;

let world: TestWorld;
let cohortId: string;
let people: TestPerson[];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  people = await Promise.all(['Inès', 'Léo', 'Zoé'].map((name) => aMember(world, cohortId, 'fellow', { name })));
});
afterAll(() => world.stop());

/** One act: who does what, on which process, to which of the messages there are so far. */
const act = fc.record({
  who: fc.nat(2),
  node: fc.nat(1),
  what: fc.constantFrom(
    'send',
    'send',
    'send',
    'name',
    'reply',
    'edit',
    'delete',
    'react',
    'unreact',
    'pin',
    'read',
    'cut',
  ),
  at: fc.nat(200),
});
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

it('given any acts of three people on two processes, some with their cables pulled, then each holds what a fresh fetch gives, and the counts are those of a hand count', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: ACTS, maxLength: ACTS }), async (acts) => {
      const room = await aPrivateChannel(people[0]!, cohortId, people.slice(1));
      const urls = world.nodes.map((node) => node.url);
      const devices = people.map((person, index) => new Device(person, urls, index));
      try {
        await Promise.all(devices.map((device) => device.open(room)));
        const ids: string[] = [];
        const cuts: Promise<void>[] = [];
        for (const one of acts) {
          if (one.what === 'cut') cuts.push(devices[one.who]!.cut(one.at));
          else await play(room, one, ids);
        }
        await Promise.all(cuts);
        const truth = await everything(devices[0]!, room, people[0]!.client);
        expect(new Set(truth.map((message) => message.rev)).size).toBe(truth.length);
        for (const [index, device] of devices.entries()) await isWhole(device, room, truth, people[index]!);
      } finally {
        devices.forEach((device) => device.close());
      }
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
});

/** What a person may not do (change what is not theirs, or is gone) is refused, and changes nothing. */
async function play(room: string, { who, node, what, at }: Act, ids: string[]): Promise<void> {
  const person = people[who]!;
  const client = person.client.on(world.nodes[node]!.url);
  const path = `/api/channels/${room}`;
  const id = ids[at % Math.max(1, ids.length)];
  if (what === 'send' || what === 'name' || !id) {
    const body = what === 'name' ? `for <@${people[at % 3]!.id}> ${at}` : `words ${at}`;
    ids.push((await say({ ...person, client }, room, body)).id);
    return;
  }
  const answers = {
    reply: () =>
      client.post(`${path}/messages`, { clientId: `reply-${ids.length}-${at}-${who}`, body: 'a reply', threadId: id }),
    edit: () => client.patch(`${path}/messages/${id}`, { body: `changed ${at}` }),
    delete: () => client.delete(`${path}/messages/${id}`),
    react: () => client.put(`${path}/messages/${id}/reactions/${encodeURIComponent('👍')}`),
    unreact: () => client.delete(`${path}/messages/${id}/reactions/${encodeURIComponent('👍')}`),
    pin: () => client.put(`${path}/messages/${id}/pinned`, { pinned: at % 2 === 0 }),
    read: () => client.put(`${path}/read`, { seq: at }),
  };
  expect((await answers[what as keyof typeof answers]()).status).toBeLessThan(500);
}

/** All messages and replies, as a fresh fetch gives them. */
async function everything(device: Device, room: string, client: Client): Promise<Message[]> {
  const tops = await device.fetchAll(room);
  const threads = await Promise.all(
    tops
      .filter((one) => one.replies > 0)
      .map(async (one) => (await client.get(`/api/channels/${room}/messages?limit=200&threadId=${one.id}`)).body.items),
  );
  return [...tops, ...(threads.flat() as Message[])];
}

async function isWhole(device: Device, room: string, truth: Message[], person: TestPerson): Promise<void> {
  const tops = truth.filter((one) => one.threadId === null);
  await eventually(() => {
    const state = device.states.get(room)!;
    expect(state.rev).toBe(Math.max(...truth.map((one) => one.rev)));
    expect(device.shown(room)).toEqual(tops.filter((one) => one.seq >= state.from));
    for (const root of tops)
      for (const reply of repliesOf(state, root.id)) expect(reply).toEqual(truth.find((one) => one.id === reply.id));
  });
  const { readSeq, unread, mentions } = await device.channel(room);
  const after = truth.filter((one) => one.seq > readSeq && one.senderId !== person.id && !one.deletedAt);
  expect({ unread, mentions }).toEqual({
    unread: after.filter((one) => one.threadId === null).length,
    mentions: after.filter((one) => one.mentions.includes(person.id)).length,
  });
}
