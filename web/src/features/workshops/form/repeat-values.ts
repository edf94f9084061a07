import type { Repeat, SeriesPreview } from '../../../../../src/contracts/workshops/workshop-series';

/** How the form says that a workshop comes again. `weekdays` are empty for that of the first day; numbers are '' while empty. */
export interface RepeatValues {
  unit: 'never' | Repeat['unit'];
  interval: number | string;
  weekdays: number[];
  /** Which of the month: as the first day is, or the last. */
  which: 'nth' | 'last';
  end: 'count' | 'until';
  count: number | string;
  until: string;
  skipClosed: boolean;
  /** Days that somebody took out or put back by hand. */
  turned: string[];
}

/** A workshop that does not come again. */
export const noRepeat = (): RepeatValues => ({
  unit: 'never',
  interval: 1,
  weekdays: [],
  which: 'nth',
  end: 'count',
  count: 6,
  until: '',
  skipClosed: true,
  turned: [],
});

/** Which of its weekday a day is in its month, from 1; a fifth is the last. */
export function ordinalOf(date: string): 1 | 2 | 3 | 4 | -1 {
  const nth = Math.ceil(Temporal.PlainDate.from(date).day / 7);
  return nth === 5 ? -1 : (nth as 1 | 2 | 3 | 4);
}

/** The weekday of a day, 1 is Monday. */
export const weekdayOf = (date: string): number => Temporal.PlainDate.from(date).dayOfWeek;

/** The rule as it is sent; null where it does not come again, or is not said to its end yet. */
export function repeatOf(values: RepeatValues, date: string): Repeat | null {
  const { unit, interval, weekdays, which, end, count, until } = values;
  if (unit === 'never' || date === '' || interval === '') return null;
  if (end === 'count' ? count === '' : until === '') return null;
  const isMonth = unit === 'month';
  return {
    unit,
    interval: Number(interval),
    weekdays: isMonth || weekdays.length === 0 ? [weekdayOf(date)] : [...weekdays].sort((a, b) => a - b),
    ordinal: isMonth ? (which === 'last' ? -1 : ordinalOf(date)) : null,
    until: end === 'until' ? until : null,
    count: end === 'count' ? Number(count) : null,
  };
}

/** Whether a date is left out: one on which the cohort is closed, where those are, unless somebody turned it. */
export const isOut = ({ skipClosed, turned }: RepeatValues, date: SeriesPreview['dates'][number]): boolean =>
  (skipClosed && date.closed !== null) !== turned.includes(date.date);
