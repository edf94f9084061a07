/**
 * `npm run demo:reset`: the demo as new. While `npm start` runs, it is seeded again in place; else the data folder is
 * cleared, and the next start takes the best database there is and seeds it. Data on a server of yours stay untouched.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { say, Trouble } from './services/say.mjs';
import { runCli } from './start/app.mjs';
import { checkAlone, whoRuns } from './start/running.mjs';

const root = join(import.meta.dirname, '..');
const dataFolder = join(root, '.cordee');

async function reset() {
  if (process.env.MONGODB_URI)
    throw new Trouble(
      'MONGODB_URI names a server of yours, whose data are not touched by this. ' +
        'If you mean it: `node dist/cli/main.js seed --reset`.',
    );
  const running = whoRuns(dataFolder);
  if (running) {
    await runCli({ root, dataFolder, env: running.env, args: ['seed', '--reset'], stdout: 'inherit' });
    return say(`The demo is as new: ${running.url}`);
  }
  if (!existsSync(dataFolder)) return say('There are no data here yet: `npm start` makes them.');
  await checkAlone(dataFolder);
  for (const name of readdirSync(dataFolder))
    if (!['secret', 'cache'].includes(name)) rmSync(join(dataFolder, name), { recursive: true, force: true });
  say('The data are gone; the next `npm start` seeds the demo again.');
}

await reset().catch((error) => {
  say(error instanceof Trouble ? error.message : String(error.stack));
  process.exitCode = 1;
});
