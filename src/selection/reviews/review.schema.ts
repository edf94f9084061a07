import { Schema, type Types } from 'mongoose';
import type { ReviewState, Verdict } from '../../contracts/selection/reviews.js';

const id = Schema.Types.ObjectId;

/**
 * That a juror is asked to read a file in a step, and what they write of it: one row a juror and file. `isLocked`: staff set it by hand, and assigning leaves it. `revisions`: in which revision
 * each part was changed last. `reason`: why they abstained, have an interest, or put it off (`laterAt`).
 */
export interface ReviewRow {
  _id: Types.ObjectId;
  stepId: Types.ObjectId;
  callId: Types.ObjectId;
  jurorId: Types.ObjectId;
  applicationId: Types.ObjectId;
  state: ReviewState;
  isLocked: boolean;
  revision: number;
  revisions: Record<string, number>;
  scores: Record<string, number>;
  verdict: Verdict | null;
  comment: string;
  toApplicant: string;
  reason: string;
  laterAt: Date | null;
  changedAt: Date | null;
  submittedAt: Date | null;
}

/** See {@link ReviewRow}. */
export const reviewSchema = new Schema(
  {
    stepId: { type: id, required: true },
    callId: { type: id, required: true },
    jurorId: { type: id, required: true },
    applicationId: { type: id, required: true },
    state: { type: String, enum: ['asked', 'begun', 'submitted', 'abstained', 'conflict'], required: true },
    isLocked: { type: Boolean, required: true },
    revision: { type: Number, required: true },
    revisions: { type: Schema.Types.Mixed, required: true },
    scores: { type: Schema.Types.Mixed, required: true },
    verdict: { type: String, default: null },
    comment: { type: String, default: '' },
    toApplicant: { type: String, default: '' },
    reason: { type: String, default: '' },
    laterAt: { type: Date, default: null },
    changedAt: { type: Date, default: null },
    submittedAt: { type: Date, default: null },
  },
  { collection: 'reviews', versionKey: false, minimize: false },
);
reviewSchema.index({ stepId: 1, applicationId: 1, jurorId: 1 }, { unique: true, name: 'pair' });
reviewSchema.index({ jurorId: 1, stepId: 1 }, { name: 'juror' });
reviewSchema.index({ callId: 1, state: 1 }, { name: 'call' });
reviewSchema.index({ applicationId: 1 }, { name: 'application' });
