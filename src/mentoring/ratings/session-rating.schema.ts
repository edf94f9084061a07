import { type InferSchemaType, Schema, type Types } from 'mongoose';

const before = new Schema(
  {
    coachId: { type: Schema.Types.ObjectId, required: true },
    rating: { type: Number, required: true },
    comment: { type: String, default: '' },
  },
  { _id: false },
);

/**
 * What one of its people said of a session that was held: a fellow of its use, a coach of its fellows. One for each of them.
 * `waitsFor`: the coaches whose sums do not say it yet; `before`: what theirs say in its place. Absent in rows of before.
 */
export const sessionRatingSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    sessionId: { type: Schema.Types.ObjectId, required: true },
    raterId: { type: Schema.Types.ObjectId, required: true },
    side: { type: String, enum: ['fellow', 'coach'] as const, required: true },
    coachIds: { type: [Schema.Types.ObjectId], required: true },
    fellowIds: { type: [Schema.Types.ObjectId], required: true },
    rating: { type: Number, required: true },
    comment: { type: String, default: '' },
    at: { type: Date, required: true },
    waitsFor: { type: [Schema.Types.ObjectId], default: undefined },
    before: { type: [before], default: undefined },
  },
  { collection: 'session-ratings', versionKey: false },
);
sessionRatingSchema.index({ sessionId: 1, raterId: 1 }, { unique: true, name: 'rater' });
sessionRatingSchema.index({ cohortId: 1, at: -1 }, { name: 'cohort' });
sessionRatingSchema.index({ coachIds: 1, cohortId: 1 }, { name: 'coach' });

export type SessionRatingRow = Omit<InferSchemaType<typeof sessionRatingSchema>, 'waitsFor' | 'before'> & {
  _id: Types.ObjectId;
  waitsFor?: Types.ObjectId[] | null;
  before?: { coachId: Types.ObjectId; rating: number; comment: string }[] | null;
};
