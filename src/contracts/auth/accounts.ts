import { z } from 'zod';
import { Id, Instant, Line, PageQuery, Person } from '../primitives.js';
import { Role } from '../roles.js';

/** Where somebody belongs, as admins see it. `isOnlyStaff`: nobody else is of that cohort's programme team. */
export const AccountCohort = z.object({
  cohortId: Id,
  name: z.string(),
  color: z.string(),
  state: z.enum(['running', 'closed']),
  role: Role,
  isOnlyStaff: z.boolean(),
});
export type AccountCohort = z.infer<typeof AccountCohort>;

/**
 * An account of the installation, for its admins. `ended` is there while it is closed: its person can not sign in and belongs nowhere;
 * `cohorts` are then those to which they come back with it. `abilities` are those of who asks.
 */
export const Account = z.object({
  ...Person.shape,
  email: z.string(),
  isAdmin: z.boolean(),
  createdAt: Instant,
  lastSeenAt: Instant.nullable(),
  ended: z.object({ at: Instant, by: z.string().nullable(), reason: z.string().nullable() }).nullable(),
  cohorts: z.array(AccountCohort),
  abilities: z.object({
    deactivate: z.boolean(),
    reactivate: z.boolean(),
    makeAdmin: z.boolean(),
    takeAdmin: z.boolean(),
  }),
});
export type Account = z.infer<typeof Account>;

/** GET /api/admin/people: `q` are beginnings of words of the name, or of the address; `only` leaves out all others. */
export const AccountsQuery = PageQuery.extend({
  q: z.string().max(100).optional(),
  only: z.enum(['admins', 'ended']).optional(),
});
export type AccountsQuery = z.infer<typeof AccountsQuery>;

/** POST /api/admin/people/:userId/deactivate: the person reads `reason` where they sign in. */
export const DeactivateAccount = z.strictObject({ reason: Line(300).optional() });
export type DeactivateAccount = z.infer<typeof DeactivateAccount>;

/** What an admin did with an account. `joined_team`: they made themselves staff of `cohortName`. */
export const AccountActKind = z.enum(['deactivated', 'reactivated', 'made_admin', 'admin_taken', 'joined_team']);
export type AccountActKind = z.infer<typeof AccountActKind>;

/** GET /api/admin/people/acts: `by` is null for what was done on the machine itself. */
export const AccountAct = z.object({
  id: Id,
  at: Instant,
  by: Person.nullable(),
  person: Person.nullable(),
  act: AccountActKind,
  reason: z.string().nullable(),
  cohortName: z.string().nullable(),
});
export type AccountAct = z.infer<typeof AccountAct>;
