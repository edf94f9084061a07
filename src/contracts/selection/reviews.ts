import { z } from 'zod';
import { Answers } from '../calls/answers.js';
import { CallKind, Criterion } from '../calls/calls.js';
import { FieldKey, InBoth, PublishedForm } from '../calls/forms.js';
import { Id, Instant, Text, TypedText } from '../primitives.js';
import { StepState } from './steps.js';

/** What a juror thinks of a file as a whole. */
export const Verdict = z.enum(['yes', 'maybe', 'no']);
export type Verdict = z.infer<typeof Verdict>;

/** `asked`: nothing was written yet; `begun`; `submitted`: it counts, and is kept as it is; `abstained`; `conflict`: the juror has an interest in the file, and sees nothing of it. */
export const ReviewState = z.enum(['asked', 'begun', 'submitted', 'abstained', 'conflict']);
export type ReviewState = z.infer<typeof ReviewState>;

/** A file in a juror's queue. `isLater`: they put it off. */
export const ReviewSummary = z.object({
  id: Id,
  stepId: Id,
  number: z.string(),
  state: ReviewState,
  isLater: z.boolean(),
  submittedAt: Instant.nullable(),
});
export type ReviewSummary = z.infer<typeof ReviewSummary>;

/** GET /api/me/reviews: all that I am asked for, by step, in the order in which I read: what is put off comes last. Of a step that is not open yet nothing is shown. `isJuror`: of some call, also where nothing is to be read yet. */
export const MyReviews = z.object({
  isJuror: z.boolean(),
  steps: z.array(
    z.object({
      id: Id,
      name: InBoth,
      number: z.number(),
      state: StepState,
      dueAt: Instant.nullable(),
      callTitle: InBoth,
      callSlug: z.string(),
      kind: CallKind,
      cohort: z.object({ name: z.string(), color: z.string() }),
      items: z.array(ReviewSummary),
    }),
  ),
});
export type MyReviews = z.infer<typeof MyReviews>;

/** What a juror writes of a file: scores by the key of their criterion, from 1 to the length of the scale. `comment` is for the jury and staff, `toApplicant` goes with the letter, without a name. */
const written = {
  scores: z.record(FieldKey, z.number().int().min(1).max(7)),
  verdict: Verdict.nullable(),
  comment: z.string(),
  toApplicant: z.string(),
};

/** Another juror's review of the same file in this step. */
export const OtherReview = z.object({ ...written, jurorName: z.string(), mean: z.number() });
export type OtherReview = z.infer<typeof OtherReview>;

/**
 * GET /api/me/reviews/:id: a file to be read, with what I wrote of it. `file` holds the fields of the form that this step shows, and their answers; `hidden` the names of those that it does not.
 * `file` is null of a conflict of interest. `others`: null until mine is handed in. `revisions`: in which revision each part was changed last, by its name
 * as `conflicts` have it. 404 also for a step that is not open yet.
 */
export const Review = z.object({
  ...written,
  id: Id,
  state: ReviewState,
  revision: z.number(),
  revisions: z.record(z.string(), z.number()),
  isLater: z.boolean(),
  reason: z.string(),
  submittedAt: Instant.nullable(),
  changedAt: Instant.nullable(),
  number: z.string(),
  step: z.object({ id: Id, name: InBoth, number: z.number(), state: StepState, dueAt: Instant.nullable() }),
  call: z.object({ title: InBoth, slug: z.string(), kind: CallKind }),
  scale: z.array(InBoth),
  criteria: z.array(Criterion),
  file: z
    .object({ craft: InBoth.nullable(), form: PublishedForm, answers: Answers, hidden: z.array(InBoth) })
    .nullable(),
  others: z.array(OtherReview).nullable(),
  abilities: z.object({ write: z.boolean(), submit: z.boolean() }),
});
export type Review = z.infer<typeof Review>;

/**
 * PUT /api/me/reviews/:id: what was changed; `null` takes a score or the verdict away. `revision` is the one that was shown: what another tab wrote after it stays, and is named in `conflicts`.
 * 409 `review_submitted`, `step_closed`; 422 for a criterion that is not there, or a score above the scale.
 */
export const WriteReview = z.strictObject({
  revision: z.number().int().min(0),
  scores: z.record(FieldKey, z.number().int().min(1).max(7).nullable()).optional(),
  verdict: Verdict.nullable().optional(),
  comment: TypedText(5000).optional(),
  toApplicant: TypedText(2000).optional(),
});
export type WriteReview = z.infer<typeof WriteReview>;

/** Answer to {@link WriteReview}. `field`: `comment`, `toApplicant`, `verdict`, or `scores/` and the key of a criterion. */
export const WrittenReview = z.object({
  review: Review,
  conflicts: z.array(
    z.object({
      field: z.string(),
      sent: z.union([z.string(), z.number()]).nullable(),
      kept: z.union([z.string(), z.number()]).nullable(),
    }),
  ),
});
export type WrittenReview = z.infer<typeof WrittenReview>;

/** POST .../submit: what was shown in this `revision`, of another 409 `edited_meanwhile`; 409 `incomplete` names in `missing` the criteria without a score, and `verdict`. Sent twice: once. */
export const SubmitReview = z.strictObject({ revision: z.number().int().min(0) });
export type SubmitReview = z.infer<typeof SubmitReview>;

/** POST .../abstain, .../conflict, .../skip: why, in own words; staff read it.  409 `review_submitted`. */
export const ReviewReason = z.strictObject({ reason: Text(500, 1) });
export type ReviewReason = z.infer<typeof ReviewReason>;
/** POST .../skip: the file comes last in my queue until I write in it, or does so no more. */
export const SkipReview = z.strictObject({ isLater: z.boolean(), reason: Text(500) });
export type SkipReview = z.infer<typeof SkipReview>;
