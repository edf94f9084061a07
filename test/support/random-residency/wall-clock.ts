/**
 * What clocks on the wall show, asked of the platform's time zones by trying instants one after the other: slow and simple, and nothing
 * of it is shared with the code under test.
 */

const STEP_MS = 5 * 60_000;
const DAY_MS = 86_400_000;
/** No zone is farther from UTC. */
const FARTHEST_MS = 15 * 3_600_000;

/** A wall clock: plain day, `09:00`, and the weekday from Monday (1) to Sunday (7). */
export interface Wall {
  day: string;
  time: string;
  weekday: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();
const known = new Map<string, unknown>();

export function wallAt(instant: Date, zone: string): Wall {
  return once(`wall ${zone} ${instant.getTime()}`, () => {
    const [day, time] = formatOf(zone).format(instant).split(' ') as [string, string];
    return { day, time, weekday: new Date(`${day}T00:00:00Z`).getUTCDay() || 7 };
  });
}

/** The first instant at which the wall shows it; where the spring night skips it, an hour later on the wall. */
export function instantOn(day: string, time: string, zone: string): Date {
  return once(`instant ${zone} ${day} ${time}`, () => {
    const wanted = Date.parse(`${day}T${time}:00Z`);
    for (const skipped of [0, 3_600_000]) {
      const shown = new Date(wanted + skipped).toISOString();
      for (let at = wanted - FARTHEST_MS; at <= wanted + FARTHEST_MS; at += STEP_MS) {
        const wall = wallAt(new Date(at), zone);
        if (wall.time === shown.slice(11, 16) && wall.day === shown.slice(0, 10)) return new Date(at);
      }
    }
    throw new RangeError(`no clock in ${zone} shows ${day} ${time}`);
  });
}

export const plusDays = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** The days from 1 January 1970 on. */
export const dayNumber = (day: string) => Date.parse(`${day}T00:00:00Z`) / DAY_MS;

/** The first instant from one on, in steps of five minutes, at which something holds. */
export function firstFrom(from: Date, holds: (at: Date) => boolean): Date {
  for (let at = from.getTime(); at < from.getTime() + 40 * DAY_MS; at += STEP_MS) {
    if (holds(new Date(at))) return new Date(at);
  }
  throw new RangeError(`not within 40 days from ${from.toISOString()}`);
}

/** What was worked out once. */
export function once<T>(key: string, work: () => T): T {
  if (!known.has(key)) known.set(key, work());
  return known.get(key) as T;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short', hourCycle: 'h23' });
  formats.set(zone, format);
  return format;
}
