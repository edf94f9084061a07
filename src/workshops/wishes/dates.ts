import { DAY, MINUTE } from '../../common/times/clock.js';
import { ZoneOffsets, weekdayOf } from '../../common/times/zone-offsets.js';

/** A stretch [from, to) of somebody's time, ms since the epoch. */
export interface Busy {
  userId: string;
  from: number;
  to: number;
}

/** Who is to come, when they cannot, and what is looked for. `avoid`: days (since 1970-01-01) on which nothing is to be. */
export interface DatesQuestion {
  people: readonly string[];
  givers: ReadonlySet<string>;
  busy: readonly Busy[];
  avoid: ReadonlySet<number>;
  timeZone: string;
  now: number;
  minutes: number;
}

/** A date with how many people are free, and how many of those who give. */
export interface SuitingDate {
  from: number;
  to: number;
  free: number;
  giving: number;
}

/** Nobody is asked for tomorrow. */
export const NOTICE_DAYS = 2;
export const LOOK_DAYS = 28;
export const OPENS = 9 * 60;
export const CLOSES = 18 * 60;
const STEP = 30;
const SATURDAY = 6;

/**
 * The dates that suit most of some people: within the working hours (09-18, Monday to Friday) of a zone, from two days to four weeks
 * ahead, on a grid of half hours. One a day, so that there is a choice: that at which most are free; of those alike the one with most who
 * give, then the first. Best day first, by the same order. Where people give, one of them must be free.
 */
export function suitingDates(question: DatesQuestion, most: number): SuitingDate[] {
  const { people, givers, minutes } = question;
  const all = candidates(question);
  const starts = all.map((one) => one.from);
  for (const [userId, stretches] of stretchesOf(question.busy, new Set(people))) {
    for (const index of takenBy(stretches, starts, minutes * MINUTE)) {
      const candidate = all[index];
      if (!candidate) continue;
      candidate.free -= 1;
      if (givers.has(userId)) candidate.giving -= 1;
    }
  }
  const mustHaveGiver = people.some((id) => givers.has(id));
  const bestOfDay = new Map<number, SuitingDate>();
  for (const { day, ...date } of all) {
    if (date.free < 1 || (mustHaveGiver && date.giving < 1)) continue;
    const known = bestOfDay.get(day);
    if (!known || bySuiting(date, known) < 0) bestOfDay.set(day, date);
  }
  return [...bestOfDay.values()].sort(bySuiting).slice(0, most);
}

const bySuiting = (a: SuitingDate, b: SuitingDate) => b.free - a.free || b.giving - a.giving || a.from - b.from;

/** Every start that may be, with everybody free. */
function candidates({ people, givers, avoid, timeZone, now, minutes }: DatesQuestion) {
  const zone = ZoneOffsets.of(timeZone);
  const today = zone.dayAt(now);
  const giving = people.filter((id) => givers.has(id)).length;
  const found: (SuitingDate & { day: number })[] = [];
  for (let day = today + NOTICE_DAYS; day < today + LOOK_DAYS; day += 1) {
    if (weekdayOf(day) >= SATURDAY || avoid.has(day)) continue;
    for (let minute = OPENS; minute + minutes <= CLOSES; minute += STEP) {
      const from = zone.instantOf(day, minute);
      found.push({ day, from, to: from + minutes * MINUTE, free: people.length, giving });
    }
  }
  return found;
}

/** The busy time of each person in order, each instant once. */
function stretchesOf(busy: readonly Busy[], people: ReadonlySet<string>): Map<string, Busy[]> {
  const byPerson = new Map<string, Busy[]>();
  for (const one of [...busy].sort((a, b) => a.from - b.from)) {
    if (!people.has(one.userId) || one.to <= one.from) continue;
    const list = byPerson.get(one.userId) ?? [];
    byPerson.set(one.userId, list);
    const last = list.at(-1);
    if (last && one.from <= last.to) list[list.length - 1] = { ...last, to: Math.max(last.to, one.to) };
    else list.push(one);
  }
  return byPerson;
}

/** Which of some ordered starts somebody cannot come to, each once: the ordered stretches and starts are walked side by side. */
function takenBy(stretches: readonly Busy[], starts: readonly number[], length: number): number[] {
  const taken: number[] = [];
  let at = 0;
  for (const [index, from] of starts.entries()) {
    while ((stretches[at]?.to ?? Infinity) <= from) at += 1;
    if ((stretches[at]?.from ?? Infinity) < from + length) taken.push(index);
  }
  return taken;
}

/** What is to be asked about: from the first day looked at to the end of the last, with room for any zone. */
export const lookOf = (now: number) => ({ from: now, to: now + (LOOK_DAYS + 1) * DAY });
