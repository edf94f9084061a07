import { type InferSchemaType, Schema, type Types } from 'mongoose';

/** Where the notices of a person go on one device; `_id` is that of the login there, with which it ends. */
export const pushSubscriptionSchema = new Schema(
  {
    _id: { type: Schema.Types.ObjectId, required: true },
    userId: { type: Schema.Types.ObjectId, required: true },
    endpoint: { type: String, required: true },
    p256dh: { type: String, required: true },
    auth: { type: String, required: true },
    createdAt: { type: Date, required: true },
  },
  { collection: 'push-subscriptions', versionKey: false },
);
pushSubscriptionSchema.index({ userId: 1 }, { name: 'person' });
pushSubscriptionSchema.index({ endpoint: 1 }, { unique: true, name: 'endpoint' });

export type PushSubscriptionRow = InferSchemaType<typeof pushSubscriptionSchema> & { _id: Types.ObjectId };
