import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Trouble } from '../services/say.mjs';

/**
 * The note that a running `npm start` leaves in the data folder: who it is, and the environment with which another
 * terminal can reach its database (`npm run cli`, `npm run demo:reset`). It holds the secret: for the owner only.
 */
const note = (dataFolder) => join(dataFolder, 'running.json');

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** A number may belong to a stranger after a restart of the machine: only a `start.mjs` counts. */
function isAStart(pid) {
  if (!isAlive(pid)) return false;
  const cmdline = `/proc/${pid}/cmdline`;
  const command = existsSync(cmdline)
    ? readFileSync(cmdline, 'utf8')
    : spawnSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).stdout;
  return command?.includes('start.mjs') ?? true;
}

function readNote(dataFolder) {
  try {
    return JSON.parse(readFileSync(note(dataFolder), 'utf8'));
  } catch {
    return null;
  }
}

/** The note of the `npm start` that runs from this folder now, or null. */
export function whoRuns(dataFolder) {
  const left = readNote(dataFolder);
  return left && isAStart(left.pid) ? left : null;
}

/**
 * @throws {Trouble} when another `npm start` runs from this folder. When one was killed, its guard is still ending its
 *   database: waits for that.
 */
export async function checkAlone(dataFolder) {
  const other = whoRuns(dataFolder);
  if (other)
    throw new Trouble(
      `Cordée runs from this folder already, at ${other.url} (process ${other.pid}): stop that one first.`,
    );
  const left = readNote(dataFolder);
  const limit = Date.now() + 10_000;
  while (left?.children.some(isAlive) && Date.now() < limit) await sleep(100);
  forget(dataFolder);
}

export function leaveNote(dataFolder, { url, env, children }) {
  const text = JSON.stringify({ pid: process.pid, url, env, children }, null, 2);
  writeFileSync(note(dataFolder), text, { mode: 0o600 });
}

export function forget(dataFolder) {
  rmSync(note(dataFolder), { force: true });
}
