import { DAY, HOUR, MINUTE } from '../../common/times/clock.js';
import { zonedOf } from '../../common/times/zoned.js';

/** The present of the demo: the real one, and the day (00:00 UTC) on which its week began. */
export interface Present {
  now: Date;
  monday: Date;
}

/** How many weeks ago the running cohort began: its fourth month. */
export const WEEKS_IN = 14;

const ANNOUNCED_BEFORE_MS = 16 * DAY;

export function presentOf(now: Date): Present {
  const { dayOfWeek } = zonedOf(now, 'UTC');
  return { now, monday: new Date(Math.floor(now.getTime() / DAY) * DAY - (dayOfWeek - 1) * DAY) };
}

/** An instant of the demo: `week` counts from this one (negative before), `day` 0 is Monday, `hour` may have a fraction. UTC. */
export function at({ monday }: Present, week: number, day: number, hour: number): Date {
  return new Date(monday.getTime() + (week * 7 + day) * DAY + hour * HOUR);
}

/** When the workshop of this place in a list of `count` is held, and when it was announced: some weeks before, and never just now. */
export function workshopTimes(present: Present, index: number, count: number, hour: number) {
  const week = -WEEKS_IN + 1 + Math.floor((index * (WEEKS_IN + 4)) / count);
  const startsAt = at(present, week, index % 5, hour);
  const announcedAt = Math.min(startsAt.getTime() - ANNOUNCED_BEFORE_MS, present.now.getTime() - 2 * DAY);
  return { startsAt, announcedAt: new Date(announcedAt) };
}

/** When the sessions of a week are booked: on the Friday before, or now. `from` and `to` bound the hours that are looked through. */
export function bookingTimes(present: Present, week: number) {
  const from = at(present, week, 0, 0);
  const bookedOn = new Date(Math.min(from.getTime() - 3 * DAY + 10 * HOUR, present.now.getTime()));
  return { bookedOn, from, to: new Date(from.getTime() + 7 * DAY) };
}

/** People talk from Monday to Friday, 7:00 to 18:00 UTC: the instant that lies so far (0 to 1) through these hours, in their order. */
export function talkingTime(present: Present, part: number): Date {
  return inTalkingHours(at(present, -WEEKS_IN, 0, 0), present).at(part);
}

/** The talking hours of this week until now: which share of the week's they are (0 to 1), and the instants in them. */
export function talkingTimesOfThisWeek(present: Present) {
  const { hours, at: timeAt } = inTalkingHours(present.monday, present);
  return { share: hours / (5 * A_DAYS_HOURS), at: timeAt };
}

const BEGINS = 7;
const A_DAYS_HOURS = 11;

/** The talking hours from the beginning of a day until two minutes before now. */
function inTalkingHours(from: Date, { now }: Present) {
  const last = now.getTime() - 2 * MINUTE;
  const days = Math.max(0, Math.floor((last - from.getTime()) / DAY) + 1);
  const working = Array.from({ length: days }, (_, day) => from.getTime() + day * DAY).filter(
    (day) => ![0, 6].includes(new Date(day).getUTCDay()),
  );
  const lastDay = working.at(-1) ?? from.getTime();
  const ofLastDay = Math.min(Math.max((last - lastDay - BEGINS * HOUR) / (A_DAYS_HOURS * HOUR), 0), 1);
  const fullDays = Math.max(0, working.length - 1);
  return {
    hours: (fullDays + ofLastDay) * A_DAYS_HOURS,
    at: (part: number) => {
      const position = part * (fullDays + ofLastDay);
      const day = working[Math.floor(position)] ?? lastDay;
      return new Date(day + BEGINS * HOUR + (position % 1) * A_DAYS_HOURS * HOUR);
    },
  };
}
