import { join, relative } from 'node:path';
import { buildWhatIsStale } from '../build.mjs';
import { startMailCatcher } from '../mail-catcher.mjs';
import { lastLines } from '../services/processes.mjs';
import { say, Trouble, withProgress } from '../services/say.mjs';
import { startServices } from '../services/services.mjs';
import { loadApp, runCli } from './app.mjs';
import { noNote, noteOf, prepareData } from './demo-data.mjs';
import { forget, leaveNote } from './running.mjs';
import { keptSecret } from './secret.mjs';
import { welcome } from './welcome.mjs';

/** Of each part; together they stay under ten seconds. */
const STOP_WITHIN_MS = 4_500;

/**
 * Starts everything, in order, and takes care that it ends in the opposite order: the app first, which still
 * needs its database to finish what it has begun.
 */
export async function start({ root, dataFolder, port, host, empty }) {
  const since = Date.now();
  const house = { running: [], stopping: false };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void close(house, dataFolder, 0));

  try {
    const [services, catcher, app] = await Promise.all([
      startServices({ dataFolder }),
      process.env.SMTP_URL ? null : startMailCatcher({ folder: join(dataFolder, 'mail') }),
      buildWhatIsStale().then(() => loadApp({ root, dataFolder, port, host })),
    ]);
    house.running.push(services, ...(catcher ? [catcher] : []));
    say(services.mongo.line);
    say(services.redis.line);

    const env = environment({ dataFolder, port, host, services, catcher });
    const children = [services.mongo.pid, services.redis.pid].filter(Boolean);
    leaveNote(dataFolder, { url: env.PUBLIC_URL, env, children });
    const onStart = (command) => house.running.push(command);
    const cli = (args, options) => runCli({ root, dataFolder, env, args, onStart, ...options });
    const ours = services.mongo.engine !== 'environment';
    const who = await prepareData({ cli, empty, note: ours ? noteOf(dataFolder) : noNote });

    house.running.push(app);
    leaveNote(dataFolder, { url: env.PUBLIC_URL, env, children: [...children, app.pid] });
    await withProgress('starting the app', () => app.begin(env));
    endWithTheFirst(house, { app, services, dataFolder });
    const seconds = ((Date.now() - since) / 1000).toFixed(1);
    const shown = {
      url: env.PUBLIC_URL,
      host,
      who,
      seconds,
      logFile: relative(process.cwd(), app.logFile),
      caught: catcher,
    };
    console.log(welcome(shown));
  } catch (error) {
    if (house.stopping) return;
    say(error instanceof Trouble ? error.message : String(error.stack));
    await close(house, dataFolder, 1);
  }
}

function environment({ dataFolder, port, host, services, catcher }) {
  return {
    NODE_ENV: 'development',
    HOST: host,
    PORT: String(port),
    PUBLIC_URL: process.env.PUBLIC_URL || `http://localhost:${port}`,
    ROLES: 'web,worker',
    MONGODB_URI: services.mongo.uri,
    REDIS_URL: services.redis.uri,
    JWT_SECRET: process.env.JWT_SECRET || keptSecret(dataFolder),
    SMTP_URL: process.env.SMTP_URL ?? catcher.smtpUrl,
    ...(catcher ? { MAIL_CATCHER_URL: catcher.url } : {}),
  };
}

/** When the app or one of its servers ends by itself, say so and end the rest. */
function endWithTheFirst(house, { app, services, dataFolder }) {
  const parts = [
    ['The app', app, app.logFile],
    ['The database', services.mongo, join(dataFolder, 'mongodb.log')],
    ['Redis', services.redis, join(dataFolder, 'redis.log')],
  ];
  for (const [name, part, log] of parts)
    void part.ended?.then(({ code, signal }) => {
      if (house.stopping) return;
      say(`\n${name} ended by itself (${signal ?? `code ${code}`}). The last lines of ${log}:\n${lastLines(log, 20)}`);
      return close(house, dataFolder, 1);
    });
}

async function close(house, dataFolder, exitCode) {
  if (house.stopping) return;
  house.stopping = true;
  if (exitCode === 0) say('\nStopping ...');
  for (const part of house.running.reverse()) await part.stop(STOP_WITHIN_MS);
  forget(dataFolder);
  if (exitCode === 0) say('Stopped; everything is kept.');
  process.exit(exitCode);
}
