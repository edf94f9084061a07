import type { Locale } from '../../api/types';
import type { InterviewPanel } from '../../../../src/contracts/selection/interviews';
import { dayOf, formatLongDay, formatRange, formatTime, zoneWords } from '../../time/format';

interface Timed {
  startsAt: string;
}

/** Times by the day of a zone on which they begin, both in order. */
export function byDay<T extends Timed>(times: readonly T[], zone: string): { day: string; times: T[] }[] {
  const days = new Map<string, T[]>();
  for (const time of times.toSorted((a, b) => a.startsAt.localeCompare(b.startsAt))) {
    const day = dayOf(time.startsAt, zone).toString();
    days.set(day, [...(days.get(day) ?? []), time]);
  }
  return [...days].map(([day, all]) => ({ day, times: all }));
}

const offsetIn = (instant: string, zone: string) => Temporal.Instant.from(instant).toZonedDateTimeISO(zone).offset;

/** Whether clocks of two zones show another hour at an instant. */
export const isOtherHour = (instant: string, one: string, other: string): boolean =>
  offsetIn(instant, one) !== offsetIn(instant, other);

/** "Monday 23 November, 09:40–10:10". */
export const spanWords = (startsAt: string, endsAt: string, zone: string, locale: Locale): string =>
  `${formatLongDay(startsAt, zone, locale)}, ${formatRange(startsAt, endsAt, zone, locale)}`;

/** "03:40 (America/Guadeloupe)": the hour there, where it is another one; else null. */
export const hourThere = (startsAt: string, own: string, there: string, locale: Locale): string | null =>
  isOtherHour(startsAt, own, there) ? `${formatTime(startsAt, there, locale)} (${zoneWords(there)})` : null;

/** The times of a panel that somebody can still take. */
export const freeTimes = ({ times }: Pick<InterviewPanel, 'times'>, now: number): InterviewPanel['times'] =>
  times.filter(({ interviewId, startsAt }) => interviewId === null && Date.parse(startsAt) > now);

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
/** A page asks at least so often: no timer of a browser counts for weeks. */
const LONGEST_MS = 60 * MINUTE_MS;

/** How long until the next of some times has begun, in milliseconds; false where none is to come. For a minute after one it is asked again, since clocks differ. */
export function untilBegun(starts: readonly string[], now = Date.now()): number | false {
  const next = Math.min(...starts.map((at) => Date.parse(at)).filter((at) => at > now - MINUTE_MS));
  if (next === Infinity) return false;
  return next > now ? Math.min(next - now + SECOND_MS, LONGEST_MS) : 20 * SECOND_MS;
}
