import { startThrowawayServices } from '../../../scripts/services/services.mjs';
import type { Message } from '../../../src/contracts/chat/chat.js';
import { startWorld, type TestWorld } from '../../support/app.js';
import { connect, type LiveClient } from '../../support/client.js';
import { aPrivateChannel } from '../../support/rooms/chat.js';
import { Device } from '../../support/rooms/device.js';
import { eventually } from '../../support/eventually.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';
import { moment } from '../../support/moments.js';
import { type ChildNode, startChild } from '../../support/servers/processes.js';
import { sized } from '../../support/size.js';
import { CHILD_MS, pace } from '../../support/patience.js';

/** At least so long; the small size writes until all faults are over. */
const SECONDS = sized(3, 60);
const RUNS = sized(1, 10);
const MAX_SECONDS = 12;
const A_SECOND = 200;
const ROOMS = 4;
const WRITERS_A_ROOM = 2;
const DOWN_MS = 800;
const SENDERS = sized(8, 20);
const EACH = sized(15, 50);

interface Room {
  id: string;
  writers: Device[];
  readers: Device[];
}

let services: Awaited<ReturnType<typeof startThrowawayServices>>;
let world: TestWorld;
let children: ChildNode[];
let urls: string[];
let cohortId: string;
let people: TestPerson[];

beforeAll(async () => {
  // Servers of its own: these are killed.
  services = await startThrowawayServices({ ...process.env, TEST_MONGODB_URI: undefined, TEST_REDIS_URL: undefined });
  const uri = new URL(services.mongo.uri);
  uri.pathname = '/faults';
  world = await startWorld({ env: { MONGODB_URI: uri.href, REDIS_URL: services.redis.uri } });
  children = [await startChild(world), await startChild(world)];
  urls = children.map((child) => child.url);
  cohortId = await aCohort(world);
});
beforeEach(async () => {
  // Ten long runs outlast a token.
  people = await Promise.all(Array.from({ length: 4 }, () => aMember(world, cohortId, 'fellow')));
});
afterAll(async () => {
  await Promise.all(children.map((child) => child.stop()));
  await world.stop();
  await services.stop();
});

it('given one of two processes is killed -9 while many people send, then nothing that was acked is lost, nothing is there twice, there is no hole, and each one’s messages keep their order', async () => {
  const senders = await Promise.all(Array.from({ length: SENDERS }, () => aMember(world, cohortId, 'fellow')));
  const channelId = await aPrivateChannel(senders[0]!, cohortId, senders.slice(1));
  const acked = new Map<string, Message>();
  const sending = senders.map((person, sender) => sendAll(person, sender, channelId, acked));
  await moment(() => acked.size >= (SENDERS * EACH) / 3);
  await children[0]!.kill();
  await Promise.all(sending);

  const rows: Message[] = [];
  for (let after = 0, hasAfter = true; hasAfter;) {
    const page = (await senders[0]!.client.get(`/api/channels/${channelId}/messages?after=${after}&limit=200`)).body;
    rows.push(...page.items);
    after = rows.at(-1)!.seq;
    ({ hasAfter } = page);
  }
  expect(rows.map((row) => row.rev)).toEqual(Array.from({ length: SENDERS * EACH }, (_, index) => index + 1));
  expect(new Set(rows.map((row) => row.clientId)).size).toBe(SENDERS * EACH);
  const byClientId = new Map(rows.map((row) => [row.clientId, row]));
  expect([...acked].filter(([clientId, message]) => byClientId.get(clientId)?.id !== message.id)).toEqual([]);
  for (let sender = 0; sender < SENDERS; sender += 1) {
    const own = rows.filter((row) => row.senderId === senders[sender]!.id).map((row) => row.body);
    expect(own).toEqual(Array.from({ length: EACH }, (_, index) => `sender-${sender}-${index}`));
  }
  await startAgain();
});

it.each(Array.from({ length: RUNS }, (_, run) => run + 1))(
  'given 200 messages a second while a process, Redis and MongoDB die and come back, then all that was acked is there, once, without a hole, and readers hold it (run %i)',
  async () => {
    const rooms = await Promise.all(Array.from({ length: ROOMS }, aRoom));
    const devices = rooms.flatMap(({ writers, readers }) => [...writers, ...readers]);
    try {
      const acked = new Map<string, Message>();
      const happening = faults();
      // Both to their end, whichever fails: else what is killed and what is stopped would meet.
      const [loaded] = await Promise.allSettled([load(rooms, acked, happening), happening]);
      if (loaded.status === 'rejected') throw loaded.reason;
      const told = await happening;
      expect(acked.size).toBe(loaded.value);
      expect(told).toEqual({ redisAway: true, mongoAway: true, back: true });
      for (const { id, writers, readers } of rooms) {
        const truth = await writers[0]!.fetchAll(id);
        expect(truth.map((one) => one.rev)).toEqual(truth.map((_, index) => index + 1));
        const mine = [...acked.values()].filter((one) => one.channelId === id).sort((a, b) => a.seq - b.seq);
        expect(truth.map((one) => [one.id, one.seq, one.body])).toEqual(mine.map((one) => [one.id, one.seq, one.body]));
        await eventually(() => {
          for (const reader of readers) {
            const held = reader.shown(id);
            expect(reader.states.get(id)!.rev).toBe(truth.length);
            expect(held).toEqual(truth.slice(truth.length - held.length));
          }
        }, CHILD_MS);
      }
    } finally {
      devices.forEach((device) => device.close());
    }
  },
);

