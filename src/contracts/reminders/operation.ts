import { z } from 'zod';
import { Id, Instant } from '../primitives.js';

/**
 * What can be wrong with the reminders of an installation. `late`: one has been due for more than a minute and is not sent.
 * `deferred`: mails wait for more than a minute, since the mail server puts them off, cannot be reached, or takes too few. `fail`: some failed within the
 * last hour. The last two: more than one in a hundred of the last hour, of three people or more; fewer are told to staff alone.
 */
export const AlertKind = z.enum(['late', 'deferred', 'fail']);
export type AlertKind = z.infer<typeof AlertKind>;

/**
 * What is wrong, or was until a moment ago. `since`: when the first one was due, or failed; `count`: how many wait or failed (10,000 at
 * most), of `among` that were to go out (null where they wait). `wellSince`: it is well again since then, and over once that has lasted.
 */
export const Alert = z.object({
  kind: AlertKind,
  since: Instant,
  count: z.number(),
  among: z.number().nullable(),
  wellSince: Instant.nullable(),
});
export type Alert = z.infer<typeof Alert>;

/**
 * GET /api/operation (admin): how many reminders went and failed within the last hour, how many wait since their mails were put off, whoever
 * they are for, and what is wrong with them (nothing: empty).
 */
export const Operation = z.object({
  sent: z.number(),
  failed: z.number(),
  deferred: z.number(),
  alerts: z.array(Alert),
});
export type Operation = z.infer<typeof Operation>;

/**
 * What must follow an act and fails, so that somebody has to look: `event` is what happened, `waiting` who has not followed it, `tries` how often they were asked,
 * `nextAt` when they are asked again.
 */
export const FailedFollowUp = z.object({
  id: Id,
  event: z.string(),
  at: Instant,
  waiting: z.array(z.string()),
  tries: z.number(),
  nextAt: Instant,
});
export type FailedFollowUp = z.infer<typeof FailedFollowUp>;

/** GET /api/operation/follow-ups (admin): those that were tried three times or more, the most often tried first; 100 at most. */
export const FailedFollowUps = z.object({ items: z.array(FailedFollowUp) });
export type FailedFollowUps = z.infer<typeof FailedFollowUps>;
