import { setTimeout as sleep } from 'node:timers/promises';
import { residentMb } from './support/cpu.mjs';
import { insideApp, makeHouse } from './support/house.mjs';
import { spread } from './support/statistics.mjs';

const IDLE_MS = 10_000;
const AS_IN_THE_IMAGE = ['--max-semi-space-size=4'];

/** The production process: from its start to its first 200 of `/readyz`, and its memory after ten idle seconds; alone, and as the image starts it. */
export default async function start({ services, quick }) {
  const house = makeHouse(services, { NODE_ENV: 'production', RATE_LIMITS: 'on' });
  try {
    await (await insideApp(house)).close(); // migrates
    const ways = { 'node dist/main.js': [], 'as the image starts it': AS_IN_THE_IMAGE };
    const figures = [];
    for (const [way, flags] of Object.entries(ways)) {
      const { seconds, megabytes } = await measured(house, flags, quick ? 2 : 6);
      figures.push({ name: `ready after, ${way}`, unit: 's', ...spread(seconds), atMost: 3 });
      figures.push({ name: `memory when idle, ${way}`, unit: 'MB', ...spread(megabytes), atMost: 200 });
    }
    return { figures };
  } finally {
    await house.close();
  }
}

/** The first turn is dropped: it warms the caches of the disk. */
async function measured(house, flags, turns) {
  const [seconds, megabytes] = [[], []];
  for (let turn = 0; turn < turns; turn += 1) {
    const app = await house.startApp({}, flags);
    await sleep(IDLE_MS);
    if (turn > 0) seconds.push(app.readyMs / 1000);
    if (turn > 0) megabytes.push(residentMb(app.pid));
    await app.stop();
  }
  return { seconds, megabytes };
}
