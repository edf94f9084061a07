import { RRuleTemporal } from 'rrule-temporal';

/** What lies further ahead no instant of ours can say. */
const LAST_YEAR = 9999;

/**
 * The days (`2026-10-13`) that a rule makes from its first on, so many at most. `rrule` is a rule as RFC 5545 writes it (section 3.3.10). Worked out on the wall by the
 * library: a day is a day there, whatever the clocks do.
 */
export function recurringDays(from: string, rrule: string, most: number): string[] {
  const rule = new RRuleTemporal({
    rruleString: `DTSTART:${from.replaceAll('-', '')}T000000Z\nRRULE:${rrule}`,
    cache: false,
  });
  const days = rule.all((_, index) => index < most);
  return days.filter(({ year }) => year <= LAST_YEAR).map((day) => day.toString().slice(0, 10));
}
