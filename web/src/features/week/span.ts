import { startOf } from '../agenda/agenda';

const DAYS_BACK = 28;
const DAYS_AHEAD = 7;

/** The days of a week page in a zone: what lies ahead, and from `since` on sessions that nobody said anything of. `now` in ms. */
export function spanOf(
  now: number,
  zone: string,
): { today: Temporal.PlainDate; since: string; from: string; to: string } {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate();
  const at = (days: number) => startOf(today.add({ days }), zone);
  return { today, since: at(-DAYS_BACK), from: at(0), to: at(DAYS_AHEAD + 1) };
}
