import { makeHouse } from './support/house.mjs';
import { startLoad } from './support/load.mjs';
import { makeRooms } from './support/rooms.mjs';
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
  const { ask, end } = startLoad();
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
    end();
    await house.close();
  }
}
