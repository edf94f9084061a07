import type { Stretch } from './hours.js';

/**
 * A stretch in which somebody is taken. `held` (of a coach's session): until when it keeps the coach, the pause after it included. `untold`: who looks may
 * not know when it ends.
 */
export interface Busy extends Stretch {
  held?: number;
  untold?: boolean;
}

/**
 * Walks along what is in order of its beginning: until when a slot that needs a pause `before` and `after` itself is in its way, 0 when
 * it is not. To be asked in time order.
 */
export function lookAlong(busy: readonly Busy[], before: number, after: number) {
  let at = 0;
  return (from: number, to: number): number => {
    for (; at < busy.length; at += 1) {
      const next = busy[at] as Busy;
      const until = pastOf(next, before);
      if (until > from) return next.from - after < to ? until : 0;
    }
    return 0;
  };
}

/** From when on a stretch is in nobody's way who needs a pause before. */
function pastOf(busy: Busy, before: number): number {
  const until = busy.to + before;
  return busy.held !== undefined && busy.held > until ? busy.held : until;
}

/** What hides a slot: it meets it, or only comes too near; and when that ends, for who may know it. */
export interface InTheWay {
  meets: boolean;
  until: number | undefined;
}

/** What a slot meets goes before what it only comes too near to. */
export const whatTakes = (one: InTheWay | null, other: InTheWay | null) =>
  other?.meets && !one?.meets ? other : (one ?? other);

/** Walks along disjoint stretches in time order: what a slot meets, or comes too near to. The pointer never goes back. */
export function walkAlong(stretches: readonly Busy[], before: number, after: number) {
  let at = 0;
  return (from: number, to: number): InTheWay | null => {
    while (at < stretches.length && pastOf(stretches[at] as Busy, before) <= from) at += 1;
    let near: InTheWay | null = null;
    for (let next = at; next < stretches.length; next += 1) {
      const stretch = stretches[next] as Busy;
      if (stretch.from - after >= to) break;
      if (stretch.from < to && from < stretch.to) return { meets: true, until: endOf(stretch) };
      if (pastOf(stretch, before) > from) near ??= { meets: false, until: endOf(stretch) };
    }
    return near;
  };
}

const endOf = ({ to, untold }: Busy) => (untold ? undefined : to);

/** By beginning; where they are so already, as mostly, they are given back. */
export function inOrder<T extends Stretch>(busy: readonly T[]): readonly T[] {
  for (let at = 1; at < busy.length; at += 1) {
    if ((busy[at] as T).from < (busy[at - 1] as T).from) return [...busy].sort((a, b) => a.from - b.from);
  }
  return busy;
}
