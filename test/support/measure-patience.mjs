import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Worker, isMainThread, parentPort } from 'node:worker_threads';

/** What {@link work} takes on the machine that all waits were chosen on, while nothing else runs: two cores of 2026. */
const REFERENCE_MS = 500;
const MOST = 6;

/** A fixed piece of work of about the kind that tests do: text, objects and hashes. */
function work() {
  let text = 'cordee';
  for (let round = 0; round < 30_000; round += 1) {
    const row = { round, text, list: Array.from({ length: 8 }, (_, index) => `${text}${index}`) };
    text = createHash('sha256')
      .update(JSON.stringify(JSON.parse(JSON.stringify(row))))
      .digest('hex');
  }
}

/**
 * How many times longer than usual tests have to wait on this machine as it is now, from 1 to 6. `PATIENCE` says it outright. Every core
 * works at once, so that a program that keeps one of them busy counts, too.
 *
 * @returns {Promise<number>}
 */
export async function measurePatience(env = process.env) {
  if (env.PATIENCE) return Number(env.PATIENCE);
  const begun = performance.now();
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, worker));
  return Math.min(MOST, Math.max(1, (performance.now() - begun) / REFERENCE_MS));
}

const worker = () =>
  new Promise((resolve, reject) => {
    new Worker(import.meta.filename).once('message', resolve).once('error', reject);
  });

if (!isMainThread && parentPort) {
  work();
  parentPort.postMessage('done');
}
