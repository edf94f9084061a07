import type { DigestChoice } from '../../contracts/notifications/notifications.js';
import { ZoneOffsets, plainDateOf, weekdayOf } from '../../common/times/zone-offsets.js';
import { DAY, HOUR } from '../../common/times/clock.js';
import { instantAt } from '../../common/times/zoned.js';

type Rhythm = Pick<DigestChoice, 'every' | 'at' | 'weekday'>;

/** When what was kept back goes to who chose no digest: the next morning. */
export const KEPT_BACK: Rhythm = { every: 'day', at: '08:30', weekday: 1 };

const LONGEST_DAYS = 8;
const SATURDAY = 6;

/**
 * The first digest after an instant, at a wall time of the person's zone: a time that the spring night skips comes as the clock shows it
 * again, one that the autumn night repeats comes once, the first. `quietWeekend`: a daily one waits for Monday; a weekly one has the day that was
 * chosen for it. Pure.
 */
export function nextDigestAt(
  { every, at, weekday }: Rhythm,
  timeZone: string,
  after: Date,
  quietWeekend: boolean | undefined = false,
): Date {
  const today = ZoneOffsets.of(timeZone).dayAt(after.getTime());
  for (let day = today; day <= today + LONGEST_DAYS; day += 1) {
    const isOff = every === 'week' ? weekdayOf(day) !== weekday : quietWeekend && weekdayOf(day) >= SATURDAY;
    if (isOff) continue;
    const instant = instantAt(plainDateOf(day), at, timeZone);
    if (instant > after) return instant;
  }
  throw new RangeError('a week has every weekday');
}

/** So late a digest that was due may leave, and is not yet the one before. */
const LATE_MS = 12 * HOUR;

/** When the digest before the one that leaves at an instant was due. Pure. */
export function digestBefore(
  rhythm: Rhythm,
  timeZone: string,
  instant: Date,
  quietWeekend: boolean | undefined = false,
): Date {
  const before = instant.getTime() - LATE_MS;
  let last = nextDigestAt(rhythm, timeZone, new Date(before - LONGEST_DAYS * DAY), quietWeekend);
  for (let next = last; next.getTime() < before; next = nextDigestAt(rhythm, timeZone, next, quietWeekend)) last = next;
  return last;
}

/** The calendar day on which a person's mails are counted. */
export const dayOfMails = (instant: Date, timeZone: string): string =>
  plainDateOf(ZoneOffsets.of(timeZone).dayAt(instant.getTime()));
