import type { Cycle } from '../../../../src/contracts/mentoring/cycles';

/** What one step of four is: a session that was held, one that is booked, or none yet. */
export type Step = 'held' | 'booked' | 'free';

/** The four steps of a cycle in their order. */
export const stepsOf = ({ sessions, held, of }: Pick<Cycle, 'sessions' | 'held' | 'of'>): Step[] =>
  Array.from({ length: of }, (_, index) => {
    const session = sessions[index];
    // Who only reads the closing note knows how many were held, not which.
    if (!session) return index < held && sessions.length === 0 ? 'held' : 'free';
    return session.status === 'held' ? 'held' : 'booked';
  });

/** The other one of a cycle; null for who is none of the two. */
export function otherOf({ coach, fellow }: Pick<Cycle, 'coach' | 'fellow'>, myId: string) {
  if (myId === coach.id) return fellow;
  return myId === fellow.id ? coach : null;
}

/** How much time an open cycle has: days, its last day, or none any more (`over`). `today` as `YYYY-MM-DD`. */
export function timeOf(
  { window: { until, daysLeft, begun } }: Pick<Cycle, 'window'>,
  today: string,
): { kind: 'ahead' | 'days' | 'last' | 'over'; days: number } {
  if (today > until) return { kind: 'over', days: 0 };
  if (!begun) return { kind: 'ahead', days: daysLeft };
  return daysLeft === 0 ? { kind: 'last', days: 0 } : { kind: 'days', days: daysLeft };
}
