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
type WallStretch = readonly [start: number, end: number];

/** An availability prepared for being asked about many days. */
export interface Timetable {
  zone: ZoneOffsets;
  /** By weekday, 1 to 7. */
  weekly: readonly WallStretch[][];
  /** By the day's number; replaces the weekly hours. */
  exceptions: ReadonlyMap<number, WallStretch[]>;
}

/** Reads the wall times of an availability once. */
export function timetableOf(availability: Pick<Availability, 'timeZone' | 'weekly' | 'exceptions'>): Timetable {
  const weekly: WallStretch[][] = Array.from({ length: 8 }, () => []);
  for (const { weekday, start, end } of availability.weekly) weekly[weekday]?.push([minutesOf(start), minutesOf(end)]);
  return {
    zone: ZoneOffsets.of(availability.timeZone),
    weekly,
    exceptions: new Map(
      availability.exceptions.map(({ date, intervals }) => [
        dayNumber(date),
        intervals.map(({ start, end }) => [minutesOf(start), minutesOf(end)] as const),
      ]),
    ),
  };
}

/**
 * The open hours of a day as instants, in time order and without overlap. Hours that the spring night swallows are gone, hours across
 * the autumn night are an hour longer: wall times become instants as RFC 5545 says.
 */
export function openHours(timetable: Timetable, day: number): DayHours[] {
  const wall = timetable.exceptions.get(day) ?? timetable.weekly[weekdayOf(day)] ?? [];
  return instants(timetable, day, wall);
}

/** The weekly hours of a day that an exception took away (it may have opened others). */
export function closedHours(timetable: Timetable, day: number): DayHours[] {
  const instead = timetable.exceptions.get(day);
  if (!instead) return [];
  const open = instants(timetable, day, instead);
  const weekly = instants(timetable, day, timetable.weekly[weekdayOf(day)] ?? []);
  return weekly.flatMap((hours) => without(hours, open));
}

function instants({ zone }: Timetable, day: number, wall: readonly WallStretch[]): DayHours[] {
  const hours: DayHours[] = [];
  let apart = true;
  for (const [start, end] of wall) {
    const [from, to] = [zone.instantOf(day, start), zone.instantOf(day, end)];
    if (from >= to) continue;
    apart &&= from > (hours.at(-1)?.to ?? -Infinity);
    hours.push({ day, from, to });
  }
  // Nearly always they are in order already: nothing to sort or to join.
  return apart ? hours : merged(hours).map((stretch) => ({ day, ...stretch }));
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

/** Stretches in time order with those that touch or overlap made one. Where they are so already, as mostly, they are given back. */
export function merged(stretches: readonly Stretch[]): readonly Stretch[] {
  if (stretches.every((one, at) => at === 0 || one.from > (stretches[at - 1]?.to ?? 0))) return stretches;
  const result: Stretch[] = [];
  for (const { from, to } of [...stretches].sort((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else result.push({ from, to });
  }
  return result;
}

function minutesOf(wallTime: string): number {
  const [hours = 0, minutes = 0] = wallTime.split(':').map(Number);
  return hours * 60 + minutes;
}
