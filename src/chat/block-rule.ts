import { type Problem, conflict, forbidden } from '../common/problem.js';

/** Why somebody may not write to the other one of a conversation of two. */
export type Closed = 'blocked' | 'you_blocked';

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
export const closedProblem = (why: Closed): Problem =>
  why === 'blocked'
    ? forbidden('blocked', 'This person does not take direct messages from you.')
    : conflict('you_blocked', 'You blocked this person. Unblock them to write to them.');
