import { type InferSchemaType, Schema, type Types } from 'mongoose';

/** Somebody was asked for one question: once, whoever asks. */
export const topicAskSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    topicId: { type: Schema.Types.ObjectId, required: true },
    userId: { type: Schema.Types.ObjectId, required: true },
    byId: { type: Schema.Types.ObjectId, required: true },
    at: { type: Date, required: true },
  },
  { collection: 'topic-asks', versionKey: false },
);
topicAskSchema.index({ topicId: 1, userId: 1 }, { unique: true, name: 'once' });
topicAskSchema.index({ cohortId: 1, at: 1 }, { name: 'lately' });

export type TopicAskRow = InferSchemaType<typeof topicAskSchema> & { _id: Types.ObjectId };
