import { setImmediate } from 'node:timers/promises';
import { MAX_AT_ONCE } from './markdown/markdown-bounds.js';

/** Makes something of each, one after the other; whatever else waits has its turn as soon as {@link MAX_AT_ONCE} characters were read. */
export async function inTurns<T, R>(
  items: readonly T[],
  textOf: (item: T) => string,
  make: (item: T) => R | Promise<R>,
): Promise<R[]> {
  const made: R[] = [];
  let read = 0;
  for (const item of items) {
    read += textOf(item).length;
    if (read > MAX_AT_ONCE && made.length > 0) {
      await setImmediate();
      read = textOf(item).length;
    }
    made.push(await make(item));
  }
  return made;
}
