import { type InferSchemaType, Schema, type Types } from 'mongoose';
import type { Repeat } from '../contracts/workshop-series.js';

/**
 * What the dates of a series have in common: how it was planned. `key` names the act that made it, so that a double click makes one;
 * `edition` rises with every edit of any of its dates, and editors of several dates go by it.
 */
export const workshopSeriesSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    key: { type: String, required: true },
    timeZone: { type: String, required: true },
    repeat: { type: Schema.Types.Mixed, required: true },
    count: { type: Number, required: true },
    edition: { type: Number, required: true },
    createdBy: { type: Schema.Types.ObjectId, required: true },
    createdAt: { type: Date, required: true },
  },
  { collection: 'workshop-series', versionKey: false, minimize: false },
);
workshopSeriesSchema.index({ cohortId: 1, key: 1 }, { unique: true, name: 'once' });

/** A row of `workshop-series`, lean. */
export type WorkshopSeriesRow = Omit<InferSchemaType<typeof workshopSeriesSchema>, 'repeat'> & {
  _id: Types.ObjectId;
  repeat: Repeat;
};
