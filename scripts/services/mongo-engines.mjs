import { execFile } from 'node:child_process';
import { lookup } from 'node:dns/promises';
import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { isProgram, onPath } from './folders.mjs';
import { findPython, pipInstall } from './python.mjs';
import { withProgress } from './say.mjs';

/**
 * The ways to a MongoDB, best first. Each: `here(env, cache)`, the program if it is on this machine; `fetch(env,
 * cache)`, the same after fetching it once; `args(port, folder, isDurable)`. `replicaSet`: must be made one by us.
 */
const execute = promisify(execFile);
const aDay = 24 * 60 * 60 * 1000;
const secantusVersion = '0.7.0b3';

const mongodArgs = (port, folder) => [
  ...['--replSet', 'cordee', '--bind_ip', '127.0.0.1', '--port', String(port), '--dbpath', folder],
  ...['--wiredTigerCacheSizeGB', '1', '--nounixsocket'],
];

export const mongod = {
  name: 'mongod',
  title: 'mongod',
  how: 'install MongoDB 8 so that `mongod` is on PATH',
  replicaSet: true,
  here(env) {
    const command = onPath(['mongod'], env);
    return command && { command };
  },
  args: mongodArgs,
};

export const secantusRust = {
  name: 'secantusd-rs',
  title: 'secantusd-rs',
  how: '`npm run db:build` (needs cargo, cmake and libclang; about 5 minutes, once)',
  here(env, cache) {
    const inCache = ['bin', join('secantus', 'bin')].map((folder) => join(cache, folder, 'secantusd-rs'));
    const command = onPath(['secantusd-rs'], env) ?? inCache.find(isProgram);
    return command && { command };
  },
  args: (port, folder, isDurable) => [
    ...['--host', '127.0.0.1', '--port', String(port), '--storage-path', folder],
    ...['--log-level', 'WARNING', '--cache-size', '1G', ...(isDurable ? ['--sync-on-commit'] : [])],
  ],
};

const fetcher = fileURLToPath(new URL('fetch-mongod.mjs', import.meta.url));

export const downloadedMongod = {
  name: 'mongod-downloaded',
  title: 'a mongod downloaded once',
  how: 'a connection to the internet, for one download of mongod 8 (about 80 MB)',
  replicaSet: true,
  here(env, cache) {
    const command = join(cache, 'mongod', 'mongod');
    return isProgram(command) && { command };
  },
  async fetch(env, cache) {
    const refusal = join(cache, 'mongod-out-of-reach');
    if (existsSync(refusal) && Date.now() - statSync(refusal).mtimeMs < aDay)
      throw new Error(`the download was out of reach less than a day ago; delete ${refusal} to try again`);
    const no = (why) => {
      mkdirSync(cache, { recursive: true });
      writeFileSync(refusal, why);
      return new Error(why);
    };
    const { stdout } = await execute(process.execPath, [fetcher, 'host'], { timeout: 10_000 }).catch((error) => {
      throw new Error(/Cannot find package/.test(String(error.stderr)) ? 'not installed here' : 'not known here');
    });
    await within(1_500, lookup(stdout.trim())).catch(() => {
      throw no('the download server cannot be reached from here');
    });
    const folder = join(cache, 'mongod');
    await withProgress('downloading mongod, once', () =>
      execute(process.execPath, [fetcher, 'download', folder], { timeout: 600_000 }),
    ).catch((error) => {
      rmSync(folder, { recursive: true, force: true });
      throw no(error.killed ? 'the download took too long' : 'the download failed');
    });
    return this.here(env, cache) || null;
  },
  args: mongodArgs,
};

const pythonFolder = (cache, python) => join(cache, `secantus-py-${secantusVersion}-${python.tag}`);

export const secantusPython = {
  name: 'secantusd-py',
  title: 'SecantusDB on Python',
  how: 'install Python 3.10 to 3.13 with pip (`apt-get install python3 python3-pip`)',
  async here(env, cache) {
    const python = await findPython(env);
    if (!python || !existsSync(pythonFolder(cache, python))) return null;
    return { command: python.command, env: { PYTHONPATH: pythonFolder(cache, python) } };
  },
  async fetch(env, cache) {
    const python = await findPython(env);
    if (!python) throw new Error('no Python 3.10 to 3.13 on PATH');
    await withProgress('fetching SecantusDB for Python, once', () =>
      pipInstall(python, pythonFolder(cache, python), [`SecantusDB==${secantusVersion}`]),
    );
    return this.here(env, cache);
  },
  args: (port, folder) => [
    ...['-m', 'secantus', '--host', '127.0.0.1', '--port', String(port), '--storage-path', folder],
    ...['--log-level', 'WARNING'],
  ],
};

export const mongoEngines = [mongod, secantusRust, downloadedMongod, secantusPython];

function within(ms, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('too slow')), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
