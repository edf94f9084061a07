import type { Filters } from './queries';

/** As long as the staff's board counts failures. */
const LOOK_BACK_DAYS = 30;

/** What was not sent lies behind, and its newest tells most. */
export const isBehind = (state: Filters['state']): boolean => state === 'failed' || state === 'dropped';

/** The day from which the list is shown (`2026-10-13`): the one chosen, else today; of what was not sent the last 30 days, as it lies behind. */
export function firstDayOf({ day, state }: Pick<Filters, 'day' | 'state'>, today: string): string {
  if (day) return day;
  return isBehind(state) ? Temporal.PlainDate.from(today).subtract({ days: LOOK_BACK_DAYS }).toString() : today;
}

/** The instant at which a day begins in a zone. */
export const startOf = (day: string, timeZone: string): string =>
  Temporal.PlainDate.from(day).toZonedDateTime(timeZone).toInstant().toString();
