/** `npm run cli -- admin you@example.org`: the app's command line against the database of the running `npm start`. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { say } from './services/say.mjs';
import { whoRuns } from './start/running.mjs';

const root = join(import.meta.dirname, '..');
const running = whoRuns(join(root, '.cordee'));
if (!running && !process.env.MONGODB_URI) {
  say(
    'Cordée is not running from this folder: `npm start` in another terminal first, or set MONGODB_URI and REDIS_URL.',
  );
  process.exitCode = 1;
} else {
  const args = [join(root, 'dist', 'cli', 'main.js'), ...process.argv.slice(2)];
  const { status } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    env: { LOG_LEVEL: 'warn', ...process.env, ...running?.env },
  });
  process.exitCode = status ?? 1;
}
