import { type InferSchemaType, Schema, type Types } from 'mongoose';

/** What one of its people said of a session that was held: a fellow of its use, a coach of its fellows. One for each of them. */
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
  },
  { collection: 'session-ratings', versionKey: false },
);
sessionRatingSchema.index({ sessionId: 1, raterId: 1 }, { unique: true, name: 'rater' });
sessionRatingSchema.index({ cohortId: 1, at: -1 }, { name: 'cohort' });

export type SessionRatingRow = InferSchemaType<typeof sessionRatingSchema> & { _id: Types.ObjectId };
