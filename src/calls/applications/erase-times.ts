import { DAY } from '../../common/times/clock.js';
import { zonedOf } from '../../common/times/zoned.js';
import type { CallRow } from '../call.schema.js';
import { isSent, standingDecision } from '../decisions/deciding.js';
import type { ApplicationRow, DecisionRow } from './application.schema.js';

/** A link that nobody opened is forgotten after this. */
export const UNOPENED_KEPT_MS = DAY;
/** What was never handed in, so long after the closing; what was withdrawn, so long after that. */
export const KEPT_DAYS = 7;

/** Of who is taken it is kept so long after the closing: what comes of it goes on from there. */
const TAKEN_MONTHS = 24;

type Kept = Pick<ApplicationRow, 'state' | 'openedAt' | 'createdAt' | 'withdrawnAt'> & {
  decision?: Pick<DecisionRow, 'kind' | 'at'> | null | undefined;
};

/**
 * When all of a file is erased, as things stand: a draft a week after the closing, what was withdrawn a week after that, what was handed in so many months after the closing
 * as the call promises, of who is taken two years after it, of who lost their place a week after that at the earliest.
 */
export function eraseAt(
  { state, openedAt, createdAt, withdrawnAt, decision }: Kept,
  { closesAt, keepRefusedMonths, timeZone }: Pick<CallRow, 'closesAt' | 'keepRefusedMonths' | 'timeZone'>,
): Date {
  if (state === 'withdrawn' && withdrawnAt) return new Date(withdrawnAt.getTime() + KEPT_DAYS * DAY);
  if (!openedAt) return new Date(createdAt.getTime() + UNOPENED_KEPT_MS);
  const closing = closesAt ?? createdAt;
  if (state === 'draft') return new Date(closing.getTime() + KEPT_DAYS * DAY);
  const months = decision?.kind === 'accepted' ? TAKEN_MONTHS : keepRefusedMonths;
  const earliest = decision?.kind === 'lapsed' ? decision.at.getTime() + KEPT_DAYS * DAY : 0;
  return new Date(Math.max(zonedOf(closing, timeZone).add({ months }).epochMilliseconds, earliest));
}

/** When a file is due to be erased: by what stands for who applies. One that is decided right now waits until that decision stands, an hour at most, and keeps the day that it has. */
export function dueAt(
  file: Kept & Pick<ApplicationRow, 'decision' | 'decidedBefore'>,
  call: Pick<CallRow, 'closesAt' | 'keepRefusedMonths' | 'timeZone'>,
  now: Date,
): Date {
  const at = eraseAt({ ...file, decision: standingDecision(file, now) }, call);
  const { decision } = file;
  const isHeld = file.state === 'submitted' && decision !== undefined && !isSent(decision, now);
  return isHeld && at < decision.sendAt ? decision.sendAt : at;
}
