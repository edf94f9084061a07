import { type InferSchemaType, Schema, type Types } from 'mongoose';
import type { ProjectPlace } from '../../contracts/cohorts/places.js';
import { Craft } from '../../contracts/roles.js';

const place = new Schema(
  {
    craft: { type: String, enum: Craft.options, required: true },
    must: { type: [String], default: [] },
    nice: { type: [String], default: [] },
  },
  { _id: false },
);

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
    /** The crafts that it wants; absent where nobody said. */
    places: { type: [place], default: undefined },
    /** The proposal that it was made of. */
    applicationId: Schema.Types.ObjectId,
    createdAt: { type: Date, required: true },
  },
  { collection: 'projects', versionKey: false },
);
projectSchema.index({ cohortId: 1, nameKey: 1 }, { unique: true, name: 'name' });

// A proposal becomes one project.
projectSchema.index(
  { applicationId: 1 },
  { unique: true, name: 'proposal', partialFilterExpression: { applicationId: { $exists: true } } },
);

export type ProjectRow = Omit<InferSchemaType<typeof projectSchema>, 'places'> & {
  _id: Types.ObjectId;
  places?: ProjectPlace[];
};
