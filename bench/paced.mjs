import { makeHouse } from './support/house.mjs';
import { startLoad } from './support/load.mjs';
import { makeRooms } from './support/rooms.mjs';
import { quantile, spread } from './support/statistics.mjs';

const PER_SECOND = 100;
const ROOMS = 4;
const PEOPLE = 30;

/** How long a message takes from its sender to each reader at an even pace, beside a bare socket.io that only broadcasts. */
export default async function paced({ services, pairs, ms }) {
  const house = makeHouse(services);
  const { ask, end } = startLoad();
  try {
    const rooms = await makeRooms(house, ROOMS, PEOPLE);
    const [app, bare] = [await house.startApp(), await house.startBare('bare-sockets.mjs', { REDIS_ADAPTER: 'off' })];
    const bareRooms = rooms.map(({ channelId, auths }) => ({
      channelId,
      auths: auths.map(() => ({ room: channelId })),
    }));
    await ask('connect', { side: 'app', urls: [app.url], rooms });
    await ask('connect', { side: 'bare', urls: [bare.url], rooms: bareRooms });
    const slices = [];
    let lost = 0;
    for (let pair = 0; pair < pairs; pair += 1) {
      const slice = {};
      for (const side of pair % 2 === 0 ? ['app', 'bare'] : ['bare', 'app']) {
        const answer = await ask('pace', { side, ms, perSecond: PER_SECOND });
        lost += answer.lost;
        slice[side] = { p50: quantile(answer.taken, 0.5), p90: quantile(answer.taken, 0.9) };
      }
      if (pair > 0) slices.push(slice);
    }
    const beside = (q) => spread(slices.map(({ app: ours, bare: theirs }) => ours[q] / theirs[q]));
    const of = (side, q) => spread(slices.map((slice) => slice[side][q]));
    const figures = [
      { name: 'p50 beside bare', unit: 'x', ...beside('p50'), atMost: 2 },
      { name: 'p90 beside bare', unit: 'x', ...beside('p90'), atMost: 2.5 },
      ...['p50', 'p90'].flatMap((q) => [
        { name: `${q} of ours`, unit: 'ms', ...of('app', q) },
        { name: `${q} of bare`, unit: 'ms', ...of('bare', q) },
      ]),
      { name: 'deliveries lost, doubled or refused', unit: '', mid: lost, atMost: 0 },
    ];
    return { figures, notes: [`${PER_SECOND} messages/s over ${ROOMS} rooms of ${PEOPLE}.`] };
  } finally {
    end();
    await house.close();
  }
}
