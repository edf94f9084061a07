import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findMongo } from './mongo.mjs';
import { removeAtTheEnd } from './processes.mjs';
import { findRedis } from './redis.mjs';
import { Trouble } from './say.mjs';

/**
 * A MongoDB and a Redis, both at once.
 *
 * @param {{dataFolder: string, env?: NodeJS.ProcessEnv, isDurable?: boolean}} where `isDurable`: what was acknowledged outlives
 *   a server that is killed; it is true unless said otherwise
 * @returns {Promise<{mongo: Awaited<ReturnType<typeof findMongo>>, redis: Awaited<ReturnType<typeof findRedis>>,
 *   stop: (limitMs?: number) => Promise<void>}>} see
 *   findMongo, findRedis; a server that does not end within the limit is killed
 */
export async function startServices({ dataFolder, env = process.env, isDurable = true }) {
  mkdirSync(dataFolder, { recursive: true });
  const results = await Promise.allSettled([
    findMongo({ dataFolder, env, isDurable }),
    findRedis({ dataFolder, env, isDurable }),
  ]);
  const started = results.filter((result) => result.status === 'fulfilled').map((result) => result.value);
  const stop = async (limitMs) => void (await Promise.all(started.map((service) => service.stop(limitMs))));
  const failures = results.filter((result) => result.status === 'rejected').map((result) => result.reason);
  if (failures.length > 0) {
    await stop();
    throw failures.length === 1 ? failures[0] : bothOf(failures);
  }
  const [mongo, redis] = started;
  return { mongo, redis, stop };
}

/** Both at once, so that a person does not hear of the second one only after the first is put right. */
function bothOf(failures) {
  const unexpected = failures.find((error) => !(error instanceof Trouble));
  return unexpected ?? new Trouble(failures.map((error) => error.message).join('\n\n'), { cause: failures });
}

/**
 * The same for tests and benches: in a folder that goes with them, the named servers being those of TEST_*. Tests that kill no server
 * do without durability: then no write waits for the disk, which is the slowest part of many a machine.
 */
export async function startThrowawayServices(env = process.env, { isDurable = true } = {}) {
  const dataFolder = mkdtempSync(join(tmpdir(), 'cordee-test-'));
  removeAtTheEnd(dataFolder);
  const named = { ...env, MONGODB_URI: env.TEST_MONGODB_URI, REDIS_URL: env.TEST_REDIS_URL };
  const services = await startServices({ dataFolder, env: named, isDurable });
  return {
    ...services,
    async stop() {
      await services.stop();
      rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}
