import { type InferSchemaType, Schema, type Types } from 'mongoose';
import type { Repeat } from '../../contracts/workshops/workshop-series.js';

const growth = new Schema(
  {
    actId: { type: Schema.Types.ObjectId, required: true },
    /** The published dates that lay ahead before it, and those that it added. */
    before: { type: [Schema.Types.ObjectId], required: true },
    added: { type: [Schema.Types.ObjectId], required: true },
  },
  { _id: false },
);

/**
 * What the dates of a series have in common: how it was planned. `key` names the act that made it, so that a double click makes one;
 * `edition` rises with every edit of any of its dates, and editors of several dates go by it. `firstDay` is the first day of the rule, made
 * or left out (absent in rows of before). `growth` says which dates were added while not all have been served whom they concern: what is
 * added meanwhile is served along with them.
 */
export const workshopSeriesSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    key: { type: String, required: true },
    timeZone: { type: String, required: true },
    repeat: { type: Schema.Types.Mixed, required: true },
    count: { type: Number, required: true },
    edition: { type: Number, required: true },
    firstDay: String,
    growth: { type: growth, default: undefined },
    createdBy: { type: Schema.Types.ObjectId, required: true },
    createdAt: { type: Date, required: true },
  },
  { collection: 'workshop-series', versionKey: false, minimize: false },
);
workshopSeriesSchema.index({ cohortId: 1, key: 1 }, { unique: true, name: 'once' });

/** Whom a lengthening still has to serve is read by these dates. */
export interface Growth {
  /** Names the act by which people join what was added. */
  actId: Types.ObjectId;
  before: Types.ObjectId[];
  added: Types.ObjectId[];
}

/** A row of `workshop-series`, lean. */
export type WorkshopSeriesRow = Omit<InferSchemaType<typeof workshopSeriesSchema>, 'repeat' | 'firstDay' | 'growth'> & {
  _id: Types.ObjectId;
  repeat: Repeat;
  firstDay?: string;
  growth?: Growth;
};
