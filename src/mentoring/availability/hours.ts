import { MINUTE } from '../../common/times/clock.js';
import type { ClosedOn } from '../../cohorts/timeline/closed-days.js';
import { ZoneOffsets, dayNumber, plainDateOf, weekdayOf } from '../../common/times/zone-offsets.js';
import type { ClosedBy } from '../../contracts/cohorts/closed-days.js';
import type { Availability } from '../../contracts/mentoring/mentoring.js';

/** A stretch of time, [from, to), in ms since the epoch. */
export interface Stretch {
  from: number;
  to: number;
}

/** Hours of one calendar day in the coach's zone; `day` counts from 1970-01-01. */
export interface DayHours extends Stretch {
  day: number;
}

/** A stretch of a day on the wall, in minutes from midnight. */
interface WallStretch {
  start: number;
  end: number;
}

/** An availability prepared for being asked about many days. */
export interface Timetable {
  zone: ZoneOffsets;
  /** By weekday, 1 to 7. */
  weekly: readonly WallStretch[][];
  /** The same in ms from midnight, beginnings and ends by turns; null where they are not in order or meet. */
  plain: readonly (readonly number[] | null)[];
  /** By the day's number; replaces the weekly hours. */
  exceptions: ReadonlyMap<number, WallStretch[]>;
  /** First and last days (their numbers) of the times away. */
  away: readonly { first: number; last: number }[];
  closed: ClosedDayNumbers;
}

/** What closes a day, by its number: asked about the same days for many coaches. */
export interface ClosedDayNumbers {
  by: (day: number) => ClosedBy | null;
}

/** What a coach offers in a cohort, on the days on which that is not closed. */
export interface Offer extends Availability {
  closed?: ClosedDayNumbers | undefined;
}

const ALWAYS_OPEN: ClosedDayNumbers = { by: () => null };

/** A calendar of closed days by numbers; each day is looked up once. */
export function numbered(on: ClosedOn): ClosedDayNumbers {
  const known = new Map<number, ClosedBy | null>();
  return {
    by: (day) => {
      const found = known.get(day);
      if (found !== undefined) return found;
      const by = on(plainDateOf(day));
      known.set(day, by);
      return by;
    },
  };
}

/** Reads the wall times of an availability once. */
export function timetableOf(
  availability: Pick<Offer, 'timeZone' | 'weekly' | 'exceptions' | 'away' | 'closed'>,
): Timetable {
  const weekly: WallStretch[][] = [[], [], [], [], [], [], [], []];
  const plain: (number[] | null)[] = [[], [], [], [], [], [], [], []];
  for (const one of availability.weekly) {
    const wall = wallOf(one);
    weekly[one.weekday]?.push(wall);
    plain[one.weekday] = plainWith(plain[one.weekday] ?? null, wall);
  }
  return {
    zone: ZoneOffsets.of(availability.timeZone),
    weekly,
    plain,
    exceptions: new Map(availability.exceptions.map(({ date, intervals }) => [dayNumber(date), intervals.map(wallOf)])),
    away: (availability.away ?? []).map(({ from, to }) => ({ first: dayNumber(from), last: dayNumber(to) })),
    closed: availability.closed ?? ALWAYS_OPEN,
  };
}

/** The last day away, when a day lies in a time away; else null. Of several, the one that lasts longest. */
export function awayUntil({ away }: Timetable, day: number): number | null {
  let until: number | null = null;
  for (const { first, last } of away) if (first <= day && day <= last) until = Math.max(last, until ?? last);
  return until;
}

/** What closes a day, unless the coach said of that day when they are there all the same. */
export const closedBy = ({ closed, exceptions }: Timetable, day: number): ClosedBy | null =>
  exceptions.has(day) ? null : closed.by(day);

/**
 * The open hours of a day as instants, in time order and without overlap. Hours that the spring night swallows are gone, hours across
 * the autumn night are an hour longer: wall times become instants as RFC 5545 says.
 */
export function openHours(timetable: Timetable, day: number): DayHours[] {
  if (timetable.away.length > 0 && awayUntil(timetable, day) !== null) return [];
  return closedBy(timetable, day) ? [] : plannedHours(timetable, day);
}

/**
 * The same for who asks about hundreds of days: beginnings and ends by turns at the front of `into`, which keeps what else is in it. How
 * many numbers they are. Most days are like their weekday and have no change of clock near, so that only midnight is added.
 */
