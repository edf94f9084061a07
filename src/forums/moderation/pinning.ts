import { Temporal } from 'temporal-polyfill';
import { dayOf, instantAt, plusDays } from '../../common/times/zoned.js';

/** So far ahead a topic is pinned at most. */
const MOST_DAYS = 366;

/** The end of the last day of a pin, or why it cannot be that day: over already, or more than a year away. */
export function endOfPin(day: string, timeZone: string, now: Date): Date | 'past' | 'too_far' {
  const today = dayOf(now, timeZone);
  if (Temporal.PlainDate.compare(day, today) < 0) return 'past';
  if (Temporal.PlainDate.compare(day, plusDays(today, MOST_DAYS)) > 0) return 'too_far';
  return instantAt(plusDays(day, 1), '00:00', timeZone);
}

const QUARTER = 15 * 60_000;

/** The earliest instant at which the same pins hold as now: they end as a day does, which in every zone is on a quarter of an hour. Who reads a list again within one reads the same. */
export const sinceSamePins = (now: Date): Date => new Date(Math.floor(now.getTime() / QUARTER) * QUARTER);

/** A pin while it holds: it ends by itself. */
export const heldPin = <Pin extends { until: Date }>(pin: Pin | null | undefined, now: Date): Pin | null =>
  pin && pin.until > now ? pin : null;
