import { z } from 'zod';
import { CancelSession, RescheduleSession, SessionStatus, Slot } from './mentoring.js';
import { Id, Instant } from '../primitives.js';

/**
 * GET /api/session-links/:token: a session as the link of a mail shows it to one of its fellows, without a login. `cancelBy` is the
 * instant after which a cancellation counts as late, `late` whether that is now; `slots` are times to which it can move (at most 120).
 * POST .../move and .../cancel answer with the same. 404 once it is over, or when they are no part of it any more.
 */
export const SessionByLink = z.object({
  cohortId: Id,
  sessionId: Id,
  with: z.string(),
  startsAt: Instant,
  endsAt: Instant,
  timeZone: z.string(),
  status: SessionStatus,
  cancelBy: Instant,
  late: z.boolean(),
  cancelledLate: z.boolean(),
  revision: z.number(),
  slots: z.array(Slot),
  abilities: z.object({ move: z.boolean(), cancel: z.boolean() }),
});
export type SessionByLink = z.infer<typeof SessionByLink>;

/** POST /api/session-links/:token/move, on the revision that one has before one's eyes. */
export const MoveByLink = RescheduleSession;
export type MoveByLink = z.infer<typeof MoveByLink>;

/** POST /api/session-links/:token/cancel. */
export const CancelByLink = CancelSession;
export type CancelByLink = z.infer<typeof CancelByLink>;
