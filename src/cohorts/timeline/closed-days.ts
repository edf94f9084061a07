import { dayNumber, plainDateOf, weekdayOf } from '../../common/times/zone-offsets.js';
import { plusDays } from '../../common/times/zoned.js';
import type { ClosedBy, ClosedDay } from '../../contracts/cohorts/closed-days.js';
import type { Pause } from '../../contracts/cohorts/cohorts.js';
import type { HolidayOf } from './public-holidays.js';

/** What closes a day (`YYYY-MM-DD`); null: it is open. */
export type ClosedOn = (day: string) => ClosedBy | null;

/** The one calendar of the days on which a cohort is closed. */
export interface ClosedDays {
  /** Days are those of this zone. */
  timeZone: string;
  on: ClosedOn;
  /** Another one when staff change the pauses, the country or the zone. */
  key: string;
}

const FRIDAY = 5;
const A_WEEK = 7;
/** No pause is longer. */
const MAX_DAYS = 400;

/** The rule: the pauses of the programme and the public holidays of its country. Of both on one day the pause is named. Pure. */
export const closedBy =
  (pauses: readonly Pause[], holidayOf: HolidayOf): ClosedOn =>
  (day) => {
    const pause = pauses.find(({ from, to }) => from <= day && day <= to);
    if (pause) return { kind: 'pause', name: pause.name };
    const holiday = holidayOf(day);
    return holiday === null ? null : { kind: 'holiday', name: holiday };
  };

/** Whether one works on a day: open, and no weekend. Pure. */
export const isWorkingDay = (day: string, on: ClosedOn): boolean =>
  weekdayOf(dayNumber(day)) <= FRIDAY && on(day) === null;

/** The nearest working day after a day (`1`) or before it (`-1`); null where there is none within 400 days. Pure. */
export function nextWorkingDay(day: string, way: 1 | -1, on: ClosedOn): string | null {
  for (let after = 1; after <= MAX_DAYS; after += 1) {
    const next = plusDays(day, way * after);
    if (isWorkingDay(next, on)) return next;
  }
  return null;
}

/** Whether no day from one to another, both included, is a working day. Pure. */
export const isClosedThroughout = (from: string, to: string, on: ClosedOn): boolean =>
  daysFrom(from, to).every((day) => !isWorkingDay(day, on));

/** A day as it is told where it is closed: with the working day after it. Pure. */
export function closedDay(day: string, on: ClosedOn): ClosedDay | null {
  const by = on(day);
  return by && { on: day, ...by, next: nextWorkingDay(day, 1, on) };
}

/** The closed days from one to another, both included. Pure. */
export function closedDaysBetween(from: string, to: string, on: ClosedOn): ClosedDay[] {
  let next: string | null = null;
  const days = daysFrom(from, to).flatMap((day) => {
    const by = on(day);
    if (!by) return [];
    // All days of a pause share the one after it.
    if (next === null || next <= day) next = nextWorkingDay(day, 1, on);
    return [{ on: day, ...by, next }];
  });
  return days;
}

/** The first number of weeks from `first` on, at most `most` of them, at which a day so many weeks later is open; null: none. Pure. */
export const openWeek = (day: string, first: number, most: number, on: ClosedOn): number | null =>
  Array.from({ length: most }, (_, index) => first + index).find(
    (weeks) => on(plusDays(day, weeks * A_WEEK)) === null,
  ) ?? null;

function daysFrom(from: string, to: string): string[] {
  const first = dayNumber(from);
  return Array.from({ length: Math.max(0, dayNumber(to) - first + 1) }, (_, index) => plainDateOf(first + index));
}
