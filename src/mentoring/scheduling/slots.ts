import { DAY, HOUR } from '../../common/times/clock.js';
import { weekOf } from '../../common/times/zone-offsets.js';
import type { ClosedBy } from '../../contracts/cohorts/closed-days.js';
import type { HiddenReason } from '../../contracts/mentoring/mentoring.js';
import { type Busy, inOrder, lookAlong } from '../availability/busy-walks.js';
import { type Offer, type Stretch, merged, openHours, openHoursInto, timetableOf } from '../availability/hours.js';
import { pausesOf } from '../availability/pauses.js';
import { type Hidden, judgeOf, outside, rasterOf } from './slot-judge.js';
import { type ExplainedSlots, explainedSlotsOf } from './slots-explained.js';

/** A coach as the rule sees them: what they offer, when they are taken, how full their days and weeks are. */
export interface CoachCalendar {
  coachId: string;
  availability: Offer;
  /** Sessions with them, by beginning; may overlap. */
  busy: readonly Busy[];
  /** What else takes them: workshops, the coaching they get themselves, what stands in their calendars elsewhere. The same. */
  elsewhere: readonly Busy[];
  /** Sessions by the number of their day in the coach's zone. */
  perDay: ReadonlyMap<number, number>;
  /** Sessions by the number of their ISO week in the coach's zone. */
  perWeek: ReadonlyMap<number, number>;
}

/** With whose eyes and until when one looks. All instants in ms since the epoch. */
export interface SlotQuery {
  now: number;
  /** Slots that start in [from, to). */
  from: number;
  to: number;
  /** Another length than the coach's own. */
  minutes?: number | undefined;
  /** When those who would come are taken. */
  mine: readonly Busy[];
  /** Whether slots that are not offered are wanted, too: looking for free ones alone jumps over the rest. */
  explain?: boolean;
}

export interface FreeSlot extends Stretch {
  coachId: string;
}

export interface NotOffered extends FreeSlot {
  reason: HiddenReason;
  /** When the meeting that hides it ends, for who may know it. */
  until?: number;
  /** The number of the last day away, where the coach is. */
  awayUntil?: number;
  /** What closes its day, where that is the reason. */
  closed?: ClosedBy;
}

/**
 * The free slots of some coaches in time order (coaches of one instant in the given order), and, where `explain` asks for them, those
 * not offered with the first reason of: `outside_hours` (an exception took the hours away, or the coach is away), `closed_day`, `notice`, `horizon`, `busy`, `buffer`,
 * `day_cap`, `week_cap`, `you_are_busy`. Slots follow each other by length plus pause from the beginning of each stretch of hours;
 * what is past is left out. Of those not offered, the next ones ({@link MAX_EXPLAINED}).
 */
export function slotsOf(coaches: readonly CoachCalendar[], query: SlotQuery): ExplainedSlots {
  if (query.explain) return explainedSlotsOf(coaches, query, (rest) => slotsOf(coaches, rest).free);
  const mine = inOrder(query.mine);
  return {
    free: inTimeOrder(coaches.map((coach) => freeSlotsOf(coach, query, mine))),
    hidden: [],
    explainedUntil: null,
  };
}

/** Why one cannot book a coach from `from` to `to`, at whatever minute it starts; null when one can. */
export function refusalOf(
  coach: CoachCalendar,
  query: Omit<SlotQuery, 'from' | 'to'>,
  from: number,
  to: number,
): Hidden | null {
  return refusalsOf(coach, query)(from, to);
}

/** The same for many times, to be asked in time order. */
export function refusalsOf(coach: CoachCalendar, query: Omit<SlotQuery, 'from' | 'to'>) {
  const timetable = timetableOf(coach.availability);
  const judge = judgeOf(coach, query, merged(query.mine));
  return (from: number, to: number): Hidden | null => {
    const day = timetable.zone.dayAt(from);
    const fits = openHours(timetable, day).some((hours) => hours.from <= from && to <= hours.to);
    if (fits) return judge(day, from, to);
    const { awayUntil: _, ...why } = outside(timetable, day);
    return why;
  };
}

