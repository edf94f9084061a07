import { z } from 'zod';
import { Craft, Role } from '../roles.js';
import { Email, Id, Instant, Line, Locale, NewPassword } from '../primitives.js';
import { PersonStatus } from './standing.js';
import { TimeZone } from '../time-zone.js';

/** One belonging: a role in a cohort. */
export const Membership = z.object({
  cohortId: Id,
  cohortName: z.string(),
  cohortColor: z.string(),
  cohortState: z.enum(['running', 'closed']),
  role: Role,
  projectId: Id.nullable(),
  joinedAt: Instant,
});
export type Membership = z.infer<typeof Membership>;

/**
 * The signed-in person. `pendingEmail` waits for its confirmation, and so does `email` unless `emailConfirmed`: such an account was made by a link
 * that others could read, and joins no other cohort. `showsPresence`: others see when I am here and
 * that I type. `showsLinkPreviews`: I see what pages outside say of themselves, where a cohort has that. `tracksTopics`: topics of the forum that I read or write in
 * are tracked by themselves.
 */
export const Me = z.object({
  id: Id,
  name: z.string(),
  email: z.string(),
  emailConfirmed: z.boolean(),
  pendingEmail: z.string().nullable(),
  locale: Locale,
  timeZone: z.string(),
  craft: Craft.nullable(),
  gives: z.array(z.string()),
  wants: z.array(z.string()),
  avatarUrl: z.string().nullable(),
  isAdmin: z.boolean(),
  showsPresence: z.boolean(),
  showsLinkPreviews: z.boolean(),
  tracksTopics: z.boolean(),
  status: PersonStatus.nullable(),
  quietUntil: Instant.nullable(),
  memberships: z.array(Membership),
});
export type Me = z.infer<typeof Me>;

const Skills = z.array(Line(60)).max(20);

/** What one may change of one's own profile; anything else is an unknown field. */
export const UpdateMe = z.strictObject({
  name: Line(120).optional(),
  locale: Locale.optional(),
  timeZone: TimeZone.optional(),
  craft: Craft.nullable().optional(),
  gives: Skills.optional(),
  wants: Skills.optional(),
  showsPresence: z.boolean().optional(),
  showsLinkPreviews: z.boolean().optional(),
  tracksTopics: z.boolean().optional(),
});
export type UpdateMe = z.infer<typeof UpdateMe>;

/** POST /api/auth/login */
export const Login = z.strictObject({ email: Email, password: z.string().min(1).max(200) });
export type Login = z.infer<typeof Login>;

/**
 * Reply of login, refresh and accept; the refresh token travels in a cookie only. `expiresAt` is the access token's end. `said`: a word for
 * what was said to me on my sockets so far, to be compared by the event `missed`; null while that cannot be known.
 */
export const SignedIn = z.object({ accessToken: z.string(), expiresAt: Instant, said: z.string().nullable(), me: Me });
export type SignedIn = z.infer<typeof SignedIn>;

/** POST /api/auth/password/forgot: always 202, known address or not. */
export const ForgotPassword = z.strictObject({ email: Email });
export type ForgotPassword = z.infer<typeof ForgotPassword>;

/** POST /api/auth/password/reset: all sessions of the person end. */
export const ResetPassword = z.strictObject({ token: z.string().max(500), password: NewPassword });
export type ResetPassword = z.infer<typeof ResetPassword>;

/** GET /api/auth/password/reset/:token — `first`: nobody has signed in to the account yet. `name`: null where none is known. */
export const ResetView = z.object({ first: z.boolean(), name: z.string().nullable() });
export type ResetView = z.infer<typeof ResetView>;

/** POST /api/auth/password/first: the first password of an account made on the machine; its person is signed in. */
export const FirstPassword = z.strictObject({ token: z.string().max(500), name: Line(120), password: NewPassword });
export type FirstPassword = z.infer<typeof FirstPassword>;

/** POST /api/me/password */
export const ChangePassword = z.strictObject({ currentPassword: z.string().min(1).max(200), password: NewPassword });
export type ChangePassword = z.infer<typeof ChangePassword>;

/** POST /api/me/email: 202; the new address gets a confirmation link, the old one a notice. */
export const ChangeEmail = z.strictObject({ email: Email, password: z.string().min(1).max(200) });
export type ChangeEmail = z.infer<typeof ChangeEmail>;

/**
 * POST /api/auth/email/confirm. A new address of an account: by who is signed in to it, else 401 `sign_in_to_confirm`. The first one, or one for an account that was
 * taken back: `password` is a new one, of who is not signed in to it.
 */
export const ConfirmEmail = z.strictObject({ token: z.string().max(500), password: NewPassword.optional() });
export type ConfirmEmail = z.infer<typeof ConfirmEmail>;

/** POST /api/auth/email/undo, from the address that an account had. `email`: another one for it, after 409 `email_taken`; a letter there confirms it. */
export const UndoEmail = z.strictObject({ token: z.string().max(500), email: Email.optional() });
export type UndoEmail = z.infer<typeof UndoEmail>;

/**
 * GET /api/auth/invitations/:token — what the invitation page shows. `known`: the address has an account, so sign in and accept; null to who
 * holds the link that staff copy, who must not learn it.
 */
export const InvitationView = z.object({
  email: z.string(),
  name: z.string(),
  role: Role,
  cohortName: z.string(),
  cohortColor: z.string(),
  projectName: z.string().nullable(),
  invitedBy: z.string().nullable(),
  locale: Locale,
  known: z.boolean().nullable(),
});
export type InvitationView = z.infer<typeof InvitationView>;

/** POST /api/auth/invitations/:token/accept for a new person; a known person sends `{}` while signed in. */
export const AcceptInvitation = z.strictObject({
  name: Line(120).optional(),
  password: NewPassword.optional(),
  timeZone: TimeZone.optional(),
  locale: Locale.optional(),
});
export type AcceptInvitation = z.infer<typeof AcceptInvitation>;

/** A login of mine on some device (GET /api/me/sessions); `current` is the one asking. */
export const LoginSession = z.object({
  id: Id,
  createdAt: Instant,
  lastUsedAt: Instant,
  userAgent: z.string(),
  current: z.boolean(),
});
export type LoginSession = z.infer<typeof LoginSession>;
