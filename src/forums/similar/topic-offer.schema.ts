import { type InferSchemaType, Schema, type Types } from 'mongoose';

/** A solved topic that somebody was offered when they asked something in chat: one for a message, and each once for a person. */
export const topicOfferSchema = new Schema(
  {
    userId: { type: Schema.Types.ObjectId, required: true },
    topicId: { type: Schema.Types.ObjectId, required: true },
    messageId: { type: Schema.Types.ObjectId, required: true },
    at: { type: Date, required: true },
  },
  { collection: 'topic-offers', versionKey: false },
);
topicOfferSchema.index({ userId: 1, topicId: 1 }, { unique: true, name: 'topic' });
topicOfferSchema.index({ messageId: 1 }, { unique: true, name: 'message' });

export type TopicOfferRow = InferSchemaType<typeof topicOfferSchema> & { _id: Types.ObjectId };
