import { DAY } from './clock.js';

const MAX_AHEAD_MS = 366 * DAY;

/** Why something cannot be planned for this instant, as the code of a field; null when it can. */
export function problemOfTime(dueAt: Date, now: Date): 'past' | 'too_far' | null {
  if (dueAt <= now) return 'past';
  return dueAt.getTime() - now.getTime() > MAX_AHEAD_MS ? 'too_far' : null;
}
