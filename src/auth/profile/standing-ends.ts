import { Temporal } from 'temporal-polyfill';
import { DAY, HOUR, MINUTE } from '../../common/times/clock.js';
import { quietNow, statusNow } from '../../common/standing.js';
import { zonedOf } from '../../common/times/zoned.js';
import type { Standing, StatusEnd } from '../../contracts/auth/standing.js';
import type { StandingRow } from '../users.repository.js';

const LASTS_MS = { '30m': 30 * MINUTE, '1h': HOUR, '4h': 4 * HOUR } as const;
const MAX_QUIET_MS = 7 * DAY;

/** The instant at which a status ends: after a while, at the next midnight, at the next Monday's, each in the person's zone; null: never. */
export function statusEndOf(clears: StatusEnd, now: Date, timeZone: string): Date | null {
  if (clears === 'never') return null;
  if (clears in LASTS_MS) return new Date(now.getTime() + LASTS_MS[clears as keyof typeof LASTS_MS]);
  const today = zonedOf(now, timeZone).toPlainDate();
  const days = clears === 'today' ? 1 : 8 - today.dayOfWeek;
  return startOf(today.add({ days }), timeZone);
}

/** Why somebody cannot be left in peace until an instant; null when they can. */
export function quietProblem(until: Date, now: Date): 'past' | 'too_far' | null {
  if (until <= now) return 'past';
  return until.getTime() - now.getTime() > MAX_QUIET_MS ? 'too_far' : null;
}

/** How somebody stands now, as it goes out: what has ended is not in it. */
export function presentStanding(
  row: Pick<StandingRow, 'status' | 'quietUntil'>,
  now: Date,
): Pick<Standing, 'status' | 'quietUntil'> {
  const status = statusNow(row.status, now);
  return {
    status: status && {
      emoji: status.emoji ?? null,
      text: status.text,
      away: status.away,
      until: status.until?.toISOString() ?? null,
    },
    quietUntil: quietNow(row.quietUntil, now)?.toISOString() ?? null,
  };
}

const startOf = (day: Temporal.PlainDate, timeZone: string) =>
  new Date(day.toZonedDateTime({ timeZone }).epochMilliseconds);
