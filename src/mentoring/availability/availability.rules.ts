import { dayNumber } from '../../common/times/zone-offsets.js';
import type { Availability } from '../../contracts/mentoring/mentoring.js';
import type { FieldProblem } from '../../contracts/primitives.js';

interface WallInterval {
  start: string;
  end: string;
}

/**
 * What is wrong with an availability beyond its shape, as problems of fields: `end_before_start` (an interval must end after it
 * starts, and a time away not before), `overlaps` (two intervals of one day), `twice` (two exceptions for one date), `too_many` (more than
 * six intervals a day), `too_long` (away for more than a year).
 * Empty when all is right. Wall times are compared as texts: `HH:MM` sorts like time.
 */
export function availabilityProblems(availability: Availability): FieldProblem[] {
  const weekly = availability.weekly.map((interval, index) => ({ ...interval, at: `/weekly/${index}` }));
  const days = [1, 2, 3, 4, 5, 6, 7].map((weekday) => weekly.filter((interval) => interval.weekday === weekday));
  return [
    ...days.flatMap((intervals) => dayProblems(intervals)),
    ...availability.exceptions.flatMap(({ date, intervals }, index) => [
      ...(availability.exceptions.findIndex((other) => other.date === date) < index
        ? [{ field: `/exceptions/${index}/date`, code: 'twice' }]
        : []),
      ...dayProblems(
        intervals.map((interval, place) => ({ ...interval, at: `/exceptions/${index}/intervals/${place}` })),
      ),
    ]),
    ...(availability.away ?? []).flatMap(({ from, to }, index) => awayProblems(from, to, `/away/${index}/to`)),
  ];
}

const LONGEST_AWAY = 366;

function awayProblems(from: string, to: string, field: string): FieldProblem[] {
  if (to < from) return [{ field, code: 'end_before_start' }];
  const days = dayNumber(to) - dayNumber(from) + 1;
  return days > LONGEST_AWAY ? [{ field, code: 'too_long', params: { maximum: LONGEST_AWAY, of: 'days' } }] : [];
}

const MAX_A_DAY = 6;

function dayProblems(intervals: readonly (WallInterval & { at: string })[]): FieldProblem[] {
  const tooMany = intervals.slice(MAX_A_DAY).map(({ at }) => ({ field: at, code: 'too_many', params: { maximum: 6 } }));
  const backwards = intervals
    .filter(({ start, end }) => end <= start)
    .map(({ at }) => ({ field: `${at}/end`, code: 'end_before_start' }));
  const inOrder = [...intervals].sort((a, b) => (a.start < b.start ? -1 : 1));
  const overlapping = inOrder
    .filter(({ start }, index) => index > 0 && start < (inOrder[index - 1]?.end ?? ''))
    .map(({ at }) => ({ field: `${at}/start`, code: 'overlaps' }));
  return [...tooMany, ...backwards, ...overlapping];
}

/** What a coach has before the first save: no hours, so nothing is offered, and limits to begin with. */
export function noHours(timeZone: string): Availability {
  return {
    timeZone,
    weekly: [],
    exceptions: [],
    slotMinutes: 45,
    bufferMinutes: 15,
    minNoticeHours: 12,
    horizonDays: 60,
    maxPerDay: 4,
    maxPerWeek: 12,
  };
}
