import { Temporal } from 'temporal-polyfill';
import { type ClosedOn, isClosedThroughout, isWorkingDay, nextWorkingDay } from '../../cohorts/timeline/closed-days.js';
import { daysBetween, plusDays } from '../../common/times/zoned.js';

/** A letter of a cohort: `week` is for everybody, `month` for hosts. `on` is the first day of what it tells of. */
export interface Letter {
  what: 'week' | 'month';
  on: string;
}

const A_WEEK = 7;
/** For so many days a letter is worth reading: one that falls on a weekend or a closed day goes after it. */
const LASTS = { week: 3, month: 7 } as const;

/**
 * The days of the letters of a residency, from a day on: each Monday after its first day (that one has words of its own), each first of a
 * month but its first. A week or a month without any working day has none. Pure.
 */
export function lettersOf(
  { startsOn, endsOn }: { startsOn: string; endsOn: string },
  from: string,
  closed: ClosedOn,
): Letter[] {
  const [start, end] = [Temporal.PlainDate.from(startsOn), Temporal.PlainDate.from(endsOn)];
  const letters: Letter[] = [];
  for (let on = plusDays(startsOn, A_WEEK + 1 - start.dayOfWeek); on <= endsOn; on = plusDays(on, A_WEEK))
    letters.push({ what: 'week', on });
  let month = start.with({ day: 1 }).add({ months: 1 });
  while (Temporal.PlainDate.compare(month, end) <= 0) {
    letters.push({ what: 'month', on: month.toString() });
    month = month.add({ months: 1 });
  }
  return letters.filter((letter) => letter.on >= from && !isClosedThroughout(letter.on, lastDayOf(letter), closed));
}

/** For how many days a letter is worth reading: so many, or until the first working day of what it tells of. Pure. */
export function lastingOf({ what, on }: Letter, closed: ClosedOn): number {
  const open = isWorkingDay(on, closed) ? on : (nextWorkingDay(on, 1, closed) ?? on);
  return Math.max(LASTS[what], daysBetween(on, open) + 1);
}

/** The last day of what a letter tells of. */
const lastDayOf = ({ what, on }: Letter): string =>
  what === 'week'
    ? plusDays(on, A_WEEK - 1)
    : Temporal.PlainDate.from(on).add({ months: 1 }).subtract({ days: 1 }).toString();
