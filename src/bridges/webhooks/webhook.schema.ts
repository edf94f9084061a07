import { type InferSchemaType, Schema, type Types } from 'mongoose';
import { CohortNews } from '../../contracts/bridges/cohort-webhooks.js';

/**
 * A webhook of a channel. `in`: `tokenHash` is that of the secret in its address. `out`: `secret` signs, `sentSeq` is the last message
 * that is done with, in order, so that nothing is lost with an event. `calls` rises with each message, `wakeAt` is when somebody must
 * look again (none: nothing to do, or switched off), `lease` belongs to whoever sends now, `attempts` are those of the next message.
 * Who set it up answers for it, or who took it over last (webhook-keeper.ts).
 */
export const webhookSchema = new Schema(
  {
    channelId: { type: Schema.Types.ObjectId, required: true },
    /** Which of the few of its channel it is: no two have the same one. */
    place: { type: Number, required: true },
    direction: { type: String, enum: ['in', 'out'] as const, required: true },
    name: { type: String, required: true },
    url: { type: String, default: null },
    tokenHash: String,
    secret: { type: String, default: null },
    active: { type: Boolean, required: true },
    sentSeq: { type: Number, default: 0 },
    calls: { type: Number, default: 0 },
    attempts: { type: Number, default: 0 },
    wakeAt: Date,
    lease: { type: String, default: null },
    lastAt: { type: Date, default: null },
    problem: { type: String, default: null },
    createdBy: { type: Schema.Types.ObjectId, required: true },
    createdAt: { type: Date, required: true },
    takenOverBy: { type: Schema.Types.ObjectId, default: null },
    takenOverAt: { type: Date, default: null },
  },
  { collection: 'webhooks', versionKey: false },
);
webhookSchema.index({ channelId: 1, place: 1 }, { unique: true, name: 'place' });
webhookSchema.index({ tokenHash: 1 }, { unique: true, sparse: true, name: 'token' });
webhookSchema.index({ active: 1, _id: 1 }, { name: 'kept' });
webhookSchema.index({ direction: 1, active: 1, wakeAt: 1, _id: 1 }, { name: 'turn' });

export type WebhookRow = InferSchemaType<typeof webhookSchema> & { _id: Types.ObjectId };

/** A try to hand over a message, or news of a cohort, kept for a month. */
export const deliverySchema = new Schema(
  {
    webhookId: { type: Schema.Types.ObjectId, required: true },
    messageId: { type: Schema.Types.ObjectId, default: null },
    /** Which news of a cohort it was. */
    kind: { type: String, enum: [...CohortNews.options, null], default: null },
    at: { type: Date, required: true },
    attempt: { type: Number, required: true },
    ok: { type: Boolean, required: true },
    status: { type: Number, default: null },
    problem: { type: String, enum: ['timeout', 'not_allowed', 'unreachable', 'status', null], default: null },
    ms: { type: Number, required: true },
  },
  { collection: 'webhook-deliveries', versionKey: false },
);
deliverySchema.index({ webhookId: 1, at: -1 }, { name: 'log' });
deliverySchema.index({ at: 1 }, { name: 'month', expireAfterSeconds: 30 * 86_400 });

export type DeliveryRow = InferSchemaType<typeof deliverySchema> & { _id: Types.ObjectId };
