import { DAY } from '../../common/times/clock.js';
import type { ContactFacts } from '../../mentoring/sessions/sessions.reader.js';

/** So long a session counts as one to come of which nobody has said yet whether it was held: coaches say it days later, too. */
const UNSAID_MS = 7 * DAY;

/** How long a fellow has had no session: since when; whether one is to come; and when the last one came to nothing (null: none did). */
export interface Silence {
  since: Date;
  isBooked: boolean;
  lastLostAt: Date | null;
}

type SessionOfOne = Pick<ContactFacts, 'startsAt' | 'status' | 'changedAt'>;

/** From the sessions of one fellow, in any order; `from` is since when it counts for who has had none. Pure. */
export function silenceOf(sessions: readonly SessionOfOne[], from: Date, now: Date): Silence {
  const held = sessions.filter(({ status }) => status === 'held').map(({ startsAt }) => startsAt);
  const lost = sessions.flatMap((session) => lostAt(session) ?? []);
  return {
    since: latest(held) ?? from,
    isBooked: sessions.some(({ status, startsAt }) => status === 'scheduled' && saidBy(startsAt) > now),
    lastLostAt: latest(lost.filter((at) => at <= now)),
  };
}

/** Null for one that was held. What was cancelled or missed changes no more. */
function lostAt({ status, startsAt, changedAt }: SessionOfOne): Date | null {
  if (status === 'held') return null;
  return status === 'scheduled' ? saidBy(startsAt) : changedAt;
}

const saidBy = (startsAt: Date) => new Date(startsAt.getTime() + UNSAID_MS);

const latest = (instants: readonly Date[]): Date | null =>
  instants.reduce<Date | null>((last, at) => (last && last >= at ? last : at), null);
