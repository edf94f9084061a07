import { type InferSchemaType, Schema, type Types } from 'mongoose';
import { CohortNews } from '../../contracts/bridges/cohort-webhooks.js';

/** Where the news of a cohort go; `secret` signs them. Who set it up answers for it, or who took it over last (webhook-keeper.ts). */
export const cohortWebhookSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    /** Which of the few of its cohort it is: no two have the same one. */
    place: { type: Number, required: true },
    name: { type: String, required: true },
    url: { type: String, required: true },
    secret: { type: String, required: true },
    kinds: { type: [String], enum: CohortNews.options, required: true },
    active: { type: Boolean, required: true },
    /** Since when it has been on: what happened before is no news to it. */
    activeSince: { type: Date, default: null },
    lastAt: { type: Date, default: null },
    problem: { type: String, default: null },
    createdBy: { type: Schema.Types.ObjectId, required: true },
    createdAt: { type: Date, required: true },
    takenOverBy: { type: Schema.Types.ObjectId, default: null },
    takenOverAt: { type: Date, default: null },
  },
  { collection: 'cohort-webhooks', versionKey: false },
);
cohortWebhookSchema.index({ cohortId: 1, place: 1 }, { unique: true, name: 'place' });
cohortWebhookSchema.index({ active: 1 }, { name: 'active' });

export type CohortWebhookRow = Omit<InferSchemaType<typeof cohortWebhookSchema>, 'kinds'> & {
  _id: Types.ObjectId;
  kinds: CohortNews[];
};
