import { Temporal } from 'temporal-polyfill';
import { daysBetween, plusDays } from '../../common/times/zoned.js';

/** The days by which everybody counts: the first of the residency, its middle, the beginning of its last month, its end. */
export const MOMENTS = ['first_day', 'half_way', 'last_month', 'last_day'] as const;
export type Moment = (typeof MOMENTS)[number];

/** Days are inclusive: the last month of one that ends on 30 June begins on 1 June. Pure. */
export function dayOfMoment({ startsOn, endsOn }: { startsOn: string; endsOn: string }, moment: Moment): string {
  if (moment === 'first_day') return startsOn;
  if (moment === 'last_day') return endsOn;
  if (moment === 'half_way') return plusDays(startsOn, Math.floor(daysBetween(startsOn, endsOn) / 2));
  return Temporal.PlainDate.from(endsOn).add({ days: 1 }).subtract({ months: 1 }).toString();
}
