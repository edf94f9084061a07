/**
 * The load generator of the fanout, a process of its own. Told by messages: `connect` opens sockets (spread over the given servers), `slice`
 * keeps some messages in flight in each room for a while, then waits until every one has reached everybody.
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

const tasks = { connect, slice };
process.on('message', async ({ task, ...what }) => {
  try {
    process.send({ answer: (await tasks[task](what)) ?? null });
  } catch (error) {
    process.send({ error: error.message });
  }
});
process.on('disconnect', () => process.exit(0));
