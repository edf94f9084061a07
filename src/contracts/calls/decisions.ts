import { z } from 'zod';
import { Id, Instant, Text } from '../primitives.js';
import { Place } from './places.js';

/** So long a decision is held before its letter goes, and can be undone. */
export const DECISION_HELD_MINUTES = 60;

/** What becomes of what was handed in. Who is on the waiting list may be accepted or declined later. */
export const DecisionKind = z.enum(['accepted', 'waiting', 'declined']);
export type DecisionKind = z.infer<typeof DecisionKind>;

/** What stands about a file: a decision, or `lapsed`: the place was given back, or nobody confirmed it. Who lost it so may be accepted once more. */
export const StandingKind = z.enum([...DecisionKind.options, 'lapsed']);
export type StandingKind = z.infer<typeof StandingKind>;

/** A decision as staff see it: its letter goes at `sendAt`; until some minutes before that it can be undone. `place`: of who is, or was, to confirm it. */
export const Decision = z.object({
  kind: StandingKind,
  sendAt: Instant,
  isSent: z.boolean(),
  place: Place.nullable(),
});
export type Decision = z.infer<typeof Decision>;

const letterWords = z.strictObject({ en: Text(3000, 1), fr: Text(3000, 1) });
/** A mistyped year must not keep a place for a thousand. */
const CenturyInstant = Instant.regex(/^20/, { error: 'must lie between 2000 and 2099' });
const applicationIds = z.array(Id).min(1).max(500);

/**
 * POST C/calls/:id/decisions (staff), once the call is closed: 409 `call_open` before. `words` are those of the letter, in the language of each applicant; `{name}` and `{number}` in them are
 * theirs. What cannot be decided is `left`, with the reason: it was withdrawn, or is decided (`decided`), is asked for a piece that has not come (`asked`), or is not there (`unknown`).
 * `confirmBy` (of `accepted`): until when the place is to be confirmed, after the letter: 422 `not_after_letter`; null: it is theirs without. `offer` (of `waiting`): the words in which a
 * place that is lost is offered to them; null: they are offered none by themselves.
 */
export const DecideApplications = z.strictObject({
  applicationIds,
  decision: DecisionKind,
  words: letterWords,
  confirmBy: CenturyInstant.nullable().default(null),
  offer: letterWords.nullable().default(null),
});
export type DecideApplications = z.infer<typeof DecideApplications>;

/** Answer to {@link DecideApplications}. Nobody decides about what they handed in themself (`own_file`), nor undoes that. */
export const DecidedApplications = z.object({
  decided: z.number(),
  sendAt: Instant,
  left: z.array(
    z.object({ applicationId: Id, because: z.enum(['unknown', 'own_file', 'withdrawn', 'decided', 'asked']) }),
  ),
});
export type DecidedApplications = z.infer<typeof DecidedApplications>;

/** DELETE C/calls/:id/decisions (staff): those that are held are undone; whose letter is on its way is not. */
export const UndoDecisions = z.strictObject({ applicationIds });
export type UndoDecisions = z.infer<typeof UndoDecisions>;

/** Answer to {@link UndoDecisions}. */
export const UndoneDecisions = z.object({ undone: z.number() });
export type UndoneDecisions = z.infer<typeof UndoneDecisions>;
