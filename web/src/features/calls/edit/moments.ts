import { Temporal } from 'temporal-polyfill';
import { instantAt } from '../../../../../src/common/times/zoned';

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

/** The instant at which clocks in another zone say the same: who corrects the zone of a call means the hours that stand there. */
export function sameHourIn(at: string | null, from: string, to: string): string | null {
  const moment = momentOf(at, from);
  return moment && instantOf(moment, to);
}

interface Times {
  opensAt: string | null;
  closesAt: string | null;
  timeZone: string;
}

/** A call in another zone: its hours stay as they stand there, but of what is published, which has told everybody its instants. */
export const inZone = ({ opensAt, closesAt, timeZone }: Times, zone: string, isPublic: boolean): Partial<Times> =>
  isPublic
    ? { timeZone: zone }
    : {
        timeZone: zone,
        opensAt: sameHourIn(opensAt, timeZone, zone),
        closesAt: sameHourIn(closesAt, timeZone, zone),
      };
