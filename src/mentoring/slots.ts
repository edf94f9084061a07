import { DAY, HOUR, MINUTE } from '../common/clock.js';
import { weekOf } from '../common/zone-offsets.js';
import type { Availability, HiddenReason } from '../contracts/mentoring.js';
import { type DayHours, type Stretch, closedHours, merged, openHours, timetableOf } from './hours.js';

/** A coach as the rule sees them: what they offer, when they are taken, how full their days and weeks are. */
export interface CoachCalendar {
  coachId: string;
  availability: Availability;
  /** In any order, may overlap. */
  busy: readonly Stretch[];
  /** Sessions by the number of their day in the coach's zone. */
  perDay: ReadonlyMap<number, number>;
  /** Sessions by the number of their ISO week in the coach's zone. */
  perWeek: ReadonlyMap<number, number>;
}

/** With whose eyes and until when one looks. All instants in ms since the epoch. */
export interface Look {
  now: number;
  /** Slots that start in [from, to). */
  from: number;
  to: number;
  /** Another length than the coach's own. */
  minutes?: number | undefined;
  /** When the one who looks is taken. */
  mine: readonly Stretch[];
}

export interface FreeSlot extends Stretch {
  coachId: string;
}

export interface NotOffered extends FreeSlot {
  reason: HiddenReason;
  /** When the meeting that hides it ends. */
  until?: number;
}

interface Hidden {
  reason: HiddenReason;
  until?: number;
}

/**
 * All slots of some coaches in time order (coaches of one instant in the given order), and those not offered with the first reason of:
 * `outside_hours` (an exception took the hours away), `notice`, `horizon`, `busy`, `buffer`, `day_cap`, `week_cap`, `you_are_busy`.
 * Slots follow each other by length plus buffer from the beginning of each stretch of hours; what is past is left out.
 */
export function slotsOf(coaches: readonly CoachCalendar[], look: Look): { free: FreeSlot[]; hidden: NotOffered[] } {
  const free: FreeSlot[] = [];
  const hidden: NotOffered[] = [];
  const mine = merged(look.mine);
  for (const coach of coaches) {
    const { coachId } = coach;
    const judge = judgeOf(coach, look, mine);
    eachSlotOf(coach, look, (day, from, to, closed) => {
      const why = closed ? OUTSIDE : judge(day, from, to);
      if (why) hidden.push({ coachId, from, to, ...why });
      else free.push({ coachId, from, to });
    });
  }
  free.sort((a, b) => a.from - b.from);
  hidden.sort((a, b) => a.from - b.from);
  return { free, hidden };
}

/** Why one cannot book a coach from `from` to `to`, at whatever minute it starts; null when one can. */
export function refusalOf(
  coach: CoachCalendar,
  look: Omit<Look, 'from' | 'to'>,
  from: number,
  to: number,
): Hidden | null {
  const timetable = timetableOf(coach.availability);
  const day = timetable.zone.dayAt(from);
  const fits = openHours(timetable, day).some((hours) => hours.from <= from && to <= hours.to);
  if (!fits) return { reason: 'outside_hours' };
  return judgeOf(coach, { ...look, from, to }, merged(look.mine))(day, from, to);
}

/** The number of the day and of the week in which an instant lies for a coach: the periods of their caps. */
export function periodsOf(availability: Availability, instant: number): { day: number; week: number } {
  const day = timetableOf(availability).zone.dayAt(instant);
  return { day, week: weekOf(day) };
}

const OUTSIDE: Hidden = { reason: 'outside_hours' };

/** Calls `take` with each slot of a coach's hours, in time order within open and closed hours of a day. Runs thousands of times a look. */
function eachSlotOf(
  { availability }: CoachCalendar,
  look: Look,
  take: (day: number, from: number, to: number, closed: boolean) => void,
): void {
  const timetable = timetableOf(availability);
  const length = (look.minutes ?? availability.slotMinutes) * MINUTE;
  const step = length + availability.bufferMinutes * MINUTE;
  const first = Math.max(look.from, look.now);
  const cut = (hours: DayHours, closed: boolean) => {
    for (let from = hours.from; from + length <= hours.to && from < look.to; from += step) {
      if (from >= first) take(hours.day, from, from + length, closed);
    }
  };
  const lastDay = timetable.zone.dayAt(look.to);
  for (let day = timetable.zone.dayAt(first); day <= lastDay; day += 1) {
    for (const hours of openHours(timetable, day)) cut(hours, false);
    for (const hours of closedHours(timetable, day)) cut(hours, true);
  }
}

/** The rule for one coach; to be asked in time order, since it walks along the busy time with a pointer for each side. */
function judgeOf(coach: CoachCalendar, look: Look, mine: readonly Stretch[]) {
  const { availability, perDay, perWeek } = coach;
  const earliest = look.now + availability.minNoticeHours * HOUR;
  const latest = look.now + availability.horizonDays * DAY;
  const coachIsBusy = walkAlong(merged(coach.busy), availability.bufferMinutes * MINUTE);
  const iAmBusy = walkAlong(mine, 0);
  return (day: number, from: number, to: number): Hidden | null => {
    if (from < earliest) return { reason: 'notice' };
    if (from >= latest) return { reason: 'horizon' };
    const taken = coachIsBusy(from, to);
    if (taken) return { reason: taken.meets ? 'busy' : 'buffer', until: taken.until };
    if ((perDay.get(day) ?? 0) >= availability.maxPerDay) return { reason: 'day_cap' };
    if ((perWeek.get(weekOf(day)) ?? 0) >= availability.maxPerWeek) return { reason: 'week_cap' };
    const me = iAmBusy(from, to);
    return me ? { reason: 'you_are_busy', until: me.until } : null;
  };
}

/** Walks along disjoint stretches in time order: what a slot meets, or comes nearer to than `buffer`. The pointer never goes back. */
function walkAlong(stretches: readonly Stretch[], buffer: number) {
  let at = 0;
  return (from: number, to: number): { meets: boolean; until: number } | null => {
    while (at < stretches.length && (stretches[at]?.to ?? 0) + buffer <= from) at += 1;
    let near: { meets: boolean; until: number } | null = null;
    for (let next = at; next < stretches.length; next += 1) {
      const stretch = stretches[next];
      if (!stretch || stretch.from - buffer >= to) break;
      if (stretch.from < to && from < stretch.to) return { meets: true, until: stretch.to };
      near ??= { meets: false, until: stretch.to };
    }
    return near;
  };
}
