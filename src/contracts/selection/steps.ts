import { z } from 'zod';
import { Criterion } from '../calls/calls.js';
import { FieldKey, InBoth, LineInBoth } from '../calls/forms.js';
import { Id, Instant } from '../primitives.js';

/** `draft`: staff prepare it; `open`: jurors read and write; `closed`: what they wrote is kept as it is. */
export const StepState = z.enum(['draft', 'open', 'closed']);
export type StepState = z.infer<typeof StepState>;

/** What a score is called: the first word is that of 1, the lowest. */
export const ScaleWords = z.array(LineInBoth(40)).min(2).max(7);
export type ScaleWords = z.infer<typeof ScaleWords>;

const writable = {
  name: LineInBoth(80),
  scale: ScaleWords,
  /** What is scored, with weights that are 100 together when the step opens. A new step begins with those of its call. */
  criteria: z.array(Criterion).max(12),
  /** The fields of the form that jurors of this step do not see; nor do they see those that are asked after a certain answer to one of them. With `name` among them, the name, addresses and hidden numbers are taken out of all texts, and files have no names. A field that a later version of the form adds is hidden if that says so. */
  hidden: z.array(FieldKey).max(120),
  /** Until when reviews are asked for; null: no day. Who comes later is told so, and is not refused. */
  dueAt: Instant.regex(/^20/, { error: 'must lie between 2000 and 2099' }).nullable(),
};

/**
 * A step of a call's selection, which jurors take part in: a first reading, a jury. `number` counts the steps of a call from 1. The first step reads all that was handed in; a later
 * one what was `chosen` for it. `fields`: those of all versions of the form, of which some are `hidden`. `counts`: files it reads, reviews that are asked for, handed in, abstained from, and pairs kept apart by a conflict of interest.
 */
export const Step = z.object({
  ...writable,
  id: Id,
  number: z.number(),
  state: StepState,
  revision: z.number(),
  fields: z.array(z.object({ key: z.string(), label: InBoth })),
  counts: z.object({
    ...{ files: z.number(), asked: z.number(), submitted: z.number(), abstained: z.number(), conflicts: z.number() },
  }),
  abilities: z.object({ edit: z.boolean(), open: z.boolean(), close: z.boolean(), assign: z.boolean() }),
});
export type Step = z.infer<typeof Step>;

/** GET C/calls/:callId/steps (staff): in their order. */
export const Steps = z.object({ items: z.array(Step) });
export type Steps = z.infer<typeof Steps>;

/** POST C/calls/:callId/steps (staff): with the criteria of the call and the fields that its form hides. 409 `too_many_steps` (6). */
export const CreateStep = z.strictObject({ name: LineInBoth(80) });
export type CreateStep = z.infer<typeof CreateStep>;

/** PATCH C/calls/:callId/steps/:stepId (staff): `revision` is the one that was shown, of another 409 `edited_meanwhile`. Scale and criteria stay once it is open: 409 `step_open`. */
export const UpdateStep = z
  .strictObject(writable)
  .partial()
  .extend({ revision: z.number().int().min(0) });
export type UpdateStep = z.infer<typeof UpdateStep>;

/** PUT C/calls/:callId/steps/:stepId/files (staff): which files a later step reads, all at once. 409 `first_step` of the first one, which reads all. */
export const ChooseFiles = z.strictObject({ applicationIds: z.array(Id).max(2000) });
export type ChooseFiles = z.infer<typeof ChooseFiles>;
