import { type InferSchemaType, Schema, type Types } from 'mongoose';

/** `userId` takes no direct messages from `blockedId`. */
export const blockSchema = new Schema(
  {
    userId: { type: Schema.Types.ObjectId, required: true },
    blockedId: { type: Schema.Types.ObjectId, required: true },
    createdAt: { type: Date, required: true },
  },
  { collection: 'blocks', versionKey: false },
);
blockSchema.index({ userId: 1, blockedId: 1 }, { unique: true, name: 'once' });

export type BlockRow = InferSchemaType<typeof blockSchema> & { _id: Types.ObjectId };
