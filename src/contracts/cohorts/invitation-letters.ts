import { z } from 'zod';
import { Id, Instant } from '../primitives.js';

/** When the letter of an invitation goes: at an instant of the next 366 days, or `not_yet`: it is kept until staff send it. Null or absent: at once. */
export const SendAt = z.union([Instant, z.literal('not_yet')]).nullable();
export type SendAt = z.infer<typeof SendAt>;

/**
 * How the letter of an invitation stands. `kept`: nothing goes before staff say so; `planned`: it goes at `sendAt`, the first one or one more; `under_way`: it is being sent;
 * `refused`: the mail server took the last one not; `failed`: no server took it in time, or nobody knows whether one did.
 */
export const LetterState = z.enum(['kept', 'planned', 'under_way', 'sent', 'refused', 'failed']);
export type LetterState = z.infer<typeof LetterState>;

/**
 * POST C/invitations/letters (staff): the letters of some invitations go now, at `sendAt`, or, with `not_yet`, not on the day that was set. Each has an outcome of its own. `firstOnly`: to nobody who has
 * had a letter, or has one under way. Throws 422
 * `/sendAt` `past`, `too_far`, 409 `cohort_closed`, 429 `invitations_day_full`.
 */
export const AskLetters = z.strictObject({
  invitationIds: z.array(Id).min(1).max(500),
  sendAt: SendAt.optional(),
  firstOnly: z.boolean().optional(),
});
export type AskLetters = z.infer<typeof AskLetters>;

/**
 * What became of it for one of them. `asked_before`: its letter is under way, or went within the last minute: it is that one, and no other goes. `sent_before`: they have had a letter, and
 * `firstOnly` was asked for. `nothing_planned`: there is no day that could be called off. `mailbox_full`: it got five letters today.
 * `accepted` and `withdrawn`: there is nobody to write to any more. `unknown`: there is no such invitation here.
 */
export const LetterOutcome = z.enum([
  'under_way',
  'planned',
  'kept',
  'asked_before',
  'sent_before',
  'nothing_planned',
  'mailbox_full',
  'accepted',
  'withdrawn',
  'unknown',
]);
export type LetterOutcome = z.infer<typeof LetterOutcome>;

/** In the order in which they were asked for, each once. */
export const LettersAsked = z.object({
  items: z.array(z.object({ invitationId: Id, outcome: LetterOutcome })),
});
export type LettersAsked = z.infer<typeof LettersAsked>;
