import { type InferSchemaType, Schema, type Types } from 'mongoose';

/**
 * How one person found one workshop: said once. The person is kept so that it is once, and shown to nobody. `waits`: it is shown to nobody yet, until enough others have said
 * something; absent in all that is shown, and in rows of before.
 */
export const feedbackSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    workshopId: { type: Schema.Types.ObjectId, required: true },
    userId: { type: Schema.Types.ObjectId, required: true },
    rating: { type: Number, required: true },
    comment: { type: String, default: '' },
    createdAt: { type: Date, required: true },
    waits: Boolean,
  },
  { collection: 'workshop-feedback', versionKey: false },
);
feedbackSchema.index({ workshopId: 1, userId: 1 }, { unique: true, name: 'once' });

/** A row of `workshop-feedback`, lean. */
export type FeedbackRow = InferSchemaType<typeof feedbackSchema> & { _id: Types.ObjectId };
