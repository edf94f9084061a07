import { Redis } from 'ioredis';
import { startEngine } from './engine.mjs';
import { redisEngines } from './redis-engines.mjs';
import { Trouble } from './say.mjs';

/**
 * Finds or starts a Redis: `REDIS_URL`, else the first of redis-engines.mjs, on a free loopback port with its data
 * under `dataFolder`. A server that the environment did not name is never touched.
 *
 * @returns {Promise<{uri: string, engine: string, line: string, stop: () => Promise<void>,
 *   kill?: () => Promise<void>, again?: () => Promise<void>}>}
 * @throws {Trouble} with one clear message
 */
export async function findRedis({ dataFolder, env = process.env, isDurable = true }) {
  if (env.REDIS_URL) return theNamedOne(env.REDIS_URL);
  const found = await startEngine({
    kind: 'Redis',
    variable: 'REDIS_URL',
    engines: redisEngines,
    dataFolder,
    env,
    isDurable,
    isReady: (port) => ping(loopback(port), 1_000),
  });
  return { ...found, uri: loopback(found.port) };
}

const loopback = (port) => `redis://127.0.0.1:${port}`;

async function theNamedOne(uri) {
  await ping(uri, 5_000).catch(() => {
    throw new Trouble('REDIS_URL names a server that does not answer.');
  });
  return { uri, engine: 'environment', line: 'Redis: the server that REDIS_URL names.', stop: async () => {} };
}

async function ping(uri, connectTimeout) {
  const redis = new Redis(uri, {
    lazyConnect: true,
    connectTimeout,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  redis.on('error', () => {});
  try {
    await redis.connect();
    return (await redis.ping()) === 'PONG';
  } finally {
    redis.disconnect();
  }
}
