import { z } from 'zod';
import { ScheduleSession } from './mentoring.js';
import { Id, Instant } from '../primitives.js';
import { Craft } from '../roles.js';

/**
 * GET C/slots/any: at which times some coach of a craft is free, each time once, with the coach whose turn it is: who has the fewest
 * sessions in that week relative to their cap. At most 62 days; `minutes` (45 unless said) is the same with all. Answers as GET C/slots.
 */
export const AnySlotsQuery = z.strictObject({
  craft: Craft,
  from: Instant,
  to: Instant,
  minutes: z.coerce.number().int().min(15).max(240).multipleOf(5).default(45),
});
export type AnySlotsQuery = z.infer<typeof AnySlotsQuery>;

const { startsAt, need, participants, despite } = ScheduleSession.shape;

/**
 * POST C/sessions/any: a session with a coach of a craft. `coachId` is the one whose name was shown; when that coach was just taken, the
 * next one in turn who is free at the same time is booked. Where nobody is any more: 409 `slot_taken` with `next`.
 */
export const ScheduleWithAny = z.strictObject({
  craft: Craft,
  coachId: Id.optional(),
  startsAt,
  minutes: z.number().int().min(15).max(240).multipleOf(5).default(45),
  need,
  participants,
  despite,
});
export type ScheduleWithAny = z.infer<typeof ScheduleWithAny>;
