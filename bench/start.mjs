import { setTimeout as sleep } from 'node:timers/promises';
import { residentMb } from './support/cpu.mjs';
import { insideApp, makeHouse } from './support/house.mjs';
import { spread } from './support/statistics.mjs';

const IDLE_MS = 10_000;
const AS_IN_THE_IMAGE = ['--max-semi-space-size=4'];

/** The production process: from its start, as the image starts it, to its first 200 of `/readyz`, and its memory after ten idle seconds. */
export default async function start({ services, quick }) {
  const house = makeHouse(services, { NODE_ENV: 'production', RATE_LIMITS: 'on' });
  try {
    await (await insideApp(house)).close(); // migrates
    const [seconds, megabytes] = [[], []];
    for (let turn = 0; turn < (quick ? 2 : 6); turn += 1) {
      const app = await house.startApp({}, AS_IN_THE_IMAGE);
      await sleep(IDLE_MS);
      if (turn > 0) seconds.push(app.readyMs / 1000);
      if (turn > 0) megabytes.push(residentMb(app.pid));
      await app.stop();
    }
    return {
      figures: [
        { name: 'ready after', unit: 's', ...spread(seconds), atMost: 3 },
        { name: 'memory when idle', unit: 'MB', ...spread(megabytes), atMost: 200 },
      ],
    };
  } finally {
    await house.close();
  }
}
