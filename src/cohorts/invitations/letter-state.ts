import { invalidField } from '../../common/problem.js';
import { DAY, MINUTE } from '../../common/times/clock.js';
import { problemOfTime } from '../../common/times/later.js';
import type { LetterState, SendAt } from '../../contracts/cohorts/invitation-letters.js';
import type { InvitationRow } from './invitation.schema.js';

/** An invitation can be accepted for so long after it was sent last. */
export const INVITATION_LIFE_MS = 60 * DAY;
/** One that is kept is in nobody's hands but those of staff: it is prepared months ahead. */
const KEPT_LIFE_MS = 366 * DAY;
/** A letter that is asked for once more within so long is the one that was asked for before. */
const SAME_LETTER_MS = MINUTE;
/** A worker may have taken a letter that is due so soon. */
const TAKEN_SOON_MS = 5000;

type Letter = Pick<InvitationRow, 'sentAt' | 'mailDueAt' | 'refusedAt' | 'failed'>;

/** When a letter goes that is asked for now; null: not yet. Throws 422 `/sendAt` `past`, `too_far`. */
export function dueOf(sendAt: SendAt | undefined, now: Date): Date | null {
  if (sendAt === 'not_yet') return null;
  if (!sendAt) return now;
  const at = new Date(sendAt);
  const problem = problemOfTime(at, now);
  if (problem) throw invalidField('/sendAt', problem);
  return at;
}

/** When an invitation is over whose letter goes then, or not yet. */
export const endOf = (dueAt: Date | null, now: Date): Date =>
  dueAt ? new Date(dueAt.getTime() + INVITATION_LIFE_MS) : new Date(now.getTime() + KEPT_LIFE_MS);

/** How its letter stands. One that is refused or sent and is to go once more is planned again. */
export function letterOf({ sentAt, mailDueAt, refusedAt, failed }: Letter, now: Date): LetterState {
  if (mailDueAt) return mailDueAt > now ? 'planned' : 'under_way';
  if (refusedAt) return failed ? 'failed' : 'refused';
  return sentAt ? 'sent' : 'kept';
}

/** Since when an answer is waited for: its last letter went, is on its way or was refused. Null: none has left yet, so that nobody is late. */
export function waitingSince({ sentAt, mailDueAt, refusedAt, failed }: Letter, now: Date): Date | null {
  return sentAt ?? (failed ? null : refusedAt) ?? (mailDueAt && mailDueAt <= now ? mailDueAt : null);
}

/**
 * Of which invitations a letter can be asked for, or taken back: none is on its way, and none went a moment ago. `firstOnly`: none went or was tried before, either, so that whoever takes somebody for
 * one who has no letter yet sends no second one. A mail server that has a letter in its hands for longer than a moment may take it all the same: then two arrive, and staff asked for two.
 */
export const whereLetterIsFree = (now: Date, { firstOnly = false }: { firstOnly?: boolean | undefined } = {}) => {
  const moment = new Date(now.getTime() - SAME_LETTER_MS);
  const soon = new Date(now.getTime() + TAKEN_SOON_MS);
  const isTried = firstOnly ? [] : [{ mailDueAt: { $lte: moment } }];
  return {
    open: true,
    $and: [
      { $or: [{ mailDueAt: null }, ...isTried, { mailDueAt: { $gt: soon } }] },
      firstOnly ? { sentAt: null } : { $or: [{ sentAt: null }, { sentAt: { $lte: moment } }] },
    ],
  };
};
