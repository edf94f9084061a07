import { Temporal } from 'temporal-polyfill';
import { DAY, HOUR } from '../../common/times/clock.js';
import { instantAt, plusDays } from '../../common/times/zoned.js';
import { type Anchor, type Ladder, type Rung, lengthOf } from './ladder.js';

/**
 * What the rungs of a subject are counted from: an instant, in the zone it was planned in; or a whole day `on` the calendar of a zone (worth saying
 * for as many days as it `lasts`, one unless said; what comes after it comes on the day `notBefore` at the earliest); or the end of what is
 * held for somebody since `heldAt`, who may answer until `lapsesAt`; or
 * something that waits to be answered: who asked does so since `askedAt`, whoever is to act has it since `waitingSince`; or what is over.
 */
export type SubjectTime =
  | { startsAt: Date; timeZone: string }
  | { on: string; timeZone: string; lasts?: number; notBefore?: string }
  | { askedAt: Date; waitingSince: Date }
  | { heldAt: Date; lapsesAt: Date }
  | { endedAt: Date };

/** A rung at its instant for one subject, and the instant at which it is too late for it, whatever comes after it. */
export type PlacedRung = Rung & { at: Date; end: Date };

const MORNING = '09:00';
/** So long what waits is worth saying after the last rung. */
const WORTH_DAYS = 7;
const WORTH_MS = WORTH_DAYS * DAY;
/** Of what is held for less than this one reminder, at once, is enough. */
const SHORTEST_HOLD_MS = 4 * HOUR;

/** The rungs that are on, the earliest first. Pure. */
export function placed(ladder: Ladder, time: SubjectTime): PlacedRung[] {
  const rungs = ladder
    .filter((rung) => rung.on)
    .flatMap((rung) => {
      const at = instantOf(rung, time);
      return at ? [{ ...rung, at }] : [];
    })
    // Passed on late, a request's new owner is reminded after staff were told.
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  const last = Math.max(0, ...rungs.map(({ at }) => at.getTime()));
  return rungs.map((rung) => ({ ...rung, end: endOf(rung, time, last) }));
}

/** What is said before a day is no use after it; what waits is worth saying for a while after its last rung. */
function endOf(rung: Rung, time: SubjectTime, last: number): Date {
  if ('startsAt' in time) return time.startsAt;
  if ('lapsesAt' in time) return time.lapsesAt;
  if (!('on' in time)) return new Date(last + WORTH_MS);
  const over =
    rung.time.by === 'morningAfter' ? plusDays(dayAfter(rung, time), WORTH_DAYS) : plusDays(time.on, time.lasts ?? 1);
  return instantAt(over, '00:00', time.timeZone);
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
    return instantAt(by === 'morning' ? plusDays(time.on, -rung.count) : dayAfter(rung, time), MORNING, time.timeZone);
  }
  if ('lapsesAt' in time) return by === 'exact' ? beforeLapse(rung, time) : null;
  return by === 'since' ? new Date(anchorOf(rung.time.anchor, time).getTime() + lengthOf(rung)) : null;
}

/** So many days after a day, or later when it could not be said then. */
function dayAfter({ count }: Rung, { on, notBefore }: { on: string; notBefore?: string }): string {
  const day = plusDays(on, count);
  return notBefore && notBefore > day ? notBefore : day;
}

function anchorOf(anchor: Anchor, time: { askedAt: Date; waitingSince: Date } | { endedAt: Date }): Date {
  if ('endedAt' in time) return time.endedAt;
  return anchor === 'waiting' ? time.waitingSince : time.askedAt;
}

/** So long before the end, or half-way where it is held for less than twice that. */
function beforeLapse(rung: Rung, { heldAt, lapsesAt }: { heldAt: Date; lapsesAt: Date }): Date | null {
  const held = lapsesAt.getTime() - heldAt.getTime();
  return held < SHORTEST_HOLD_MS ? null : new Date(lapsesAt.getTime() - Math.min(lengthOf(rung), held / 2));
}

/** The same time on the wall, so many days of the calendar earlier. */
function daysBefore(instant: Date, days: number, timeZone: string): Date {
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone);
  return new Date(zoned.subtract({ days }).epochMilliseconds);
}
