import { type InferSchemaType, Schema, type Types } from 'mongoose';

/**
 * One person and one thread: do they follow it, and how far have they read it. `headSeq` is the thread's latest reply, the same in all
 * of its rows; `behind` says that it is past `readSeq`, so that an index finds what waits. Both are written with the reply itself.
 */
export const threadFollowerSchema = new Schema(
  {
    threadId: { type: Schema.Types.ObjectId, required: true },
    channelId: { type: Schema.Types.ObjectId, required: true },
    userId: { type: Schema.Types.ObjectId, required: true },
    following: { type: Boolean, required: true },
    readSeq: { type: Number, required: true },
    headSeq: { type: Number, required: true },
    behind: { type: Boolean, required: true },
    repliedAt: { type: Date, required: true },
  },
  { collection: 'thread-followers', versionKey: false },
);
threadFollowerSchema.index({ threadId: 1, userId: 1 }, { unique: true, name: 'follower' });
threadFollowerSchema.index({ userId: 1, following: 1, repliedAt: -1, _id: -1 }, { name: 'mine' });
threadFollowerSchema.index({ userId: 1, following: 1, behind: 1, repliedAt: -1, _id: -1 }, { name: 'waiting' });

export type ThreadFollowerRow = InferSchemaType<typeof threadFollowerSchema> & { _id: Types.ObjectId };
