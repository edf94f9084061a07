import { dayOf, daysBetween, instantAt, plusDays, zonedOf } from '../../common/times/zoned.js';
import { type ClosedOn, openWeek } from '../../cohorts/timeline/closed-days.js';
import type { ClosedBy } from '../../contracts/cohorts/closed-days.js';
import type { CopyFate, CopyProgramme } from '../../contracts/workshops/workshop-copies.js';
import type { WallTimes } from '../series/series.js';
import type { WorkshopRow } from '../workshop.schema.js';

const WEEK = 7;
/** A pause is hardly longer; a date that finds no open week in these is left out. */
const MAX_WEEKS_ON = 8;

/** First and last day of a cohort. */
export interface CohortDays {
  startsOn: string;
  endsOn: string;
}

/** How a copy treats what it meets. A date on which the new cohort is closed moves on by a week, is left out or kept. */
export interface CopyRules {
  weeks: number;
  closed: ClosedOn;
  onClosed: CopyProgramme['onClosed'];
  to: CohortDays;
  now: Date;
}

/** What the copy looks at in a workshop. */
export type Copied = Pick<WorkshopRow, '_id' | 'startsAt' | 'endsAt' | 'timeZone' | 'seriesId' | 'recurrenceId'>;

/** A workshop of before and where it would stand. `recurrenceId`: what tells it in its new series, closed or not. */
export interface PlannedCopy<Row extends Copied> {
  row: Row;
  startsAt: Date;
  endsAt: Date;
  recurrenceId: Date | null;
  fate: Exclude<CopyFate, 'copied'>;
  closed: (ClosedBy & { day: string }) | null;
  outside: boolean;
}

/** By how many weeks a programme moves from one first day to another: the nearest whole number, so that weekdays stay. */
export function weeksBetween(from: string, to: string): number {
  return Math.round(daysBetween(from, to) / WEEK);
}

/**
 * An instant so many weeks later (earlier, where negative) at the same hour on the wall of a zone: an hour that the spring night skips
 * moves on by the gap, one that the autumn night repeats is the first (RFC 5545, section 3.3.5; Temporal's `compatible`).
 */
export function weeksOn(instant: Date, weeks: number, timeZone: string): Date {
  const time = zonedOf(instant, timeZone).toPlainTime().toString();
  return instantAt(plusDays(dayOf(instant, timeZone), weeks * WEEK), time, timeZone);
}

/**
 * Where each workshop of a programme stands in the new one, in the order in which they came: whole weeks later, at the same weekday, hour and length. On a
 * closed day it moves on week by week to the first that is open, is left out, or is kept; a date of a series is left out where the series stands in
 * that week already.
 */
export function planned<Row extends Copied>(rows: readonly Row[], rules: CopyRules): PlannedCopy<Row>[] {
  const standing = new Set(rows.filter(isOfSeries).map((row) => placeOf(row, rules.weeks)));
  return rows.map((row) => plan(row, rules, standing));
}

/** `standing`: where series stand; what moves is put in. */
function plan<Row extends Copied>(row: Row, rules: CopyRules, standing: Set<string>): PlannedCopy<Row> {
  const { weeks, closed, now, onClosed, to } = rules;
  const day = dayAfter(row, weeks);
  const by = closed(day);
  const free = by && onClosed === 'move' ? openWeek(dayAfter(row, 0), weeks + 1, MAX_WEEKS_ON, closed) : null;
  const isTaken = free !== null && isOfSeries(row) && standing.has(placeOf(row, free));
  if (free !== null && isOfSeries(row)) standing.add(placeOf(row, free));
  const startsAt = weeksOn(row.startsAt, free ?? weeks, row.timeZone);
  return {
    row,
    startsAt,
    endsAt: new Date(startsAt.getTime() + lengthOf(row)),
    recurrenceId: row.recurrenceId ? weeksOn(row.recurrenceId, weeks, row.timeZone) : null,
    fate: fateOf({ isPast: startsAt <= now, isClosed: by !== null && onClosed !== 'keep' && free === null, isTaken }),
    closed: by && { ...by, day },
    outside: isOutside(dayOf(startsAt, row.timeZone), to),
  };
}

function fateOf(met: { isPast: boolean; isClosed: boolean; isTaken: boolean }): PlannedCopy<Copied>['fate'] {
  if (met.isPast) return 'past';
  if (met.isClosed) return 'closed';
  return met.isTaken ? 'taken' : 'copy';
}

const isOfSeries = ({ seriesId }: Copied) => seriesId !== undefined;

const dayAfter = ({ startsAt, timeZone }: Copied, weeks: number) => plusDays(dayOf(startsAt, timeZone), weeks * WEEK);

/** A day of a series: two of its dates never share one. */
const placeOf = (row: Copied, weeks: number) => `${String(row.seriesId)} ${dayAfter(row, weeks)}`;

const isOutside = (day: string, { startsOn, endsOn }: CohortDays) => day < startsOn || day > endsOn;
const lengthOf = ({ startsAt, endsAt }: Pick<WallTimes, 'startsAt' | 'endsAt'>) =>
  endsAt.getTime() - startsAt.getTime();
