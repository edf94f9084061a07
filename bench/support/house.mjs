import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, lastLines, run } from '../../scripts/services/processes.mjs';

const root = join(import.meta.dirname, '..', '..');

/** Reads what was built. */
export const built = (path) => import(join(root, 'dist', path));

/**
 * A database and a Redis prefix of their own for one measurement, and application processes over them. The limits of requests a
 * person are off: a bench is a few people that act like many.
 */
export function makeHouse(services, { smtpUrl = 'smtp://127.0.0.1:9', ...more } = {}) {
  const name = `bench${randomBytes(4).toString('hex')}`;
  const folder = mkdtempSync(join(tmpdir(), 'cordee-bench-'));
  const uri = new URL(services.mongo.uri);
  uri.pathname = `/${name}`;
  const env = {
    NODE_ENV: 'development',
    PORT: '0',
    PUBLIC_URL: 'http://cordee.test',
    MONGODB_URI: uri.href,
    REDIS_URL: services.redis.uri,
    REDIS_PREFIX: name,
    SMTP_URL: smtpUrl,
    JWT_SECRET: 'a secret of benches that is long enough',
    RATE_LIMITS: 'off',
    LOG_LEVEL: 'error',
    FILES_PATH: join(folder, 'files'),
    ...more,
  };
  const processes = [];
  return {
    env,
    folder,
    startApp: async (over, flags) =>
      keep(processes, await startProcess(['dist', 'main.js'], { ...env, ...over }, folder, flags)),
    startBare: async (file, over) =>
      keep(processes, await startProcess(['bench', 'support', file], { ...env, ...over }, folder)),
    close: async () => {
      await Promise.all(processes.map((one) => one.stop()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function keep(list, one) {
  list.push(one);
  return one;
}

/** Starts a server of ours with PORT in its environment; ready when `/readyz` answers 200. */
async function startProcess(path, env, folder, flags = []) {
  const port = await freePort();
  const logFile = join(folder, `${path.at(-1)}-${port}.log`);
  const since = performance.now();
  const program = run({
    name: path.at(-1),
    command: process.execPath,
    args: [...flags, join(root, ...path)],
    env: { PATH: process.env.PATH, ...env, PORT: String(port) },
    cwd: root,
    logFile,
  });
  const url = `http://127.0.0.1:${port}`;
  while (!program.hasEnded() && performance.now() - since < 60_000) {
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.ok) return { ...program, url, readyMs: performance.now() - since };
    await sleep(10);
  }
  await program.stop();
  throw new Error(`${path.join('/')} is not ready:\n${lastLines(logFile, 20)}`);
}

/** The application inside this process, without a port and without working off jobs; closed by who asked for it. */
export async function insideApp(house, over = {}, clock) {
  await import('reflect-metadata');
  const [{ createApp }, { parseConfig }, { SystemClock }] = await Promise.all([
    built('app.js'),
    built('config/config.js'),
    built('common/times/clock.js'),
  ]);
  const config = parseConfig({ ...house.env, ROLES: 'web', ...over });
  const app = await createApp(config, clock ?? new SystemClock());
  await app.init();
  return app;
}
