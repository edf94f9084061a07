import { dayOf, instantAt, plusDays } from '../../common/times/zoned.js';

/** Before anybody's morning, and after what ends with a day has ended. */
const AT = '02:00';

/** The last night of a zone that has come, as an instant. Pure. */
export function lastNight(now: Date, timeZone: string): Date {
  const today = dayOf(now, timeZone);
  const tonight = instantAt(today, AT, timeZone);
  return tonight <= now ? tonight : instantAt(plusDays(today, -1), AT, timeZone);
}
