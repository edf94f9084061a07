import { recurringDays } from '../../common/times/recurring-days.js';
import { daysBetween, dayOf, instantAt, plusDays, zonedOf } from '../../common/times/zoned.js';
import { MAX_DATES, type Repeat, type SeriesScope } from '../../contracts/workshops/workshop-series.js';
import type { WorkshopRow } from '../workshop.schema.js';
import type { WorkshopEdit } from '../workshop-fields.js';

/** A date that a rule makes; `date` is its day on the wall. */
export interface PlannedDate {
  date: string;
  startsAt: Date;
  endsAt: Date;
}

/** The times of a workshop and the zone whose wall they are on. */
export type WallTimes = Pick<WorkshopRow, 'startsAt' | 'endsAt' | 'timeZone'>;

type SeriesRow = Pick<WorkshopRow, '_id' | 'status' | 'startsAt' | 'recurrenceId'>;

const BYDAY = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** The rule as RFC 5545 writes it (section 3.3.10), on the wall. */
export function rruleOf({ unit, interval, weekdays, ordinal, until, count }: Repeat): string {
  const days = [...new Set(weekdays)].sort((a, b) => a - b).map((day) => `${ordinal ?? ''}${BYDAY[day - 1] ?? ''}`);
  const end = count === null ? `UNTIL=${(until ?? '').replaceAll('-', '')}T235959Z` : `COUNT=${count}`;
  return [
    `FREQ=${unit === 'week' ? 'WEEKLY' : 'MONTHLY'}`,
    `INTERVAL=${interval}`,
    `BYDAY=${days.join(',')}`,
    'WKST=MO',
    end,
  ].join(';');
}

/**
 * The dates of a series, from the day of its first on: days by the rule, each at the same hour on the wall of its zone (an hour that the
 * spring night skips moves on by the gap, one that the autumn night repeats is the first) and of the same exact length (RFC 5545,
 * sections 3.3.5 and 3.8.5.3). At most {@link MAX_DATES} and one more, so that one sees that they are too many.
 */
export function datesOf(first: WallTimes, repeat: Repeat): PlannedDate[] {
  const { timeZone } = first;
  const time = wallTimeOf(first.startsAt, timeZone);
  const length = lengthOf(first);
  return daysOf(dayOf(first.startsAt, timeZone), repeat).map((date) => {
    const startsAt = instantAt(date, time, timeZone);
    return { date, startsAt, endsAt: new Date(startsAt.getTime() + length) };
  });
}

/** A date that a rule makes when it goes on; `recurrenceId` is its start had it never been moved. */
export interface FurtherDate extends PlannedDate {
  recurrenceId: Date;
}

/** What is known of a series that goes on: its rule so far, the day of its first date, and that of the last one that must stay. */
export interface SoFar {
  repeat: Repeat;
  firstDay: string;
  lastDay: string;
  timeZone: string;
}

/** The last day that a rule makes. */
export const lastDayOf = (firstDay: string, repeat: Repeat): string => daysOf(firstDay, repeat).at(-1) ?? firstDay;

/**
 * What the rule of a series makes after its dates so far when it goes on until `end`: each like one of its dates, at the same hour on the
 * wall, as many days beside the rule and of the same length.
 */
export function furtherDates(
  { repeat, firstDay, lastDay, timeZone }: SoFar,
  end: Pick<Repeat, 'until' | 'count'>,
  like: WallTimes & { recurrenceId: Date },
): FurtherDate[] {
  const planned = dayOf(like.recurrenceId, timeZone);
  const beside = daysBetween(planned, dayOf(like.startsAt, like.timeZone));
  const days = daysOf(firstDay, { ...repeat, ...end }).filter((day) => day > lastDay);
  return days.map((day) => {
    const date = plusDays(day, beside);
    const startsAt = instantAt(date, wallTimeOf(like.startsAt, like.timeZone), like.timeZone);
    return {
      date,
      startsAt,
      endsAt: new Date(startsAt.getTime() + lengthOf(like)),
      recurrenceId: instantAt(day, wallTimeOf(like.recurrenceId, timeZone), timeZone),
    };
  });
}

