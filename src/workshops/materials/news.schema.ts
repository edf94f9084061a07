import { type InferSchemaType, Schema, type Types } from 'mongoose';

/**
 * What people of a workshop are still to be told of: a material that was added, or its first minutes (`thingId` is the workshop's).
 * A row is there until they were told. `batch`: those that are told of together, by the id of the oldest.
 */
export const newsSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    workshopId: { type: Schema.Types.ObjectId, required: true },
    what: { type: String, enum: ['material', 'minutes'] as const, required: true },
    thingId: { type: Schema.Types.ObjectId, required: true },
    title: { type: String, default: '' },
    byId: { type: Schema.Types.ObjectId, required: true },
    at: { type: Date, required: true },
    batch: { type: Schema.Types.ObjectId, default: null },
  },
  { collection: 'workshop-news', versionKey: false },
);
newsSchema.index({ workshopId: 1, at: 1 }, { name: 'workshop' });
newsSchema.index({ thingId: 1 }, { name: 'thing' });

/** A row of `workshop-news`, lean. */
export type NewsRow = InferSchemaType<typeof newsSchema> & { _id: Types.ObjectId };
