import { z } from 'zod';
import { Id, Instant } from '../primitives.js';
import { ReviewState } from './reviews.js';

/**
 * POST C/calls/:callId/assignment (staff): each file of the step is to be read by `perFile` jurors who joined or are invited, no juror reads more than `perJuror`, and who has an interest in a file
 * never gets it. What was begun, and what staff set by hand, stays. 409 `own_file` for who applied in the call themself, as of all that is changed here; `too_few_jurors` with `needed` places where all jurors together have too few; `step_closed`.
 */
export const AssignReviews = z.strictObject({
  step: Id,
  perFile: z.number().int().min(1).max(10),
  perJuror: z.number().int().min(1).max(2000),
});
export type AssignReviews = z.infer<typeof AssignReviews>;

/**
 * Answer: so many pairs stand, were added and taken away. `loads`: of each juror. `conflicts`: pairs that were kept apart by themselves. `short`: files that have fewer jurors than was asked for,
 * since nobody else may read them.
 */
export const Assigned = z.object({
  assigned: z.number(),
  added: z.number(),
  removed: z.number(),
  loads: z.array(z.object({ jurorId: Id, name: z.string(), files: z.number() })),
  conflicts: z.number(),
  short: z.array(z.object({ applicationId: Id, number: z.string(), jurors: z.number() })),
});
export type Assigned = z.infer<typeof Assigned>;

/** GET C/calls/:callId/reviews (staff): who reads what in a step, by file. */
export const ReviewsQuery = z.strictObject({ stepId: Id });
export type ReviewsQuery = z.infer<typeof ReviewsQuery>;

/** A pair as staff see it. `isLocked`: set by hand. `reason`: why the juror abstained, put it off, or has an interest in the file. */
export const StaffReview = z.object({
  id: Id,
  jurorId: Id,
  jurorName: z.string(),
  state: ReviewState,
  isLocked: z.boolean(),
  reason: z.string(),
  submittedAt: Instant.nullable(),
});
export type StaffReview = z.infer<typeof StaffReview>;

/** See {@link ReviewsQuery}. */
export const StaffReviews = z.object({
  files: z.array(z.object({ applicationId: Id, number: z.string(), name: z.string(), reviews: z.array(StaffReview) })),
});
export type StaffReviews = z.infer<typeof StaffReviews>;

/**
 * POST C/calls/:callId/reviews (staff): one more juror reads a file, by hand, and stays. Without a `jurorId` it is who has least to read and may. 409 `conflict_of_interest`, `already_assigned`,
 * `nobody_left`. DELETE .../reviews/:reviewId: not any more, 409 `review_submitted`. POST .../reviews/:reviewId/reopen: the juror may write again.
 */
export const AddReview = z.strictObject({ stepId: Id, applicationId: Id, jurorId: Id.optional() });
export type AddReview = z.infer<typeof AddReview>;
