import { type InferSchemaType, Schema, type Types } from 'mongoose';

/**
 * A project (défi). `nameKey` is the folded name. The fellows are the memberships that name the project; when the cohort is closed
 * they are kept in `pastFellowIds`, for the memberships of alumni name none.
 */
export const projectSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    name: { type: String, required: true },
    nameKey: { type: String, required: true },
    agency: { type: String, required: true },
    summary: { type: String, default: '' },
    hostIds: { type: [Schema.Types.ObjectId], default: [] },
    coachId: { type: Schema.Types.ObjectId, default: null },
    pastFellowIds: { type: [Schema.Types.ObjectId], default: [] },
    createdAt: { type: Date, required: true },
  },
  { collection: 'projects', versionKey: false },
);
projectSchema.index({ cohortId: 1, nameKey: 1 }, { unique: true, name: 'name' });

export type ProjectRow = InferSchemaType<typeof projectSchema> & { _id: Types.ObjectId };
