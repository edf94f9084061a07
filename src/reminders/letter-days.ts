import { Temporal } from 'temporal-polyfill';
import { plusDays } from '../common/zoned.js';

/** A letter of a cohort: `week` is for everybody, `month` for hosts. `on` is the first day of what it tells of. */
export interface Letter {
  what: 'week' | 'month';
  on: string;
}

const A_WEEK = 7;

/**
 * The days of the letters of a residency, from a day on: each Monday after its first day (that one has words of its own), each first of a
 * month but its first. Pure.
 */
export function lettersOf({ startsOn, endsOn }: { startsOn: string; endsOn: string }, from: string): Letter[] {
  const [start, end] = [Temporal.PlainDate.from(startsOn), Temporal.PlainDate.from(endsOn)];
  const letters: Letter[] = [];
  for (let on = plusDays(startsOn, A_WEEK + 1 - start.dayOfWeek); on <= endsOn; on = plusDays(on, A_WEEK))
    letters.push({ what: 'week', on });
  let month = start.with({ day: 1 }).add({ months: 1 });
  while (Temporal.PlainDate.compare(month, end) <= 0) {
    letters.push({ what: 'month', on: month.toString() });
    month = month.add({ months: 1 });
  }
  return letters.filter(({ on }) => on >= from);
}
