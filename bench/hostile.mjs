import { makeHouse } from './support/house.mjs';
import { startLoad } from './support/load.mjs';
import { makeRooms } from './support/rooms.mjs';
import { quantile, spread } from './support/statistics.mjs';

const PER_SECOND = 50;
const ROOMS = 4;
const PEOPLE = 30;

/** How long a message takes to its readers while others send names that are arrays, 2 MB, depths of 10,000 and 1,000 events a second. */
export default async function hostile({ services, pairs, ms }) {
  const house = makeHouse(services);
  const [load, foes] = [startLoad(), startLoad('hostile-frames.mjs')];
  try {
    const rooms = await makeRooms(house, ROOMS, PEOPLE);
    const { url } = await house.startApp();
    await load.ask('connect', { side: 'app', urls: [url], rooms });
    const slices = [];
    let [lost, frames, cuts] = [0, 0, 0];
    for (let pair = 0; pair < pairs; pair += 1) {
      const slice = {};
      for (const side of pair % 2 === 0 ? ['calm', 'attacked'] : ['attacked', 'calm']) {
        const paced = load.ask('pace', { side: 'app', ms, perSecond: PER_SECOND });
        const attack = side === 'attacked' ? await foes.ask('attack', { url, rooms, ms }) : { frames: 0, cuts: 0 };
        const answer = await paced;
        [lost, frames, cuts] = [lost + answer.lost, frames + attack.frames, cuts + attack.cuts];
        slice[side] = Object.fromEntries([0.5, 0.99].map((q) => [q, quantile(answer.taken, q)]));
      }
      if (pair > 0) slices.push(slice);
    }
    const beside = (q) => spread(slices.map(({ attacked, calm }) => attacked[q] / calm[q]));
    const of = (side, q) => spread(slices.map((slice) => slice[side][q]));
    const figures = [
      { name: 'p99 beside a calm time', unit: 'x', ...beside(0.99), atMost: 2 },
      { name: 'p50 beside a calm time', unit: 'x', ...beside(0.5) },
      { name: 'p99 while attacked', unit: 'ms', ...of('attacked', 0.99) },
      { name: 'p99 in a calm time', unit: 'ms', ...of('calm', 0.99) },
      { name: 'deliveries lost, doubled or refused', unit: '', mid: lost, atMost: 0 },
    ];
    const notes = [
      `${PER_SECOND} messages/s over ${ROOMS} rooms of ${PEOPLE}; ${frames} hostile frames by four clients, whose lines were cut ${cuts} times.`,
    ];
    return { figures, notes };
  } finally {
    load.end();
    foes.end();
    await house.close();
  }
}
