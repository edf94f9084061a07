import ICAL from 'ical.js';
import { DAY } from '../../common/times/clock.js';
import { type IcsZones, UTC, type Wall } from './ics-zones.js';

/** A point of time as a calendar writes it: on a wall (see {@link Wall}), and as the instant it is. */
export interface Point {
  wall: number;
  at: number;
  /** A date without a time. */
  isDate: boolean;
}

/** What an entry lasts: days on the wall, then ms. */
export interface Length {
  days: number;
  ms: number;
}

/** One VEVENT as far as it takes time. */
export interface IcsEntry {
  uid: string;
  start: Point;
  length: Length;
  wall: Wall;
  /** Whether it blocks its time: neither cancelled nor transparent. */
  blocks: boolean;
  /** RRULEs without their end, which is told apart: the last instant at which one may begin. */
  rules: { rule: string; until: number }[];
  also: { start: Point; length: Length }[];
  /** Instants, and days on the wall (their numbers), at which it does not take place. */
  except: { at: ReadonlySet<number>; days: ReadonlySet<number> };
  /** It stands in for the occurrence at this instant; `following`: for that and all after it. */
  instead: { at: number; following: boolean } | null;
}

const NO_LENGTH: Length = { days: 0, ms: 0 };

/** Reads a VEVENT block. Throws when it cannot be understood. */
export function entryOf(block: string, zones: IcsZones): IcsEntry {
  const event = new ICAL.Component(ICAL.parse(block) as unknown[]);
  const startProperty = event.getFirstProperty('dtstart');
  if (!startProperty) throw new Error('an entry without a beginning');
  const begins = timeIn(startProperty.getFirstValue());
  const wall = wallOf(startProperty, begins, zones);
  const start = pointOf(startProperty, begins, zones);
  const length = lengthOf(event, start, zones);
  const instead = event.getFirstProperty('recurrence-id');
  return {
    uid: String(event.getFirstPropertyValue('uid') ?? ''),
    start,
    length,
    wall,
    blocks: word(event, 'status') !== 'CANCELLED' && word(event, 'transp') !== 'TRANSPARENT',
    rules: event.getAllProperties('rrule').map((property) => ruleOf(property, wall)),
    also: event
      .getAllProperties('rdate')
      .flatMap((property) => property.getValues().map((value: unknown) => alsoOf(property, value, length, zones))),
    except: exceptOf(event, zones),
    instead: instead && {
      at: pointOf(instead, timeIn(instead.getFirstValue()), zones).at,
      following: word(instead, 'range') === 'THISANDFUTURE',
    },
  };
}

const word = (of: ICAL.Component | ICAL.Property, name: string) =>
  String((of instanceof ICAL.Property ? of.getParameter(name) : of.getFirstPropertyValue(name)) ?? '').toUpperCase();

function timeIn(value: unknown): ICAL.Time {
  if (value instanceof ICAL.Time) return value;
  throw new Error('a time was expected');
}

/** Days without a time are days of the one whose calendar it is. */
function wallOf(property: ICAL.Property, time: ICAL.Time, zones: IcsZones): Wall {
  if (time.isDate) return zones.own;
  if (time.zone === ICAL.Timezone.utcTimezone) return UTC;
  const zone = property.getParameter('tzid');
  return zones.of(typeof zone === 'string' ? zone : null);
}

function pointOf(property: ICAL.Property, time: ICAL.Time, zones: IcsZones): Point {
  const wall = Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute, time.second);
  if (!Number.isFinite(wall)) throw new Error('a time that is none');
  return { wall, at: wallOf(property, time, zones).instantOf(wall), isDate: time.isDate };
}

/** An end is exact; a duration of days is days on the wall (RFC 5545, sections 3.3.6 and 3.8.5.3). */
function lengthOf(event: ICAL.Component, start: Point, zones: IcsZones): Length {
  const end = event.getFirstProperty('dtend');
  if (end) {
    const point = pointOf(end, timeIn(end.getFirstValue()), zones);
    if (start.isDate) return { days: Math.max(1, Math.round((point.wall - start.wall) / DAY)), ms: 0 };
    return { days: 0, ms: Math.max(0, point.at - start.at) };
  }
  const duration: unknown = event.getFirstPropertyValue('duration');
  if (duration instanceof ICAL.Duration) return durationOf(duration);
  return start.isDate ? { days: 1, ms: 0 } : NO_LENGTH;
}

function durationOf({ isNegative, weeks, days, hours, minutes, seconds }: ICAL.Duration): Length {
  if (isNegative) return NO_LENGTH;
  return { days: weeks * 7 + days, ms: ((hours * 60 + minutes) * 60 + seconds) * 1000 };
}

function ruleOf(property: ICAL.Property, wall: Wall): { rule: string; until: number } {
  const rule: unknown = property.getFirstValue();
  if (!(rule instanceof ICAL.Recur)) throw new Error('a rule was expected');
  const { until } = rule;
  rule.until = null;
  return { rule: rule.toString(), until: until ? untilOf(until, wall) : Infinity };
}

/** A date as the end means all of that day. */
function untilOf(until: ICAL.Time, wall: Wall): number {
  const time = Date.UTC(until.year, until.month - 1, until.day, until.hour, until.minute, until.second);
  if (until.isDate) return wall.instantOf(time + DAY) - 1;
  return until.zone === ICAL.Timezone.utcTimezone ? time : wall.instantOf(time);
}

function alsoOf(property: ICAL.Property, value: unknown, length: Length, zones: IcsZones) {
  if (!(value instanceof ICAL.Period)) return { start: pointOf(property, timeIn(value), zones), length };
  const start = pointOf(property, value.start, zones);
  return { start, length: { days: 0, ms: Math.max(0, pointOf(property, value.getEnd(), zones).at - start.at) } };
}

function exceptOf(event: ICAL.Component, zones: IcsZones): IcsEntry['except'] {
  const points = event
    .getAllProperties('exdate')
    .flatMap((property) => property.getValues().map((value: unknown) => pointOf(property, timeIn(value), zones)));
  return {
    at: new Set(points.filter((point) => !point.isDate).map((point) => point.at)),
    days: new Set(points.filter((point) => point.isDate).map((point) => Math.floor(point.wall / DAY))),
  };
}
