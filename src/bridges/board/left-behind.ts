import { type Accompanied, daysWithout } from '../../mentoring/coaches/days-without.js';

/** Days without a session after which a fellow is named on the board. */
export const QUIET_DAYS = 28;

/**
 * The fellows without a session for four weeks, those who wait longest first. Who has had none waits since they joined, and nobody
 * waits before the residency began.
 */
export function withoutSession<T extends Accompanied>(
  fellows: readonly T[],
  startsOn: string,
  today: string,
): (T & { days: number })[] {
  return fellows
    .map((fellow) => ({ ...fellow, days: daysWithout(fellow, startsOn, today) }))
    .filter(({ days }) => days >= QUIET_DAYS)
    .sort((a, b) => b.days - a.days);
}

/** Whether a workshop has fewer than half of its places taken. Online places count where there are some. */
export function isHalfEmpty(workshop: { going: number; capacity: number; onlineCapacity: number | null }): boolean {
  return workshop.going * 2 < placesOf(workshop);
}

export const placesOf = (workshop: { capacity: number; onlineCapacity: number | null }): number =>
  workshop.capacity + (workshop.onlineCapacity ?? 0);
