import { DAY, MINUTE } from '../../common/times/clock.js';
import type { Stretch } from '../availability/hours.js';

/** The busy times of one week, as they are kept: beginnings and ends in turn, in minutes since the epoch. */
export interface BusyWeek {
  /** Counted in UTC from 1970-01-01. */
  week: number;
  busy: number[];
}

const WEEK = 7 * DAY;

/** In minutes. Shorter free time has no session, so it is kept as busy: a calendar full of moments fills some 700 stretches of a week, not thousands. */
const SHORTEST_SESSION = 15;

/** The week in which an instant lies. */
export const weekAt = (instant: number): number => Math.floor(instant / WEEK);

/** Stretches in time order, cut where a week ends: whole minutes, rather too much than too little. Those are one between which no session has room. */
export function weeksOf(stretches: readonly Stretch[]): BusyWeek[] {
  const weeks = new Map<number, number[]>();
  for (const { from, to } of stretches) {
    for (let week = weekAt(from); week * WEEK < to; week += 1) {
      const begins = Math.max(from, week * WEEK);
      const ends = Math.min(to, (week + 1) * WEEK);
      const busy = weeks.get(week) ?? [];
      const [first, last] = [Math.floor(begins / MINUTE), Math.ceil(ends / MINUTE)];
      const before = busy.at(-1);
      if (before !== undefined && first - before < SHORTEST_SESSION) busy[busy.length - 1] = Math.max(before, last);
      else busy.push(first, last);
      weeks.set(week, busy);
    }
  }
  return [...weeks].map(([week, busy]) => ({ week, busy }));
}

/** The stretches of some weeks, those that a week's end cut being in two. */
export function stretchesOf(busy: readonly number[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (let at = 0; at + 1 < busy.length; at += 2) {
    stretches.push({ from: (busy[at] ?? 0) * MINUTE, to: (busy[at + 1] ?? 0) * MINUTE });
  }
  return stretches;
}
