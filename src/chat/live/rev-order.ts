/** What goes out now, what waits for a change that comes before it, and the change up to which all went out. */
export interface InOrder<T> {
  out: T[];
  held: T[];
  last: number;
}

/**
 * Brings changes of a channel, that come from several processes, into the order of their revs: out goes what follows on `last` without a
 * gap, the rest is held. What is out already and what came twice is dropped. `last` is null while nothing went out: then all goes.
 */
export function inRevOrder<T extends { rev: number }>(last: number | null, waiting: readonly T[]): InOrder<T> {
  const sorted = [...waiting].sort((a, b) => a.rev - b.rev);
  let at = last ?? (sorted[0]?.rev ?? 1) - 1;
  const out: T[] = [];
  const held: T[] = [];
  for (const one of sorted) {
    if (one.rev === at + 1 || (last === null && one.rev > at)) {
      out.push(one);
      at = one.rev;
    } else if (one.rev > at && held.at(-1)?.rev !== one.rev) held.push(one);
  }
  return { out, held, last: at };
}
