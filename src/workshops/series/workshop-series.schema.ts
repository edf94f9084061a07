import { type InferSchemaType, Schema, type Types } from 'mongoose';
import type { Repeat } from '../../contracts/workshops/workshop-series.js';

const growth = new Schema(
  {
    actId: { type: Schema.Types.ObjectId, required: true },
    at: { type: Date, required: true },
    /** The published dates that lay ahead before it, and those that it added. */
    before: { type: [Schema.Types.ObjectId], required: true },
    added: { type: [Schema.Types.ObjectId], required: true },
  },
  { _id: false },
);

const news = new Schema(
  {
    actId: { type: Schema.Types.ObjectId, required: true },
    at: { type: Date, required: true },
    userIds: { type: [Schema.Types.ObjectId], required: true },
    workshopIds: { type: [Schema.Types.ObjectId], required: true },
  },
  { _id: false },
);

/**
 * What the dates of a series have in common: how it was planned. `key` names the act that made it, so that a double click makes one;
 * `edition` rises with every edit of any of its dates, and editors of several dates go by it. `firstDay` is the first day of the rule, made
 * or left out (absent in rows of before). `growth` is there while not all have been served whom its last lengthening concerns; then
 * `news` says who is to hear of which dates that were added, until they were told.
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
    news: { type: [news], default: undefined },
    createdBy: { type: Schema.Types.ObjectId, required: true },
    createdAt: { type: Date, required: true },
  },
  { collection: 'workshop-series', versionKey: false, minimize: false },
);
workshopSeriesSchema.index({ cohortId: 1, key: 1 }, { unique: true, name: 'once' });
workshopSeriesSchema.index({ 'growth.at': 1 }, { sparse: true, name: 'growth' });
workshopSeriesSchema.index({ 'news.at': 1 }, { sparse: true, name: 'news' });

/** Whom a lengthening still has to be told, and which dates it is about. */
export interface Growth {
  actId: Types.ObjectId;
  at: Date;
  before: Types.ObjectId[];
  added: Types.ObjectId[];
}

/** Who is to hear that a lengthening added dates to a series on which they stand, since when, and of which dates. */
export interface GrowthNews {
  actId: Types.ObjectId;
  at: Date;
  userIds: Types.ObjectId[];
  workshopIds: Types.ObjectId[];
}

/** A row of `workshop-series`, lean. */
export type WorkshopSeriesRow = Omit<
  InferSchemaType<typeof workshopSeriesSchema>,
  'repeat' | 'firstDay' | 'growth' | 'news'
> & {
  _id: Types.ObjectId;
  repeat: Repeat;
  firstDay?: string;
  growth?: Growth;
  news?: GrowthNews[];
};
