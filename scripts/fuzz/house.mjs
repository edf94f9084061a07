import { buildWhatIsStale } from '../build.mjs';
import { startMailCatcher } from '../mail-catcher.mjs';
import { freePort } from '../services/processes.mjs';
import { say, withProgress } from '../services/say.mjs';
import { startThrowawayServices } from '../services/services.mjs';
import { loadApp, runCli } from '../start/app.mjs';

/**
 * The built server with the demo, on a free port of this machine and on servers that go with it. Its limits of tries are off: they would
 * refuse most of what a fuzzer sends, unread. `folder` takes the logs.
 *
 * @param {{root: string, folder: string}} where
 * @returns {Promise<{url: string, hasEnded: () => boolean, stop: () => Promise<void>}>}
 */
export async function startHouse({ root, folder }) {
  const running = [];
  const stop = async () => {
    for (const part of running.splice(0).reverse()) await part.stop();
  };
  try {
    const [services] = await Promise.all([startThrowawayServices(), buildWhatIsStale({ only: 'server' })]);
    running.push(services);
    say(services.mongo.line);
    say(services.redis.line);
    const catcher = await startMailCatcher();
    running.push(catcher);
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const env = {
      NODE_ENV: 'development',
      HOST: '127.0.0.1',
      PORT: String(port),
      PUBLIC_URL: url,
      ROLES: 'web,worker',
      MONGODB_URI: services.mongo.uri,
      REDIS_URL: services.redis.uri,
      JWT_SECRET: 'fuzz'.repeat(12),
      SMTP_URL: catcher.smtpUrl,
      RATE_LIMITS: 'off',
      LOG_LEVEL: 'warn',
    };
    await withProgress('seeding the demo', () => runCli({ root, dataFolder: folder, env, args: ['seed'] }));
    const app = loadApp({ root, dataFolder: folder, port, host: '127.0.0.1' });
    running.push(app);
    await withProgress('starting the app', () => app.begin(env));
    return { url, hasEnded: app.hasEnded, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
