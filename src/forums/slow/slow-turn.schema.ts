import { type InferSchemaType, Schema } from 'mongoose';

/** When somebody last replied in a topic that is slow: one row each, which their next reply takes only where it is old enough. */
export const slowTurnSchema = new Schema(
  {
    topicId: { type: Schema.Types.ObjectId, required: true },
    userId: { type: Schema.Types.ObjectId, required: true },
    at: { type: Date, required: true },
  },
  { collection: 'slow-turns', versionKey: false },
);
slowTurnSchema.index({ topicId: 1, userId: 1 }, { unique: true, name: 'turn' });

export type SlowTurnRow = InferSchemaType<typeof slowTurnSchema>;
