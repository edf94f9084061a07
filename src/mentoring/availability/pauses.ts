import { MINUTE } from '../../common/times/clock.js';
import type { Availability } from '../../contracts/mentoring/mentoring.js';

/**
 * The pauses of a coach in ms: a session begins `before` after what they are at ends, and ends `after` before the next begins. Between
 * two sessions one pause serves both, so the longer of the two counts.
 */
export function pausesOf(
  availability: Pick<Availability, 'bufferMinutes' | 'bufferBeforeMinutes' | 'bufferAfterMinutes'>,
): { before: number; after: number; between: number } {
  const before = (availability.bufferBeforeMinutes ?? availability.bufferMinutes) * MINUTE;
  const after = (availability.bufferAfterMinutes ?? availability.bufferMinutes) * MINUTE;
  return { before, after, between: Math.max(before, after) };
}
