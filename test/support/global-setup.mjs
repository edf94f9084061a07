import { startThrowawayServices } from '../../scripts/services/services.mjs';
import { measurePatience } from './measure-patience.mjs';

/**
 * Before the first test against real parts: how patient tests are, and a MongoDB and a Redis, found as `npm start` finds them, unless the
 * environment already names both (`scripts/test.mjs` starts one pair for all layers).
 */
export default async function globalSetup() {
  process.env.TEST_PATIENCE = String(await measurePatience());
  if (process.env.TEST_MONGODB_URI && process.env.TEST_REDIS_URL) return;
  const services = await startThrowawayServices(process.env, { isDurable: false });
  process.env.TEST_MONGODB_URI = services.mongo.uri;
  process.env.TEST_REDIS_URL = services.redis.uri;
  process.env.TEST_MONGODB_ENGINE = services.mongo.engine;
  globalThis.servicesOfTheTests = services;
}
