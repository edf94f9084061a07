import { setTimeout as sleep } from 'node:timers/promises';
import { WAIT_MS } from './patience.js';

const FIRST_MS = 10;
const MAX_MS = 50;

/**
 * Tries until it does not throw; then returns what it returned. Throws the last error, marked as late, after `withinMs`. What takes long is asked less often:
 * each try costs the process, in which the application works, the words about what is not so yet.
 */
export async function eventually<T>(check: () => T | Promise<T>, withinMs = WAIT_MS): Promise<T> {
  const end = Date.now() + withinMs;
  for (let pause = FIRST_MS; ; pause = Math.min(1.3 * pause, MAX_MS)) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw late(error, withinMs);
      await sleep(pause);
    }
  }
}

/** The same error, and the word by which a run of tests (scripts/count-reporter.mjs) tells a wait that ran out from a value that is wrong. */
function late(error: unknown, afterMs: number): Error {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  const text = `Late: not so after ${afterMs / 1000} s.`;
  return Object.assign(new Error(`${text}\n${message}`, { cause: error }), { stack: `${text}\n${stack ?? message}` });
}
