import { type InferSchemaType, Schema, type Types } from 'mongoose';

/**
 * The minutes of a workshop, under its id: that there is one text for each is settled by it, who writes next by `revision`. `isNews`: people are still to be told that there are
 * some; absent in rows of before, whose people were.
 */
export const minutesSchema = new Schema(
  {
    _id: { type: Schema.Types.ObjectId, required: true },
    cohortId: { type: Schema.Types.ObjectId, required: true },
    body: { type: String, default: '' },
    revision: { type: Number, required: true },
    editedBy: { type: Schema.Types.ObjectId, required: true },
    editedAt: { type: Date, required: true },
    isNews: Boolean,
  },
  { collection: 'workshop-minutes', versionKey: false },
);

/** A row of `workshop-minutes`, lean. */
export type MinutesRow = InferSchemaType<typeof minutesSchema> & { _id: Types.ObjectId };
