import { z } from 'zod';
import { Instant } from './primitives.js';

/**
 * What can be wrong with the reminders of an installation. `late`: one has been due for more than a minute; `fail`: more than one in a
 * hundred of those that were to go out within the last hour failed.
 */
export const AlertKind = z.enum(['late', 'fail']);
export type AlertKind = z.infer<typeof AlertKind>;

/**
 * What is wrong, or was until a moment ago. `since`: when the first one was due, or failed; `count`: how many wait (10,000 at most), or
 * failed of `among` that were to go out (null where they wait). `wellSince`: it is well again since then, and over once that has lasted.
 */
export const Alert = z.object({
  kind: AlertKind,
  since: Instant,
  count: z.number(),
  among: z.number().nullable(),
  wellSince: Instant.nullable(),
});
export type Alert = z.infer<typeof Alert>;

/** GET /api/operation (admin): how many reminders went and failed within the last hour, and what is wrong with them (nothing: empty). */
export const Operation = z.object({ sent: z.number(), failed: z.number(), alerts: z.array(Alert) });
export type Operation = z.infer<typeof Operation>;