/** The number of the day and of the week in which an instant lies for a coach: the periods of their caps. */
export function periodsOf(availability: Offer, instant: number): { day: number; week: number } {
  const day = timetableOf(availability).zone.dayAt(instant);
  return { day, week: weekOf(day) };
}

/** The free slots of one coach. Runs for thousands of slots a query, so it jumps to the end of what is in the way. */
function freeSlotsOf(coach: CoachCalendar, query: SlotQuery, mine: readonly Busy[]): FreeSlot[] {
  const { coachId, availability } = coach;
  const { length, step, timetable } = rasterOf(availability, query);
  const first = Math.max(query.from, query.now + availability.minNoticeHours * HOUR);
  const end = Math.min(query.to, query.now + availability.horizonDays * DAY);
  const free: FreeSlot[] = [];
  if (first >= end) return free;
  const isFull = fullDaysOf(coach);
  const until = takenUntil(coach, mine);
  const hours: number[] = [];
  const lastDay = timetable.zone.dayAt(end);
  for (let day = timetable.zone.dayAt(first); day <= lastDay; day += 1) {
    if (isFull(day)) continue;
    const count = openHoursInto(hours, timetable, day);
    for (let at = 0; at < count; at += 2) {
      let from = hours[at] as number;
      const last = (hours[at + 1] as number) - length;
      while (from <= last && from < end) {
        const next = from < first ? first : until(from, from + length);
        if (next <= from) free.push({ coachId, from, to: from + length });
        from += step;
        // Mostly what is in the way ends before the next slot: only over longer ones it jumps.
        if (next > from) from += step * Math.ceil((next - from) / step);
      }
    }
  }
  return free;
}

/** Until when something is in the way of a slot, 0 or before it where nothing is; to be asked in time order. */
function takenUntil({ availability, busy, elsewhere }: CoachCalendar, mine: readonly Busy[]) {
  const { before, after, between } = pausesOf(availability);
  const inSession = lookAlong(busy, between, between);
  if (elsewhere.length === 0 && mine.length === 0) return inSession;
  const isElsewhere = lookAlong(elsewhere, before, after);
  const iAmBusy = lookAlong(mine, 0, 0);
  return (from: number, to: number) => Math.max(inSession(from, to), isElsewhere(from, to), iAmBusy(from, to));
}

/** Whether a day is as full as the coach's caps allow. Days and weeks that are so are few, if any: most looks have nothing to ask. */
function fullDaysOf({ availability, perDay, perWeek }: CoachCalendar): (day: number) => boolean {
  const days = fullOnes(perDay, availability.maxPerDay);
  const weeks = fullOnes(perWeek, availability.maxPerWeek);
  if (days.size === 0 && weeks.size === 0) return () => false;
  return (day) => days.has(day) || weeks.has(weekOf(day));
}

function fullOnes(counts: ReadonlyMap<number, number>, most: number): ReadonlySet<number> {
  const full = new Set<number>();
  for (const [period, count] of counts) if (count >= most) full.add(period);
  return full;
}

/** Lists that are in time order as one list in time order; of one instant, in the order of the lists. */
function inTimeOrder(lists: readonly FreeSlot[][]): FreeSlot[] {
  if (lists.length <= 1) return lists[0] ?? [];
  const [left, right] = [inTimeOrder(lists.slice(0, lists.length / 2)), inTimeOrder(lists.slice(lists.length / 2))];
  const all = new Array<FreeSlot>(left.length + right.length);
  for (let at = 0, l = 0, r = 0; at < all.length; at += 1) {
    const one = left[l] as FreeSlot;
    const other = right[r] as FreeSlot;
    const isLeft = r === right.length || (l < left.length && one.from <= other.from);
    all[at] = isLeft ? one : other;
    if (isLeft) l += 1;
    else r += 1;
  }
  return all;
}
