import type { Workshop } from '../../../../../src/contracts/workshops/workshops';
import { dayOf } from '../../../time/format';

/** Workshops of one ISO week, in the order given. `monday` is a plain date, `away` counts weeks from this one. */
export interface Week {
  monday: string;
  away: number;
  workshops: Workshop[];
}

const mondayOf = (day: Temporal.PlainDate) => day.subtract({ days: day.dayOfWeek - 1 });

/** Groups a list by the weeks of a zone. `now` in milliseconds. */
export function byWeek(workshops: readonly Workshop[], zone: string, now: number): Week[] {
  const thisMonday = mondayOf(Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate());
  const weeks = Map.groupBy(workshops, (one) => mondayOf(dayOf(one.startsAt, zone)).toString());
  return [...weeks].map(([monday, those]) => ({
    monday,
    away: thisMonday.until(monday, { largestUnit: 'days' }).days / 7,
    workshops: those,
  }));
}
