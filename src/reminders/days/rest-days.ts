import type { ClosedDays } from '../../cohorts/timeline/closed-days.js';
import { nextWorkingDay } from '../../cohorts/timeline/closed-days.js';
import { dayOf, instantAt } from '../../common/times/zoned.js';

const MORNING = '09:00';

/** The instant itself, or 09:00 of the next working day, when it lies on a closed day. Pure. */
export const afterRest = (instant: Date, days: ClosedDays): Date => besideRest(instant, days, 1);

/** The instant itself, or 09:00 of the working day before, when it lies on a closed day. Pure. */
export const beforeRest = (instant: Date, days: ClosedDays): Date => besideRest(instant, days, -1);

function besideRest(instant: Date, { timeZone, on }: ClosedDays, way: 1 | -1): Date {
  const day = dayOf(instant, timeZone);
  const open = on(day) === null ? null : nextWorkingDay(day, way, on);
  return open === null ? instant : instantAt(open, MORNING, timeZone);
}
