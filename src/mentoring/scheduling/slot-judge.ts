import { DAY, HOUR, MINUTE } from '../../common/times/clock.js';
import { weekOf } from '../../common/times/zone-offsets.js';
import { type Busy, type InTheWay, walkAlong, whatTakes } from '../availability/busy-walks.js';
import { type Offer, type Timetable, awayUntil, closedBy, merged, timetableOf } from '../availability/hours.js';
import { pausesOf } from '../availability/pauses.js';
import type { CoachCalendar, NotOffered, SlotQuery } from './slots.js';

/** Why a slot is not offered. */
export type Hidden = Pick<NotOffered, 'reason' | 'until' | 'awayUntil' | 'closed'>;

/** Why nothing is offered outside the hours of a day. */
export function outside(timetable: Timetable, day: number): Hidden {
  const until = awayUntil(timetable, day);
  const closed = until === null ? closedBy(timetable, day) : null;
  if (closed) return { reason: 'closed_day', closed };
  return { reason: 'outside_hours', ...(until !== null && { awayUntil: until }) };
}

/** How the hours of a coach are cut into slots. */
export function rasterOf(availability: Offer, query: SlotQuery) {
  const length = (query.minutes ?? availability.slotMinutes) * MINUTE;
  return { length, step: length + pausesOf(availability).between, timetable: timetableOf(availability) };
}

/** The rule for one coach; to be asked in time order, since it walks along the busy time with a pointer for each side. */
export function judgeOf(coach: CoachCalendar, query: Omit<SlotQuery, 'from' | 'to'>, mine: readonly Busy[]) {
  const { availability, perDay, perWeek } = coach;
  const earliest = query.now + availability.minNoticeHours * HOUR;
  const latest = query.now + availability.horizonDays * DAY;
  const { before, after, between } = pausesOf(availability);
  const inSession = walkAlong(merged(coach.busy), between, between);
  const isElsewhere = walkAlong(merged(coach.elsewhere), before, after);
  const iAmBusy = walkAlong(mine, 0, 0);
  return (day: number, from: number, to: number): Hidden | null => {
    if (from < earliest) return { reason: 'notice' };
    if (from >= latest) return { reason: 'horizon' };
    const taken = whatTakes(inSession(from, to), isElsewhere(from, to));
    if (taken) return { reason: taken.meets ? 'busy' : 'buffer', ...untilOf(taken) };
    if ((perDay.get(day) ?? 0) >= availability.maxPerDay) return { reason: 'day_cap' };
    if ((perWeek.get(weekOf(day)) ?? 0) >= availability.maxPerWeek) return { reason: 'week_cap' };
    const me = iAmBusy(from, to);
    return me ? { reason: 'you_are_busy', ...untilOf(me) } : null;
  };
}

const untilOf = ({ until }: InTheWay) => (until === undefined ? {} : { until });
