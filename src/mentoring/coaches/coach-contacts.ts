import type { CoachFellow, SessionStatus } from '../../contracts/mentoring/mentoring.js';

/** A session as a contact: with whom, when, and in which week (a number that rises by one each Monday). */
export interface Contact {
  sessionId: string;
  participantIds: readonly string[];
  startsAt: Date;
  status: SessionStatus;
  week: number;
}

export interface FellowContacts {
  last: Date | null;
  next: { sessionId: string; startsAt: Date } | null;
  weeks: CoachFellow['weeks'];
}

const WEEKS_BACK = 7;

/**
 * What a coach and each fellow had together: the last session held, the next one booked, and a strip of weeks: seven up to this one,
 * then the next. `contacts` are in time order.
 */
export function contactsOf(
  fellowIds: readonly string[],
  contacts: readonly Contact[],
  now: Date,
  thisWeek: number,
): Map<string, FellowContacts> {
  const first = thisWeek - WEEKS_BACK + 1;
  const result = new Map<string, FellowContacts>(
    fellowIds.map((id) => [
      id,
      { last: null, next: null, weeks: Array.from({ length: WEEKS_BACK + 1 }, () => 'none' as const) },
    ]),
  );
  for (const { sessionId, participantIds, startsAt, status, week } of contacts) {
    const held = status === 'held';
    const booked = status === 'scheduled' && startsAt > now;
    if (!held && !booked) continue;
    for (const known of participantIds.flatMap((id) => result.get(id) ?? [])) {
      if (held) known.last = startsAt;
      else known.next ??= { sessionId, startsAt };
      const at = week - first;
      if (at >= 0 && at < known.weeks.length && known.weeks[at] !== 'session') {
        known.weeks[at] = held ? 'session' : 'booked';
      }
    }
  }
  return result;
}