/** Sends one message after the other, and again on the other process what has no ack when its own is gone. */
async function sendAll(
  person: TestPerson,
  sender: number,
  channelId: string,
  acked: Map<string, Message>,
): Promise<void> {
  let at = sender % 2;
  let live: LiveClient | undefined;
  for (let index = 0; index < EACH; index += 1) {
    const clientId = `sender-${sender}-${index}`;
    for (;;) {
      try {
        live ??= await connect(children[at]!.url, person.token);
        const ack = await untilGone(live, live.ask('channel:send', { channelId, clientId, body: clientId }));
        expect(ack.ok).toBe(true);
        acked.set(clientId, ack.data.message);
        break;
      } catch (error) {
        if (!(error instanceof Error) || error.message.includes('expect(')) throw error;
        live?.close();
        live = undefined;
        at = 1 - at;
      }
    }
  }
  live?.close();
}

/** An ack, or an error as soon as the line is gone. */
function untilGone(live: LiveClient, ack: Promise<any>): Promise<any> {
  return Promise.race([
    ack,
    new Promise((_, reject) => live.socket.once('disconnect', () => reject(new Error('the line is gone')))),
  ]);
}

async function aRoom(_: unknown, at: number): Promise<Room> {
  const [maker, other] = [people[at % people.length]!, people[(at + 1) % people.length]!];
  const id = await aPrivateChannel(maker, cohortId, [other]);
  const writers = Array.from({ length: WRITERS_A_ROOM }, (_, index) => new Device(index ? other : maker, urls, index));
  const readers = [new Device(maker, urls, 0), new Device(other, urls, 1)];
  await Promise.all([...writers, ...readers].map((device) => device.open(id)));
  return { id, writers, readers };
}

/** So many messages a second, whether the last ones have an ack or not, until all is over. Returns how many. */
async function load(rooms: readonly Room[], acked: Map<string, Message>, until: Promise<unknown>): Promise<number> {
  const writers = rooms.flatMap(({ id, writers: all }) => all.map((device) => ({ id, device })));
  const sending: Promise<void>[] = [];
  const begin = Date.now();
  const over = new AbortController();
  void until.catch(() => undefined).finally(() => over.abort());
  // On a machine that is slow to bring a process back the rest of the faults meets who waits for an ack.
  const most = Math.max(SECONDS, MAX_SECONDS) * A_SECOND;
  for (let index = 0; index < most && (!over.signal.aborted || index < SECONDS * A_SECOND); index += 1) {
    const early = begin + (index * 1000) / A_SECOND - Date.now();
    if (early > 1) await pace(early);
    const { id, device } = writers[index % writers.length]!;
    sending.push(
      device.send(id, `message ${index}`).then((message) => {
        if (acked.has(message.id)) throw new Error('two sends are one message');
        acked.set(message.id, message);
      }),
    );
  }
  await Promise.all(sending);
  return sending.length;
}

/** Starts the first process, which was killed. */
async function startAgain(): Promise<void> {
  children[0] = await startChild(world);
  urls[0] = children[0].url;
}

/** One after the other; meanwhile the process that lives says what is away. */
async function faults(): Promise<{ redisAway: boolean; mongoAway: boolean; back: boolean }> {
  const wait = () => pace((SECONDS * 1000) / 5 - DOWN_MS);
  await wait();
  await children[0]!.kill();
  await pace(DOWN_MS);
  await startAgain();
  await wait();
  await services.redis.kill!();
  const redisAway = await saysAway();
  await pace(DOWN_MS);
  await services.redis.again!();
  await wait();
  await services.mongo.kill!();
  const mongoAway = await saysAway();
  await pace(DOWN_MS);
  await services.mongo.again!();
  const back = await eventually(async () => {
    for (const url of urls) expect((await fetch(`${url}/readyz`)).status).toBe(200);
    return true;
  });
  return { redisAway, mongoAway, back };
}

const saysAway = () =>
  eventually(async () => {
    expect((await fetch(`${urls[1]}/readyz`)).status).toBe(503);
    return true;
  });
