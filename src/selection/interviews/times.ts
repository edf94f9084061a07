import { HOUR, MINUTE } from '../../common/times/clock.js';
import { dayOf, instantAt, plusDays, zonedOf } from '../../common/times/zoned.js';
import type { FieldProblem } from '../../contracts/primitives.js';
import type { OfferTimes } from '../../contracts/selection/interviews.js';

const FARTHEST_DAYS = 365;

/** A stretch of time, [startsAt, endsAt). */
export interface Stretch {
  startsAt: Date;
  endsAt: Date;
}

/** The times that an offer comes to, one after the other, in the zone of the call; those that have begun at `now`, or in the hour that the autumn night repeats, are left out. */
export function timesOf(
  { on, from, until, pauseMinutes }: OfferTimes,
  minutes: number,
  timeZone: string,
  now: Date,
): Stretch[] {
  const end = instantAt(on, until, timeZone).getTime();
  const [length, step] = [minutes * MINUTE, (minutes + pauseMinutes) * MINUTE];
  const times: Stretch[] = [];
  for (let at = instantAt(on, from, timeZone).getTime(); at + length <= end; at += step)
    if (at > now.getTime() && isFirst(new Date(at), timeZone))
      times.push({ startsAt: new Date(at), endsAt: new Date(at + length) });
  return times;
}

/** Whether a clock shows this hour for the first time: of two alike nobody could say which is meant. */
function isFirst(at: Date, timeZone: string): boolean {
  const wall = zonedOf(at, timeZone).toPlainTime().toString();
  return instantAt(dayOf(at, timeZone), wall, timeZone).getTime() === at.getTime();
}

/** What is wrong with an offer; `field` is a JSON pointer into it. */
export function problemsOfOffer(offer: OfferTimes, minutes: number, timeZone: string, now: Date): FieldProblem[] {
  const today = dayOf(now, timeZone);
  if (offer.on < today) return [{ field: '/on', code: 'in_the_past' }];
  if (offer.on > plusDays(today, FARTHEST_DAYS))
    return [{ field: '/on', code: 'too_far', params: { days: FARTHEST_DAYS } }];
  if (offer.until <= offer.from) return [{ field: '/until', code: 'before_start' }];
  if (timesOf(offer, minutes, timeZone, now).length === 0)
    return [{ field: '/until', code: 'too_short', params: { minutes } }];
  return [];
}

/** Whether two stretches share a moment. */
export const overlaps = (one: Stretch, other: Stretch): boolean =>
  one.startsAt < other.endsAt && other.startsAt < one.endsAt;

/** Of the times that are to be offered, those that lie over none of `there`. Offered again, a time stays as it is. */
export const newTimes = (wanted: readonly Stretch[], there: readonly Stretch[]): Stretch[] =>
  wanted.filter((one) => !there.some((other) => overlaps(one, other)));

/** Until when a time can be moved or given back. */
export const moveUntil = ({ startsAt }: Pick<Stretch, 'startsAt'>, moveHours: number): Date =>
  new Date(startsAt.getTime() - moveHours * HOUR);

/** Whether a time can still be moved or given back; not from its beginning on, whatever the hours. */
export const mayMove = (time: Pick<Stretch, 'startsAt'>, moveHours: number, now: Date): boolean =>
  now < moveUntil(time, moveHours);

/** Whether two places are one room, or one address of a meeting: however it is written. */
export const isSamePlace = (one: string, other: string): boolean => placeKey(one) === placeKey(other);

const placeKey = (place: string) => place.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
