import { type Closed, closedTo } from '../moderation/block-rule.js';

/**
 * Whether these people are roped together by the cohorts that they belong to now, running or closed: each shares one with another, and all
 * of them hang together. `cohortsOf` says by person where they belong.
 */
export function isConnected(people: readonly string[], cohortsOf: ReadonlyMap<string, readonly string[]>): boolean {
  const [first, ...others] = people;
  const reached = new Set(first === undefined ? [] : cohortsOf.get(first));
  let waiting = others;
  for (;;) {
    const still = waiting.filter((person) => !(cohortsOf.get(person) ?? []).some((one) => reached.has(one)));
    if (still.length === 0) return true;
    if (still.length === waiting.length) return false;
    for (const person of waiting) {
      if (!still.includes(person)) for (const cohortId of cohortsOf.get(person) ?? []) reached.add(cohortId);
    }
    waiting = still;
  }
}

/**
 * To whom of its people a direct conversation can only be read, and why. Where they belong together no more it is closed to all of them,
 * also of several: who stays would else write, without thinking of it, to somebody who was excluded. Of two, one may have blocked the other.
 */
export function closedConversation(
  people: readonly string[],
  blocks: readonly { userId: unknown; blockedId: unknown }[],
  cohortsOf: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, Closed> {
  if (!isConnected(people, cohortsOf)) return new Map(people.map((person) => [person, 'no_common_cohort']));
  const [one, other, ...more] = people;
  return one !== undefined && other !== undefined && more.length === 0
    ? closedTo([one, other], blocks)
    : new Map<string, Closed>();
}
