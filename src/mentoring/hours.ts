import { MINUTE } from '../common/clock.js';
import { ZoneOffsets, dayNumber, weekdayOf } from '../common/zone-offsets.js';
import type { Availability } from '../contracts/mentoring.js';

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
  /** By the day's number; replaces the weekly hours. */
  exceptions: ReadonlyMap<number, WallStretch[]>;
  /** First and last days (their numbers) of the times away. */
  away: readonly { first: number; last: number }[];
}

/** Reads the wall times of an availability once. */
export function timetableOf(
  availability: Pick<Availability, 'timeZone' | 'weekly' | 'exceptions' | 'away'>,
): Timetable {
  const weekly: WallStretch[][] = Array.from({ length: 8 }, () => []);
  for (const { weekday, start, end } of availability.weekly) weekly[weekday]?.push(wallOf({ start, end }));
  return {
    zone: ZoneOffsets.of(availability.timeZone),
    weekly,
    exceptions: new Map(availability.exceptions.map(({ date, intervals }) => [dayNumber(date), intervals.map(wallOf)])),
    away: (availability.away ?? []).map(({ from, to }) => ({ first: dayNumber(from), last: dayNumber(to) })),
  };
}

/** The last day away, when a day lies in a time away; else null. Of several, the one that lasts longest. */
export function awayUntil({ away }: Timetable, day: number): number | null {
  let until: number | null = null;
  for (const { first, last } of away) if (first <= day && day <= last) until = Math.max(last, until ?? last);
  return until;
}

/**
 * The open hours of a day as instants, in time order and without overlap. Hours that the spring night swallows are gone, hours across
 * the autumn night are an hour longer: wall times become instants as RFC 5545 says.
 */
export function openHours(timetable: Timetable, day: number): DayHours[] {
  return timetable.away.length > 0 && awayUntil(timetable, day) !== null ? [] : plannedHours(timetable, day);
}

function plannedHours(timetable: Timetable, day: number): DayHours[] {
  const wall = timetable.exceptions.get(day) ?? timetable.weekly[weekdayOf(day)] ?? [];
  return instants(timetable, day, wall);
}

/** The hours of a day that an exception took away (it may have opened others), and all of them where the coach is away. */
export function closedHours(timetable: Timetable, day: number): DayHours[] {
  const excepted = exceptedHours(timetable, day);
  return awayUntil(timetable, day) === null ? excepted : [...plannedHours(timetable, day), ...excepted];
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
 * Stretches in time order with those that touch or overlap made one, which is held as long as any of them. Where they are so already,
 * as mostly, they are given back.
 */
export function merged<T extends Stretch & { held?: number }>(stretches: readonly T[]): readonly T[] {
  if (stretches.every((one, at) => at === 0 || one.from > (stretches[at - 1]?.to ?? 0))) return stretches;
  const result: T[] = [];
  for (const stretch of [...stretches].sort((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (!last || stretch.from > last.to) result.push({ ...stretch });
    else {
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
const minutesOf = (wallTime: string) => Number(wallTime.slice(0, 2)) * 60 + Number(wallTime.slice(3));
