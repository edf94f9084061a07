import { z } from 'zod';
import { FieldKey } from '../calls/forms.js';
import { Email, Id, Instant, Line, Locale, NewPassword } from '../primitives.js';
import { TimeZone } from '../time-zone.js';

/** `invited`: has not followed the link yet; `joined`: reads; `left`: reads nothing any more, what was handed in stays. */
export const JurorState = z.enum(['invited', 'joined', 'left']);
export type JurorState = z.infer<typeof JurorState>;

const writable = {
  name: Line(120),
  /** The key of an option of the form's field `craft`; null: none in particular. */
  craft: FieldKey.nullable().default(null),
  organisation: Line(200, 0).default(''),
};

/** A juror of a call. `load` is of the step that is asked for. `refusedAt`: when their address refused a letter for good; null once one arrived. */
export const Juror = z.object({
  id: Id,
  name: z.string(),
  email: z.string(),
  craft: z.string().nullable(),
  organisation: z.string(),
  state: JurorState,
  invitedAt: Instant,
  joinedAt: Instant.nullable(),
  refusedAt: Instant.nullable(),
  load: z.object({ asked: z.number(), submitted: z.number(), abstained: z.number(), conflicts: z.number() }),
  lastReviewAt: Instant.nullable(),
});
export type Juror = z.infer<typeof Juror>;

/** GET C/calls/:callId/jurors (staff): of this step, by their name. */
export const JurorsQuery = z.strictObject({ stepId: Id.optional() });
export type JurorsQuery = z.infer<typeof JurorsQuery>;
/** See {@link Juror}. */
export const Jurors = z.object({ items: z.array(Juror) });
export type Jurors = z.infer<typeof Jurors>;

/** One who is invited. */
export const NewJuror = z.strictObject({ ...writable, email: Email, locale: Locale });
export type NewJuror = z.infer<typeof NewJuror>;

/** POST C/calls/:callId/jurors (staff): each gets a mail with a link. Who is a juror of the call already is left, and named; who had left is invited again. 409 `too_many_jurors` (200); `own_file` for who applied in the call themself, as of all that is changed here. */
export const InviteJurors = z.strictObject({ items: z.array(NewJuror).min(1).max(100) });
export type InviteJurors = z.infer<typeof InviteJurors>;
/** Answer to {@link InviteJurors}. */
export const InvitedJurors = z.object({ invited: z.number(), there: z.array(z.string()) });
export type InvitedJurors = z.infer<typeof InvitedJurors>;

/** PATCH C/calls/:callId/jurors/:jurorId (staff). */
export const UpdateJuror = z.strictObject({
  name: writable.name.optional(),
  craft: FieldKey.nullable().optional(),
  organisation: Line(200, 0).optional(),
});
export type UpdateJuror = z.infer<typeof UpdateJuror>;

/**
 * POST C/calls/:callId/jurors/remind (staff): one letter to each, with how much waits for them in a step; the link again to who has not come yet. Who was written to in the last hour, or has nothing
 * left to do, is left out. DELETE C/calls/:callId/jurors/:jurorId: they leave, and what they had not begun is free.
 */
export const RemindJurors = z.strictObject({ stepId: Id, jurorIds: z.array(Id).min(1).max(200) });
export type RemindJurors = z.infer<typeof RemindJurors>;
/** Answer to {@link RemindJurors}. An address that refused the last letter gets another one, and is not counted. */
export const RemindedJurors = z.object({ reminded: z.number() });
export type RemindedJurors = z.infer<typeof RemindedJurors>;

/** GET /api/auth/juries/:token, without a login: what the link of a juror's mail leads to. `known`: the address has an account, with which one signs in. */
export const JuryView = z.object({
  email: z.string(),
  name: z.string(),
  callTitle: z.object({ en: z.string(), fr: z.string() }),
  cohortName: z.string(),
  cohortColor: z.string(),
  locale: Locale,
  known: z.boolean(),
});
export type JuryView = z.infer<typeof JuryView>;

/**
 * POST /api/auth/juries/:token/accept: for a new person with a password; a known one sends `{}` while signed in. 401 `sign_in_to_accept`, 409 `other_account`, 409 `jury_left` for who is
 * no juror any more, 409 `jury_expired` where the link is older than 60 days. The answer is that of a sign-in, also for who had joined before.
 */
export const AcceptJury = z.strictObject({
  name: Line(120).optional(),
  password: NewPassword.optional(),
  timeZone: TimeZone.optional(),
  locale: Locale.optional(),
});
export type AcceptJury = z.infer<typeof AcceptJury>;
