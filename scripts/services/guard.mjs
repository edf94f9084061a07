/**
 * Ends what its parent started when the parent is gone, however it went (even by SIGKILL): the parent holds the
 * other end of our standard input, and the system closes it with the parent. One JSON object a line:
 * `{watch: pid}`, `{forget: pid}` (it ended by itself: its number may be given to a stranger), `{remove: folder}`.
 */
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const SIGKILL_AFTER_MS = 8_000;
const pids = new Set();
const folders = new Set();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});

for await (const line of createInterface({ input: process.stdin })) {
  const { watch, forget, remove } = JSON.parse(line);
  if (watch) pids.add(watch);
  if (forget) pids.delete(forget);
  if (remove) folders.add(remove);
}

/** To the whole process group: all that we start are leaders of their own. */
const send = (pid, signal) => {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
};
const alive = () => [...pids].filter((pid) => send(pid, 0));

for (const pid of pids) send(pid, 'SIGTERM');
const limit = Date.now() + SIGKILL_AFTER_MS;
while (alive().length > 0 && Date.now() < limit) await sleep(50);
for (const pid of alive()) send(pid, 'SIGKILL');
for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
