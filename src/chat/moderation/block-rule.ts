import { type Problem, conflict, forbidden } from '../../common/problem.js';

/** Why somebody may only read a direct conversation: one of two blocked the other, or its people share no cohort any more. */
export type Closed = 'blocked' | 'you_blocked' | 'no_common_cohort';

/** To whom of two people the conversation of both is closed, and why; being blocked counts before having blocked. */
export function closedTo(
  [one, other]: readonly [string, string],
  blocks: readonly { userId: unknown; blockedId: unknown }[],
): Map<string, Closed> {
  const has = (by: string, whom: string) =>
    blocks.some(({ userId, blockedId }) => String(userId) === by && String(blockedId) === whom);
  const closed = new Map<string, Closed>();
  for (const [me, them] of [
    [one, other],
    [other, one],
  ] as const) {
    if (has(them, me)) closed.set(me, 'blocked');
    else if (has(me, them)) closed.set(me, 'you_blocked');
  }
  return closed;
}

/** The refusal, in words that shame nobody. */
export function closedProblem(why: Closed): Problem {
  if (why === 'blocked') return forbidden('blocked', 'This person does not take direct messages from you.');
  return why === 'you_blocked'
    ? conflict('you_blocked', 'You blocked this person. Unblock them to write to them.')
    : conflict('no_common_cohort', 'Its people share no cohort any more: it can be read, not written to.');
}
