/**
 * `npm start`: everything on one port, with what is needed found, fetched, built, migrated and seeded.
 * `--empty`: no demo people. Ends all that it started when it ends.
 */
import { join } from 'node:path';
import { checkInstalled, checkNode, checkPort, checkWritable, hostOf, portOf } from './start/checks.mjs';
import { say, Trouble } from './services/say.mjs';

const root = join(import.meta.dirname, '..');
const dataFolder = join(root, '.cordee');

try {
  checkNode();
  checkInstalled(root);
  checkWritable(dataFolder);
  const port = portOf(process.env);
  const host = hostOf(process.env);
  // Only now: these need the installed packages.
  const { checkAlone } = await import('./start/running.mjs');
  await checkAlone(dataFolder);
  await checkPort(port, host);
  const { start } = await import('./start/house.mjs');
  await start({ root, dataFolder, port, host, empty: process.argv.includes('--empty') });
} catch (error) {
  say(error instanceof Trouble ? error.message : String(error.stack));
  process.exit(1);
}
