import { Temporal } from 'temporal-polyfill';
import type { SessionStatus } from '../../contracts/mentoring/mentoring.js';
import { CYCLE_OF, type Cycle, type CycleState } from '../../contracts/mentoring/cycles.js';
import type { Role } from '../../contracts/roles.js';
import { dayOf, daysBetween, instantAt, plusDays } from '../../common/times/zoned.js';

/** Days after the month in which a cycle may still be ended as it should be. */
const GRACE_DAYS = 7;

/** What the rules know of a session of a cycle. */
export interface CycleSession {
  id: string;
  startsAt: Date;
  status: SessionStatus;
}

/** What the rules know of a cycle. `timeZone` is the fellow's, as it was at the start. */
export interface CycleBasis {
  startedAt: Date;
  timeZone: string;
}

/** Where a cycle stands by its sessions. Days as `YYYY-MM-DD` in its zone, `until` included; `ends` is the instant after that day. */
export interface Progress<T extends CycleSession> {
  counted: (T & { number: number })[];
  held: number;
  begun: boolean;
  from: string;
  until: string;
  ends: Date;
  lapsesOn: string;
  lapsesAt: Date;
}

/**
 * Counts the sessions of a cycle. The window is a calendar month from the day of the first that was not cancelled, the last day of a
 * shorter month standing for a day it does not have (Temporal's `constrain`); without any, from the day of the start. Of those within
 * it the first four count, in time order: a cancelled one, and one to which nobody came, give their number back. Numbers are not
 * stored: two bookings at once can never get the same. Pure.
 */
export function progressOf<T extends CycleSession>(basis: CycleBasis, sessions: readonly T[]): Progress<T> {
  const { startedAt, timeZone } = basis;
  const standing = sessions
    .filter(({ status }) => status !== 'cancelled')
    .sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime() || (a.id < b.id ? -1 : 1));
  const [first] = standing;
  const from = dayOf(first?.startsAt ?? startedAt, timeZone);
  const until = Temporal.PlainDate.from(from).add({ months: 1 }).toString();
  const ends = instantAt(plusDays(until, 1), '00:00', timeZone);
  const counted = standing
    .filter(({ status, startsAt }) => status !== 'no_show' && startsAt < ends)
    .slice(0, CYCLE_OF)
    .map((session, index) => ({ ...session, number: index + 1 }));
  const lapsesOn = plusDays(until, 1 + GRACE_DAYS);
  return {
    counted,
    held: counted.filter(({ status }) => status === 'held').length,
    begun: first !== undefined,
    ...{ from, until, ends, lapsesOn },
    lapsesAt: instantAt(lapsesOn, '00:00', timeZone),
  };
}

/** Whole days that are left of a window at an instant: 0 on its last day and after it. */
export const daysLeft = (until: string, timeZone: string, now: Date) =>
  Math.max(0, daysBetween(dayOf(now, timeZone), until));

/** Who asks, as the policy sees them. */
export interface Asking {
  userId: string;
  role: Role | 'admin';
  cohortState?: 'running' | 'closed';
}

/** What the policy knows of a cycle. */
export interface CycleSubject {
  coachId: string;
  fellowId: string;
  state: CycleState;
  hasNote: boolean;
  readers: readonly string[];
}

/** How somebody has to do with a cycle; a `reader` is one of its closing note. Null: it does not exist for them. */
export function partIn(asking: Asking, cycle: CycleSubject): 'coach' | 'fellow' | 'staff' | 'reader' | null {
  if (asking.userId === cycle.coachId) return 'coach';
  if (asking.userId === cycle.fellowId) return 'fellow';
  if (asking.role === 'staff') return 'staff';
  return cycle.readers.includes(asking.userId) ? 'reader' : null;
}

/** What somebody may do. The coach writes the closing note once: when four were held, or of a cycle that ended otherwise. */
export function abilities(
  asking: Asking,
  cycle: CycleSubject,
  { counted, held, ends }: Pick<Progress<CycleSession>, 'counted' | 'held' | 'ends'>,
  now: Date,
): Cycle['abilities'] {
  const part = partIn(asking, cycle);
  const isOpen = cycle.state === 'open';
  const isOfThePair = part === 'coach' || part === 'fellow';
  return {
    bookNext: isOpen && isOfThePair && asking.cohortState !== 'closed' && counted.length < CYCLE_OF && now < ends,
    close: isOpen && part !== null && part !== 'reader',
    writeNote: part === 'coach' && !cycle.hasNote && (!isOpen || held === CYCLE_OF),
  };
}
