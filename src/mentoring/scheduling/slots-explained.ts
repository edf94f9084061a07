import { DAY } from '../../common/times/clock.js';
import { type DayHours, closedHours, merged, openHours } from '../availability/hours.js';
import { judgeOf, outside, rasterOf } from './slot-judge.js';
import type { CoachCalendar, FreeSlot, NotOffered, SlotQuery } from './slots.js';

/** So many slots that are not offered are explained, or those of one day more: weeks of a cohort. What is made for one who asks has an end, whatever they ask for. */
export const MAX_EXPLAINED = 2000;

/** Slots, and until when it is said which are hidden; null: to the end. */
export interface ExplainedSlots {
  free: FreeSlot[];
  hidden: NotOffered[];
  explainedUntil: number | null;
}

/** The free slots, and the next of those that are not offered with the reason: day after day, until enough are explained. From there on `freeOf` tells what is free. */
export function explainedSlotsOf(
  coaches: readonly CoachCalendar[],
  query: SlotQuery,
  freeOf: (rest: SlotQuery) => FreeSlot[],
): ExplainedSlots {
  const free: FreeSlot[] = [];
  const hidden: NotOffered[] = [];
  const mine = merged(query.mine);
  const rules = coaches.map((coach) => ({
    coachId: coach.coachId,
    judge: judgeOf(coach, query, mine),
    raster: rasterOf(coach.availability, query),
  }));
  let from = Math.max(query.from, query.now);
  for (; from < query.to && hidden.length < MAX_EXPLAINED; from += DAY) {
    const to = Math.min(from + DAY, query.to);
    for (const { coachId, judge, raster } of rules) {
      eachSlotOf(raster, { from, to }, (day, from, to, closed) => {
        const why = closed ? outside(raster.timetable, day) : judge(day, from, to);
        if (why) hidden.push({ coachId, from, to, ...why });
        else free.push({ coachId, from, to });
      });
    }
  }
  free.sort((a, b) => a.from - b.from);
  hidden.sort((a, b) => a.from - b.from);
  return from < query.to
    ? { free: [...free, ...freeOf({ ...query, from, explain: false })], hidden, explainedUntil: from }
    : { free, hidden, explainedUntil: null };
}

/** Calls `take` with each slot of a coach's hours, in time order within open and closed hours of a day. */
function eachSlotOf(
  { length, step, timetable }: ReturnType<typeof rasterOf>,
  range: Pick<SlotQuery, 'from' | 'to'>,
  take: (day: number, from: number, to: number, closed: boolean) => void,
): void {
  const cut = (hours: DayHours, closed: boolean) => {
    for (let from = hours.from; from + length <= hours.to && from < range.to; from += step) {
      if (from >= range.from) take(hours.day, from, from + length, closed);
    }
  };
  const lastDay = timetable.zone.dayAt(range.to);
  for (let day = timetable.zone.dayAt(range.from); day <= lastDay; day += 1) {
    for (const hours of openHours(timetable, day)) cut(hours, false);
    for (const hours of closedHours(timetable, day)) cut(hours, true);
  }
}
