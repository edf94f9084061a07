import { z } from 'zod';
import { Id, Instant, Text } from '../primitives.js';

/** So long a decision is held before its letter goes, and can be undone. */
export const DECISION_HELD_MINUTES = 60;

/** What becomes of what was handed in. Who is on the waiting list may be accepted or declined later. */
export const DecisionKind = z.enum(['accepted', 'waiting', 'declined']);
export type DecisionKind = z.infer<typeof DecisionKind>;

/** A decision as staff see it: its letter goes at `sendAt`; until some minutes before that it can be undone. */
export const Decision = z.object({ kind: DecisionKind, sendAt: Instant, isSent: z.boolean() });
export type Decision = z.infer<typeof Decision>;

const applicationIds = z.array(Id).min(1).max(500);

/**
 * POST C/calls/:id/decisions (staff), once the call is closed: 409 `call_open` before. `words` are those of the letter, in the language of each applicant; `{name}` and `{number}` in them are
 * theirs. What cannot be decided is `left`, with the reason: it was withdrawn, or is decided (`decided`), or is not there (`unknown`).
 */
export const DecideApplications = z.strictObject({
  applicationIds,
  decision: DecisionKind,
  words: z.strictObject({ en: Text(3000, 1), fr: Text(3000, 1) }),
});
export type DecideApplications = z.infer<typeof DecideApplications>;

/** Answer to {@link DecideApplications}. */
export const DecidedApplications = z.object({
  decided: z.number(),
  sendAt: Instant,
  left: z.array(z.object({ applicationId: Id, because: z.enum(['unknown', 'withdrawn', 'decided']) })),
});
export type DecidedApplications = z.infer<typeof DecidedApplications>;

/** DELETE C/calls/:id/decisions (staff): those that are held are undone; whose letter is on its way is not. */
export const UndoDecisions = z.strictObject({ applicationIds });
export type UndoDecisions = z.infer<typeof UndoDecisions>;

/** Answer to {@link UndoDecisions}. */
export const UndoneDecisions = z.object({ undone: z.number() });
export type UndoneDecisions = z.infer<typeof UndoneDecisions>;
