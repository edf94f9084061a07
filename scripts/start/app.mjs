import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { finished, lastLines, run } from '../services/processes.mjs';
import { Trouble } from '../services/say.mjs';

const READY_WITHIN_MS = 60_000;

/** Runs `dist/cli/main.js` to its end and gives what it printed (unless `stdout` passes it on). */
export async function runCli({ root, dataFolder, env, args, stdout, onStart }) {
  const logFile = join(dataFolder, `${args[0]}.log`);
  const program = [join(root, 'dist', 'cli', 'main.js'), ...args];
  const what = { name: `\`${args.join(' ')}\``, command: process.execPath, args: program, cwd: root, logFile, stdout };
  const running = run({ ...what, env: { LOG_LEVEL: 'warn', ...process.env, ...env } });
  onStart?.(running);
  await finished(running).catch((error) => {
    throw new Trouble(error.message, { cause: error });
  });
  return readFileSync(logFile, 'utf8');
}

/**
 * Loads `dist/main.js` in a process of its own (app-process.mjs). `begin` gives it its environment and resolves when `/readyz` says yes;
 * it rejects when that does not come.
 */
export function loadApp({ root, dataFolder, port, host }) {
  const logFile = join(dataFolder, 'app.log');
  const args = [join(root, 'scripts', 'start', 'app-process.mjs')];
  const env = { ...process.env, NODE_ENV: 'development' };
  const app = run({ name: 'The app', command: process.execPath, args, cwd: root, env, logFile, listens: true });
  const begin = (its) => {
    app.tell(its);
    return waitUntilReady(app, `${urlHost(host)}:${port}`, logFile);
  };
  return { ...app, begin };
}

/** Where one asks what listens on `host`. */
export function urlHost(host) {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

async function waitUntilReady(app, address, logFile) {
  const limit = Date.now() + READY_WITHIN_MS;
  while (!app.hasEnded() && Date.now() < limit) {
    const reply = await fetch(`http://${address}/readyz`, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
    if (reply?.ok) return;
    await sleep(50);
  }
  const what = app.hasEnded() ? 'The app ended while starting' : 'The app is not ready after a minute';
  throw new Trouble(`${what}. The last lines of ${logFile}:\n${lastLines(logFile, 20)}`);
}
