import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findMongo } from './mongo.mjs';
import { removeAtTheEnd } from './processes.mjs';
import { findRedis } from './redis.mjs';

/**
 * A MongoDB and a Redis, both at once.
 *
 * @param {{dataFolder: string, env?: NodeJS.ProcessEnv}} where
 * @returns {Promise<{mongo: object, redis: object, stop: (limitMs?: number) => Promise<void>}>} see
 *   findMongo, findRedis; a server that does not end within the limit is killed
 */
export async function startServices({ dataFolder, env = process.env }) {
  mkdirSync(dataFolder, { recursive: true });
  const results = await Promise.allSettled([findMongo({ dataFolder, env }), findRedis({ dataFolder, env })]);
  const started = results.filter((result) => result.status === 'fulfilled').map((result) => result.value);
  const stop = async (limitMs) => void (await Promise.all(started.map((service) => service.stop(limitMs))));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) {
    await stop();
    throw failed.reason;
  }
  const [mongo, redis] = started;
  return { mongo, redis, stop };
}

/** The same for tests and benches: in a folder that goes with them, the named servers being those of TEST_*. */
export async function startThrowawayServices(env = process.env) {
  const dataFolder = mkdtempSync(join(tmpdir(), 'cordee-test-'));
  removeAtTheEnd(dataFolder);
  const named = { ...env, MONGODB_URI: env.TEST_MONGODB_URI, REDIS_URL: env.TEST_REDIS_URL };
  const services = await startServices({ dataFolder, env: named });
  return {
    ...services,
    async stop() {
      await services.stop();
      rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}
