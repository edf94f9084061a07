import { DAY } from '../../common/times/clock.js';
import { zonedOf } from '../../common/times/zoned.js';
import type { CallRow } from '../call.schema.js';
import type { ApplicationRow } from './application.schema.js';

/** A link that nobody opened is forgotten after this. */
export const UNOPENED_KEPT_MS = DAY;
/** What was never handed in, so long after the closing; what was withdrawn, so long after that. */
export const KEPT_DAYS = 7;

type Kept = Pick<ApplicationRow, 'state' | 'openedAt' | 'createdAt' | 'withdrawnAt'>;

/**
 * When all of a file is erased, as things stand: a draft a week after the closing, what was withdrawn a week after that, what was handed in so many months after the closing
 * as the call promises.
 */
export function eraseAt(
  { state, openedAt, createdAt, withdrawnAt }: Kept,
  { closesAt, keepRefusedMonths, timeZone }: Pick<CallRow, 'closesAt' | 'keepRefusedMonths' | 'timeZone'>,
): Date {
  if (state === 'withdrawn' && withdrawnAt) return new Date(withdrawnAt.getTime() + KEPT_DAYS * DAY);
  if (!openedAt) return new Date(createdAt.getTime() + UNOPENED_KEPT_MS);
  const closing = closesAt ?? createdAt;
  return state === 'draft'
    ? new Date(closing.getTime() + KEPT_DAYS * DAY)
    : new Date(zonedOf(closing, timeZone).add({ months: keepRefusedMonths }).epochMilliseconds);
}