/** The days that a rule makes from its first on, one more than may be at most. */
const daysOf = (from: string, repeat: Repeat): string[] => recurringDays(from, rruleOf(repeat), MAX_DATES + 1);

/** An instant that belongs to one date, such as the opening of its list, for another date: as many days before, at the same hour on the wall. */
export function alongWith(instant: Date | null | undefined, from: WallTimes, to: WallTimes): Date | null {
  if (!instant) return null;
  const days = daysBetween(dayOf(from.startsAt, from.timeZone), dayOf(instant, from.timeZone));
  return instantAt(plusDays(dayOf(to.startsAt, to.timeZone), days), wallTimeOf(instant, from.timeZone), to.timeZone);
}

/**
 * The dates that an act on a series is about, begun at the date `at`: all, or those that were first planned for its day or later; without
 * those that have begun and those that were cancelled.
 */
export function touchedBy<Row extends SeriesRow>(
  rows: readonly Row[],
  scope: SeriesScope,
  at: SeriesRow,
  now: Date,
): Row[] {
  const from = scope === 'all' ? -Infinity : originOf(at);
  return rows.filter((row) => originOf(row) >= from && row.status !== 'cancelled' && row.startsAt > now);
}

/**
 * What an edit that was made at the date `seen` means for another date of its series. Only what the edit changes there is changed here:
 * an hour is set on the wall, a day moves by as many days, a length is set; times that the edit leaves stay as they are on each date.
 */
export function editFor(row: WorkshopRow, seen: WorkshopRow, edit: WorkshopEdit): WorkshopEdit {
  const { startsAt: _s, endsAt: _e, timeZone: _z, opensAt, closesAt, ...same } = edit;
  const after: WallTimes = { ...seen, ...timesIn(edit) };
  const times = timesFor(row, seen, after);
  const own: WallTimes = { ...row, ...times };
  return {
    ...same,
    ...times,
    ...(opensAt !== undefined && { opensAt: alongWith(opensAt, after, own) }),
    ...(closesAt !== undefined && { closesAt: alongWith(closesAt, after, own) }),
  };
}

function timesIn({ startsAt, endsAt, timeZone }: WorkshopEdit): Partial<WallTimes> {
  return { ...(startsAt && { startsAt }), ...(endsAt && { endsAt }), ...(timeZone && { timeZone }) };
}

function timesFor(row: WallTimes, before: WallTimes, after: WallTimes): Partial<WallTimes> {
  const moves = after.startsAt.getTime() !== before.startsAt.getTime() || after.timeZone !== before.timeZone;
  const length = lengthOf(after) === lengthOf(before) ? lengthOf(row) : lengthOf(after);
  if (!moves && length === lengthOf(row)) return {};
  const startsAt = moves ? movedStart(row, before, after) : row.startsAt;
  return {
    startsAt,
    endsAt: new Date(startsAt.getTime() + length),
    ...(after.timeZone !== before.timeZone && { timeZone: after.timeZone }),
  };
}

function movedStart(row: WallTimes, before: WallTimes, after: WallTimes): Date {
  const days = daysBetween(dayOf(before.startsAt, before.timeZone), dayOf(after.startsAt, after.timeZone));
  const hour = wallTimeOf(after.startsAt, after.timeZone);
  const isSameHour = hour === wallTimeOf(before.startsAt, before.timeZone);
  const timeZone = after.timeZone === before.timeZone ? row.timeZone : after.timeZone;
  return instantAt(
    plusDays(dayOf(row.startsAt, row.timeZone), days),
    isSameHour ? wallTimeOf(row.startsAt, row.timeZone) : hour,
    timeZone,
  );
}

const originOf = ({ recurrenceId, startsAt }: SeriesRow) => (recurrenceId ?? startsAt).getTime();
const lengthOf = ({ startsAt, endsAt }: WallTimes) => endsAt.getTime() - startsAt.getTime();
const wallTimeOf = (instant: Date, timeZone: string) =>
  zonedOf(instant, timeZone).toPlainTime().toString({ smallestUnit: 'minute' });
