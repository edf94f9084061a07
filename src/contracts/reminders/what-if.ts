import { z } from 'zod';
import { Id, Instant, Person, PlainDate, PlannedInstant } from '../primitives.js';
import { PreviewPhases } from '../cohorts/phase-moves.js';
import { RungSetting } from './reminder-ladder.js';
import { ReminderChannel, ReminderKind, ReminderSubjectType } from './reminders.js';

/**
 * POST C/reminders/what-if (staff): what would become of the reminders to come if the rules were these (`rungs` as with PUT
 * C/reminders/ladder), a workshop or a session began at another time, a milestone had another day, or the phases were these (as
 * with PATCH C, milestones going along unless `keepMilestones`). Nothing is saved and nobody hears of it.
 */
export const WhatIf = z.discriminatedUnion('change', [
  z.strictObject({ change: z.literal('rules'), rungs: z.array(RungSetting).max(100) }),
  z.strictObject({
    change: z.literal('time'),
    type: z.enum(['workshop', 'session']),
    id: Id,
    startsAt: PlannedInstant,
  }),
  z.strictObject({ change: z.literal('day'), type: z.literal('milestone'), id: Id, on: PlainDate }),
  PreviewPhases.extend({ change: z.literal('phases'), keepMilestones: z.boolean().optional() }),
]);
export type WhatIf = z.infer<typeof WhatIf>;

/** What would become of a reminder. `changed`: same time, other channels. */
export const Difference = z.enum(['added', 'moved', 'changed', 'dropped']);
export type Difference = z.infer<typeof Difference>;

/** One reminder that would be another one. `before` is null for what is added, `after` for what is dropped. */
export const ReminderDifference = z.object({
  what: Difference,
  kind: ReminderKind,
  subject: z.object({ type: ReminderSubjectType, id: Id }),
  subjectTitle: z.string(),
  why: z.string(),
  person: Person.extend({ timeZone: z.string() }),
  before: Instant.nullable(),
  after: Instant.nullable(),
  channels: z.array(ReminderChannel),
});
export type ReminderDifference = z.infer<typeof ReminderDifference>;

/** How many in all, for how many people, and the first 100 in the order of their time. */
export const WhatIfAnswer = z.object({
  counts: z.record(Difference, z.number()),
  people: z.number(),
  items: z.array(ReminderDifference),
});
export type WhatIfAnswer = z.infer<typeof WhatIfAnswer>;
