import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { built, insideApp, makeHouse } from './support/house.mjs';
import { aCohort, members, tokenOf } from './support/people.mjs';
import { alternate } from './support/slices.mjs';

const CASES = [
  { people: 100, rooms: 2, processes: 1, atLeast: 0.8 },
  { people: 30, rooms: 4, processes: 1, atLeast: 0.7 },
  { people: 100, rooms: 2, processes: 2, atLeast: 0.65 },
  { people: 30, rooms: 4, processes: 2, atLeast: 0.5 },
];
/** Messages that wait for their ack, over all rooms. */
const IN_FLIGHT = 120;

/** Authorised, persisted messages, acked after the write, to whole rooms; beside a bare socket.io that broadcasts as many bytes. */
export default async function fanout({ services, pairs, ms }) {
  const rows = [];
  for (const one of CASES) rows.push({ ...(await compare(services, one, pairs, ms)), atLeast: one.atLeast });
  const wrong = rows
    .filter((row) => row.lost > 0)
    .map((row) => `${row.name}: ${row.lost} deliveries lost, doubled or refused`);
  return { rows, wrong };
}

async function compare(services, { people, rooms: count, processes }, pairs, ms) {
  const house = makeHouse(services);
  const load = fork(join(import.meta.dirname, 'support', 'fanout-load.mjs'));
  const ask = async (task, what) => {
    load.send({ task, ...what });
    const [{ answer, error }] = await once(load, 'message');
    if (error) throw new Error(`${task}: ${error}`);
    return answer;
  };
  try {
    const rooms = await makeRooms(house, count, people);
    const start = (one) => Promise.all(Array.from({ length: processes }, one));
    const apps = await start(() => house.startApp());
    const bares = await start(() =>
      house.startBare('bare-sockets.mjs', { REDIS_ADAPTER: processes > 1 ? 'on' : 'off' }),
    );
    const urls = (servers) => servers.map((server) => server.url);
    await ask('connect', { side: 'app', urls: urls(apps), rooms });
    const bareRooms = rooms.map(({ channelId, auths }) => ({
      channelId,
      auths: auths.map(() => ({ room: channelId })),
    }));
    await ask('connect', { side: 'bare', urls: urls(bares), rooms: bareRooms });
    const side = (name, servers) => ({
      run: (length) => ask('slice', { side: name, ms: length, inFlight: IN_FLIGHT / count }),
      pids: servers.map((server) => server.pid),
    });
    const result = await alternate({ app: side('app', apps), bare: side('bare', bares), pairs, ms });
    const adapter = processes > 1 ? 'two processes, Redis adapter' : 'one process';
    return { name: `${count} rooms of ${people}, ${adapter}`, unit: 'deliveries/s', ...result };
  } finally {
    load.disconnect();
    await house.close();
  }
}

/** Private channels, each with people of its own. */
async function makeRooms(house, count, people) {
  const app = await insideApp(house);
  try {
    const { ChannelsRepository } = await built('chat/channels.repository.js');
    const { ChannelMembersRepository } = await built('chat/channel-members.repository.js');
    const { Types } = await import('mongoose');
    const cohortId = await aCohort(app);
    const rooms = [];
    for (let room = 0; room < count; room += 1) {
      const ids = await members(app, cohortId, 'fellow', people);
      const now = new Date();
      const key = `private:${new Types.ObjectId()}`;
      const channel = {
        cohortId: new Types.ObjectId(cohortId),
        kind: 'private',
        key,
        name: `room ${room}`,
        nameKey: null,
      };
      await app.get(ChannelsRepository).ensure([{ ...channel, createdAt: now, createdBy: null }]);
      const { _id } = await app.get(ChannelsRepository).byKey(key);
      const rows = ids.map((id) => ({
        channelId: _id,
        cohortId: channel.cohortId,
        userId: new Types.ObjectId(id),
        readSeq: 0,
        joinedAt: now,
      }));
      await app.get(ChannelMembersRepository).add(rows);
      const auths = await Promise.all(ids.map(async (id) => ({ token: await tokenOf(app, id) })));
      rooms.push({ channelId: String(_id), auths });
    }
    return rooms;
  } finally {
    await app.close();
  }
}