export function openHoursInto(into: number[], timetable: Timetable, day: number): number {
  const plain = timetable.plain[weekdayOf(day)] ?? null;
  const isAsAlways =
    plain !== null &&
    timetable.away.length === 0 &&
    !timetable.exceptions.has(day) &&
    timetable.closed.by(day) === null;
  const midnight = isAsAlways ? timetable.zone.plainMidnightOf(day) : null;
  if (midnight !== null && plain !== null) {
    for (let at = 0; at < plain.length; at += 1) into[at] = midnight + (plain[at] as number);
    return plain.length;
  }
  const hours = openHours(timetable, day);
  hours.forEach(({ from, to }, at) => {
    into[2 * at] = from;
    into[2 * at + 1] = to;
  });
  return 2 * hours.length;
}

/** One stretch more; null where it is none, or does not come after the others. */
function plainWith(plain: number[] | null, { start, end }: WallStretch): number[] | null {
  const last = plain?.at(-1) ?? -1;
  if (plain === null || end <= start || start * MINUTE <= last) return null;
  plain.push(start * MINUTE, end * MINUTE);
  return plain;
}

function plannedHours(timetable: Timetable, day: number): DayHours[] {
  const wall = timetable.exceptions.get(day) ?? timetable.weekly[weekdayOf(day)] ?? [];
  return instants(timetable, day, wall);
}

/** The hours of a day that an exception took away (it may have opened others), and all of them where the coach is away or the cohort is closed. */
export function closedHours(timetable: Timetable, day: number): DayHours[] {
  const excepted = exceptedHours(timetable, day);
  return awayUntil(timetable, day) === null && !closedBy(timetable, day)
    ? excepted
    : [...plannedHours(timetable, day), ...excepted];
}

function exceptedHours(timetable: Timetable, day: number): DayHours[] {
  const instead = timetable.exceptions.get(day);
  if (!instead) return [];
  const open = instants(timetable, day, instead);
  const weekly = instants(timetable, day, timetable.weekly[weekdayOf(day)] ?? []);
  return weekly.flatMap((hours) => without(hours, open));
}

function instants({ zone }: Timetable, day: number, wall: readonly WallStretch[]): DayHours[] {
  const hours: DayHours[] = [];
  const midnight = zone.plainMidnightOf(day);
  let apart = true;
  for (const { start, end } of wall) {
    const from = midnight === null ? zone.instantOf(day, start) : midnight + start * MINUTE;
    const to = midnight === null ? zone.instantOf(day, end) : midnight + end * MINUTE;
    if (from >= to) continue;
    apart &&= from > (hours.at(-1)?.to ?? -Infinity);
    hours.push({ day, from, to });
  }
  // Nearly always they are in order already: nothing to sort or to join.
  return apart ? hours : [...merged(hours)];
}

function without(hours: DayHours, open: readonly Stretch[]): DayHours[] {
  const left: DayHours[] = [];
  let from = hours.from;
  for (const other of open) {
    if (other.from > from && other.from < hours.to) left.push({ day: hours.day, from, to: other.from });
    if (other.from < hours.to) from = Math.max(from, other.to);
  }
  if (from < hours.to) left.push({ day: hours.day, from, to: hours.to });
  return left;
}

/**
 * Stretches in time order with those that touch or overlap made one, which is held as long as any of them, and whose end
 * is told where that of its last one is. Where they are so already, as mostly, they are given back.
 */
export function merged<T extends Stretch & { held?: number; untold?: boolean }>(stretches: readonly T[]): readonly T[] {
  if (stretches.every((one, at) => at === 0 || one.from > (stretches[at - 1]?.to ?? 0))) return stretches;
  const result: T[] = [];
  for (const stretch of [...stretches].sort((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (!last || stretch.from > last.to) result.push({ ...stretch });
    else {
      if (stretch.untold && stretch.to > last.to) last.untold = true;
      else if (last.untold && !stretch.untold && stretch.to >= last.to) last.untold = false;
      last.to = Math.max(last.to, stretch.to);
      if (stretch.held !== undefined) last.held = Math.max(last.held ?? 0, stretch.held);
    }
  }
  return result;
}

const wallOf = ({ start, end }: { start: string; end: string }): WallStretch => ({
  start: minutesOf(start),
  end: minutesOf(end),
});

/** Of `09:30`; hours and minutes have two digits each. */
const minutesOf = (wallTime: string) =>
  digitAt(wallTime, 0) * 600 + digitAt(wallTime, 1) * 60 + digitAt(wallTime, 3) * 10 + digitAt(wallTime, 4);
const digitAt = (text: string, at: number) => text.charCodeAt(at) - 48;
