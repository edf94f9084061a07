import { derivedId } from '../../common/derived-id.js';
import { recurringDays } from '../../common/times/recurring-days.js';
import { dayOf, instantAt, zonedOf } from '../../common/times/zoned.js';
import { MAX_REPEATED_SESSIONS } from '../../contracts/limits.js';

/** A rule: so many times, each so many weeks after the one before. */
export interface Rule {
  weeks: number;
  count: number;
}

/**
 * When something comes again that first starts at an instant: on the same weekday, at the same hour on the wall of a zone, whatever the clocks do in between (an hour that
 * the spring night skips moves on by the gap, one that the autumn night repeats is the first). The first is the first.
 */
export function repeatedStarts(first: Date, timeZone: string, { weeks, count }: Rule): Date[] {
  const [day, time] = [dayOf(first, timeZone), zonedOf(first, timeZone).toPlainTime().toString()];
  const [, ...others] = recurringDays(day, `FREQ=WEEKLY;INTERVAL=${weeks};COUNT=${count}`, count);
  return [first, ...others.map((date) => instantAt(date, time, timeZone))];
}

/** The dates that lie in a residency, up to and with its last day, and how many do not. */
export function withinResidency(
  starts: readonly Date[],
  { endsOn, timeZone }: { endsOn: string; timeZone: string },
): { within: Date[]; beyond: number } {
  const within = starts.filter((start) => dayOf(start, timeZone) <= endsOn);
  return { within, beyond: starts.length - within.length };
}

/** The id of a session of a series, by its place: what is sent again meets its own rows, and all are found by the id of the series. */
export const idInSeries = (seriesId: string, number: number): string =>
  derivedId('session-of-series', seriesId, String(number));

/** The ids of all that a series may have. */
export const idsInSeries = (seriesId: string): string[] =>
  Array.from({ length: MAX_REPEATED_SESSIONS }, (_, index) => idInSeries(seriesId, index + 1));
