import { HOUR } from '../../common/times/clock.js';
import type { Preferences } from '../../contracts/notifications/notifications.js';
import { ZoneOffsets, weekdayOf } from '../../common/times/zone-offsets.js';

/** When a person is not to be disturbed: each day between two wall times of their zone, at the weekend, and once until an instant. */
export interface Quiet {
  timeZone: string;
  quietHours: Preferences['quietHours'];
  /** Saturday and Sunday, whole days of their zone. */
  quietWeekend?: boolean | undefined;
  quietUntil?: Date | null | undefined;
}

const SATURDAY = 6;

/**
 * The instant itself, or the end of the time in which the person is not to be disturbed: of "do not disturb" first, then of the quiet
 * hours and the weekend, which run into each other (Friday's evening ends on Monday's morning).
 */
export function afterQuiet(instant: Date, quiet: Quiet): Date {
  const { timeZone, quietHours, quietWeekend, quietUntil } = quiet;
  let at = quietUntil && quietUntil > instant ? quietUntil : instant;
  for (;;) {
    const awake = afterQuietHours(at, quietHours, timeZone);
    const after = quietWeekend ? afterWeekend(awake, timeZone) : awake;
    if (after.getTime() === at.getTime()) return at;
    at = after;
  }
}

/** What comes later than this before it is too late is of little use: a session cannot be called off in time any more, and its hour says the same. */
const GOOD_TIME_MS = 3 * HOUR;

/** Whether what leaves then is early enough to be of use. */
export const isInGoodTime = (leaves: Date, until: Date): boolean => until.getTime() - leaves.getTime() >= GOOD_TIME_MS;

/**
 * When something leaves that can wait until an instant and no longer: after all of the quiet, or without the weekend if its end is too late
 * to be of use, or after the night alone if "do not disturb" lasts too long, or else at its own time.
 */
export function afterQuietBefore(instant: Date, quiet: Quiet, until: Date | null): Date {
  const all = afterQuiet(instant, quiet);
  if (!until || isInGoodTime(all, until)) return all;
  const onAnyDay = afterQuiet(instant, { ...quiet, quietWeekend: false });
  if (isInGoodTime(onAnyDay, until)) return onAnyDay;
  for (const end of [all, onAnyDay]) if (end < until) return end;
  const night = afterQuiet(instant, nightOf(quiet));
  return night < until ? night : instant;
}

const nightOf = (quiet: Quiet): Quiet => ({ ...quiet, quietWeekend: false, quietUntil: null });

/**
 * Which quiet made what was meant for one instant leave at another, as {@link afterQuietBefore} said: "do not disturb", or the weekend
 * where the night alone would have ended sooner. Null when it is the same instant.
 */
export function quietOf(meant: Date, leaves: Date, quiet: Quiet): 'dnd' | 'night' | 'weekend' | null {
  if (leaves <= meant) return null;
  if (quiet.quietUntil && quiet.quietUntil > meant && quiet.quietUntil <= leaves) return 'dnd';
  return leaves > afterQuiet(meant, nightOf(quiet)) ? 'weekend' : 'night';
}

/** The instant itself, or the first of the Monday after the weekend it lies in. */
function afterWeekend(instant: Date, timeZone: string): Date {
  const zone = ZoneOffsets.of(timeZone);
  const { day } = zone.wallAt(instant.getTime());
  const weekday = weekdayOf(day);
  return weekday < SATURDAY ? instant : new Date(zone.instantOf(day + 8 - weekday, 0));
}

/**
 * The instant itself, or the end of the quiet hours it lies in, both as wall times of `timeZone`. Hours over midnight belong to the
 * evening they begin in; equal ends mean none.
 */
export function afterQuietHours(instant: Date, quiet: Preferences['quietHours'], timeZone: string): Date {
  if (!quiet || quiet.start === quiet.end) return instant;
  const zone = ZoneOffsets.of(timeZone);
  const at = instant.getTime();
  const { day, minute } = zone.wallAt(at);
  const [start, end] = [minuteOf(quiet.start), minuteOf(quiet.end)];
  const overMidnight = start > end;
  const isQuiet = overMidnight ? minute < end || minute >= start : minute >= start && minute < end;
  if (!isQuiet) return instant;
  const until = zone.instantOf(overMidnight && minute >= start ? day + 1 : day, end);
  // In an hour that the autumn night repeats the quiet hours end the first time: the second time they are over.
  return until > at ? new Date(until) : instant;
}

/** `08:30` as minutes from midnight. */
const minuteOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
