import { type InferSchemaType, Schema, type Types } from 'mongoose';

/** A day that the whole cohort looks at. `titleKey` names one of the template, else `title` is its text. */
export const milestoneSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    titleKey: { type: String, default: null },
    title: { type: String, default: null },
    on: { type: String, required: true },
    /** How often its day changed; both are absent until then. */
    revision: Number,
    changedAt: Date,
  },
  { collection: 'milestones', versionKey: false },
);
milestoneSchema.index({ cohortId: 1, on: 1, _id: 1 }, { name: 'day' });

export type MilestoneRow = InferSchemaType<typeof milestoneSchema> & { _id: Types.ObjectId };
