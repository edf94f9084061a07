import { Temporal } from 'temporal-polyfill';
import { instantAt } from '../../../../src/common/times/zoned';

/** A day and a time of day in a zone; empty where there is none. */
export interface Moment {
  day: string;
  time: string;
}

/** An instant as one reads it in a zone. */
export function momentOf(at: string | null, zone: string): Moment | null {
  if (at === null) return null;
  const there = Temporal.Instant.from(at).toZonedDateTimeISO(zone);
  return {
    day: there.toPlainDate().toString(),
    time: there.toPlainTime().toString({ smallestUnit: 'minute' }),
  };
}

/** The instant of a day and a time in a zone; none without a whole day. */
export const instantOf = ({ day, time }: Moment, zone: string): string | null =>
  /^[12]\d{3}-\d{2}-\d{2}$/.test(day) ? instantAt(day, time, zone).toISOString() : null;
