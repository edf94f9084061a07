import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';

/** A port that is free on the loopback address now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

let guard;
/** Tells the guard (guard.mjs), which outlives us for the few seconds it takes to end what we started. */
function tellGuard(message) {
  if (!guard) {
    guard = spawn(process.execPath, [fileURLToPath(new URL('guard.mjs', import.meta.url))], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    });
    guard.unref();
    guard.stdin.unref?.();
    guard.stdin.on('error', () => {});
  }
  guard.stdin.write(`${JSON.stringify(message)}\n`);
}

/** The folder disappears when this process has ended, however it ended. */
export function removeAtTheEnd(folder) {
  tellGuard({ remove: folder });
}

/** The last lines of a log file, for a message about what went wrong. */
export function lastLines(file, count = 12) {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
  } catch {
    return '';
  }
}

function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // it ended by itself meanwhile
  }
}

/**
 * Starts a program that shall run until `stop()`. It has its own process group, so that a Ctrl-C in the terminal
 * reaches only us and things end in order; it is watched by the guard, so that it never outlives us.
 *
 * @param {{name: string, command: string, args: string[], env?: NodeJS.ProcessEnv, cwd?: string, logFile: string,
 *   stdout?: 'inherit', listens?: boolean}} what `listens`: it takes one message
 * @returns {{pid: number, ended: Promise<{code: number | null, signal: string | null}>, hasEnded: () => boolean,
 *   stop: (limitMs?: number) => Promise<void>, kill: () => Promise<void>, tell: (message: object) => void}} `stop` asks with
 *   SIGTERM and ends it with SIGKILL after the limit; `kill` leaves it no last words
 */
export function run({ name, command, args, env = process.env, cwd, logFile, stdout, listens = false }) {
  const log = openSync(logFile, 'w');
  const stdio = ['ignore', stdout ?? log, log, ...(listens ? ['ipc'] : [])];
  const child = spawn(command, args, { env, cwd, detached: true, stdio });
  closeSync(log);
  let over = false;
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: null, signal: null, error }));
    child.once('exit', (code, signal) => resolve({ code, signal }));
  }).then((how) => {
    over = true;
    if (child.pid) tellGuard({ forget: child.pid });
    return how;
  });
  if (child.pid) tellGuard({ watch: child.pid });
  return {
    name,
    logFile,
    pid: child.pid,
    ended,
    hasEnded: () => over,
    // One that has ended hears nothing: who waits for it learns that from `ended`.
    tell: (message) => child.send(message, () => {}),
    async kill() {
      if (!over) signalGroup(child.pid, 'SIGKILL');
      await ended;
    },
    async stop(limitMs = 8_000) {
      if (over) return;
      signalGroup(child.pid, 'SIGTERM');
      const limit = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), limitMs);
      await ended;
      clearTimeout(limit);
    },
  };
}

/**
 * Starts a server on a free port (or on the one that is named) and waits until `isReady(port)` answers true. When another program took
 * the port in between, it tries again with another.
 *
 * @returns {Promise<ReturnType<typeof run> & {port: number}>}
 * @throws {Error} with the last lines of its log when it ends or does not answer in time
 */
export async function runServer({ args, isReady, readyWithinMs = 30_000, port: named, ...what }) {
  let why = '';
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const port = named ?? (await freePort());
    const server = run({ ...what, args: args(port) });
    const limit = Date.now() + readyWithinMs;
    while (!server.hasEnded() && Date.now() < limit) {
      if (await isReady(port).catch(() => false)) return { ...server, port };
      await sleep(50);
    }
    why = server.hasEnded() ? 'ended at once' : `did not answer within ${readyWithinMs / 1000} s`;
    await server.stop();
    if (!/address already in use|EADDRINUSE/i.test(lastLines(what.logFile, 40))) break;
  }
  throw new Error(`${what.name} ${why}:\n${lastLines(what.logFile)}`);
}

/**
 * Waits for a program that ends by itself.
 *
 * @param {ReturnType<typeof run>} program
 * @throws {Error} with the last lines of its log when it fails
 */
export async function finished({ name, ended, logFile }) {
  const { code, signal, error } = await ended;
  if (code === 0) return;
  const how = error ? error.message : signal ? `was ended by ${signal}` : `failed (${code})`;
  throw new Error(`${name} ${how}:\n${lastLines(logFile, 30)}`);
}
