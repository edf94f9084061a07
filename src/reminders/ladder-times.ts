import { Temporal } from 'temporal-polyfill';
import { DAY } from '../common/clock.js';
import { instantAt, plusDays } from '../common/zoned.js';
import { type Anchor, type Ladder, type Rung, lengthOf } from './ladder.js';

/**
 * What the rungs of a subject are counted from: an instant, in the zone it was planned in; or a whole day `on` the calendar of a zone; or
 * something that waits to be answered: who asked does so since `askedAt`, whoever is to act has it since `waitingSince`; or what is over.
 */
export type SubjectTime =
  | { startsAt: Date; timeZone: string }
  | { on: string; timeZone: string }
  | { askedAt: Date; waitingSince: Date }
  | { endedAt: Date };

/** A rung at its instant for one subject. */
export type PlacedRung = Rung & { at: Date };

const MORNING = '09:00';
/** So long what waits is worth saying after the last rung. */
const WORTH_DAYS = 7;
const WORTH_MS = WORTH_DAYS * DAY;

/** The rungs that are on, the earliest first, and the instant at which it is too late for all of them. Pure. */
export function placed(ladder: Ladder, time: SubjectTime): { rungs: PlacedRung[]; end: Date } {
  const rungs = ladder
    .filter((rung) => rung.on)
    .flatMap((rung) => {
      const at = instantOf(rung, time);
      return at ? [{ ...rung, at }] : [];
    })
    // Passed on late, a request's new owner is reminded after staff were told.
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  return { rungs, end: endOf(rungs, time) };
}

function endOf(rungs: readonly PlacedRung[], time: SubjectTime): Date {
  if ('startsAt' in time) return time.startsAt;
  if ('on' in time) {
    const afterwards = rungs.filter(({ time: { by } }) => by === 'morningAfter').map(({ count }) => count + WORTH_DAYS);
    return instantAt(plusDays(time.on, Math.max(1, ...afterwards)), '00:00', time.timeZone);
  }
  return new Date(Math.max(0, ...rungs.map(({ at }) => at.getTime())) + WORTH_MS);
}

/** Null for a rung that cannot be counted from such a subject. */
function instantOf(rung: Rung, time: SubjectTime): Date | null {
  const { by } = rung.time;
  if ('startsAt' in time) {
    if (by === 'wall') return daysBefore(time.startsAt, rung.count, time.timeZone);
    return by === 'exact' ? new Date(time.startsAt.getTime() - lengthOf(rung)) : null;
  }
  if ('on' in time) {
    if (by !== 'morning' && by !== 'morningAfter') return null;
    return instantAt(plusDays(time.on, by === 'morning' ? -rung.count : rung.count), MORNING, time.timeZone);
  }
  return by === 'since' ? new Date(anchorOf(rung.time.anchor, time).getTime() + lengthOf(rung)) : null;
}

function anchorOf(anchor: Anchor, time: { askedAt: Date; waitingSince: Date } | { endedAt: Date }): Date {
  if ('endedAt' in time) return time.endedAt;
  return anchor === 'waiting' ? time.waitingSince : time.askedAt;
}

/** The same time on the wall, so many days of the calendar earlier. */
function daysBefore(instant: Date, days: number, timeZone: string): Date {
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone);
  return new Date(zoned.subtract({ days }).epochMilliseconds);
}
