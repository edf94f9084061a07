/**
 * The load generator of the fanout, a process of its own. Told by messages: `connect` opens sockets (spread over the given servers), `slice`
 * keeps some messages in flight in each room for a while, then waits until every one has reached everybody; `pace` and `storm` are told below.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Wire } from './wire.mjs';

const BODY =
  'One hundred bytes of ordinary talk about a form that people should be able to fill in on their phone.'.slice(0, 100);
const LATE_MS = 10_000;
const sides = new Map();

/** `rooms`: for each its `channelId` and the `auths` of its sockets. */
async function connect({ side, urls, rooms }) {
  const opened = rooms.map(({ channelId, auths }) => ({
    channelId,
    wires: auths.map((auth, index) => new Wire(urls[index % urls.length], auth)),
  }));
  await Promise.all(opened.flatMap((room) => room.wires.map((wire) => wire.ready)));
  sides.set(side, opened);
}

async function slice({ side, ms, inFlight }) {
  const rooms = sides.get(side);
  const before = received(rooms);
  const since = performance.now();
  const sent = await Promise.all(rooms.map((room) => keepSending(room, since + ms, inFlight)));
  const taken = sent.reduce((sum, one) => sum + one.taken, 0);
  const expected = rooms.reduce((sum, room, index) => sum + room.wires.length * sent[index].taken, 0);
  const limit = performance.now() + LATE_MS;
  while (received(rooms) - before < expected && performance.now() < limit) await sleep(1);
  const seconds = (performance.now() - since) / 1000;
  await sleep(50);
  const arrived = received(rooms) - before;
  const refused = sent.reduce((sum, one) => sum + one.refused, 0);
  return { operations: arrived, seconds, lost: Math.abs(expected - arrived) + refused, messages: taken };
}

/**
 * So many messages a second, spread over the rooms, whether the ones before have arrived or not. Answers how long each took to reach each
 * socket, in ms: the body carries when it was sent, by the clock of this process, which is that of the receivers, too.
 */
async function pace({ side, ms, perSecond }) {
  const rooms = sides.get(side);
  const before = received(rooms);
  const taken = [];
  for (const { wires } of rooms)
    for (const wire of wires)
      wire.onMessage = (text) => taken.push(performance.now() - Number(/"body":"at ([\d.]+)/.exec(text)?.[1]));
  const since = performance.now();
  let [sent, expected] = [0, 0];
  const acks = [];
  while (performance.now() - since < ms) {
    const { channelId, wires } = rooms[sent % rooms.length];
    acks.push(wires[sent % wires.length].send(channelId, `at ${performance.now().toFixed(2)} ${BODY}`.slice(0, 100)));
    [sent, expected] = [sent + 1, expected + wires.length];
    const early = since + (sent * 1000) / perSecond - performance.now();
    if (early > 0) await sleep(early);
  }
  const refused = (await Promise.all(acks)).filter((ok) => !ok).length;
  const limit = performance.now() + LATE_MS;
  while (received(rooms) - before < expected && performance.now() < limit) await sleep(1);
  for (const { wires } of rooms) for (const wire of wires) wire.onMessage = null;
  return { taken, lost: Math.abs(expected - (received(rooms) - before)) + refused };
}

/**
 * All of some clients at once: each connects, and with `sync` asks for what it missed in its channel since `rev`. Answers the seconds until
 * the last one is whole, and how many got another number of messages than `behind`.
 */
async function storm({ urls, clients, sync, behind }) {
  const since = performance.now();
  let wrong = 0;
  const wires = await Promise.all(
    clients.map(async ({ auth, channelId, rev }, index) => {
      const wire = new Wire(urls[index % urls.length], auth);
      await wire.ready;
      if (!sync) return wire;
      const ack = await wire.ask('sync', { channels: { [channelId]: rev } });
      if (!ack || (ack.match(/"clientId"/g) ?? []).length !== behind) wrong += 1;
      return wire;
    }),
  );
  const seconds = (performance.now() - since) / 1000;
  for (const wire of wires) wire.close();
  await sleep(300);
  return { seconds, wrong };
}

const received = (rooms) =>
  rooms.reduce((sum, { wires }) => sum + wires.reduce((all, wire) => all + wire.received, 0), 0);

/** Several senders, each waiting for the ack of one message before the next. */
async function keepSending({ channelId, wires }, until, inFlight) {
  let [taken, refused, turn] = [0, 0, 0];
  const sender = async () => {
    while (performance.now() < until) {
      const wire = wires[turn++ % wires.length];
      if (await wire.send(channelId, BODY)) taken += 1;
      else refused += 1;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, sender));
  return { taken, refused };
}

const tasks = { connect, slice, pace, storm };
process.on('message', async ({ task, ...what }) => {
  try {
    process.send({ answer: (await tasks[task](what)) ?? null });
  } catch (error) {
    process.send({ error: error.message });
  }
});
process.on('disconnect', () => process.exit(0));
