import { type InferSchemaType, Schema, type Types } from 'mongoose';

/** One person in one channel: may read it, and has read it up to `readSeq`. `muted`: it stays quiet, unless
 * they are named; `watched`: they hear of every message; `starred`: one of their favourites. `cohortId` is the channel's (null: direct). */
export const channelMemberSchema = new Schema(
  {
    channelId: { type: Schema.Types.ObjectId, required: true },
    cohortId: { type: Schema.Types.ObjectId, default: null },
    userId: { type: Schema.Types.ObjectId, required: true },
    readSeq: { type: Number, default: 0 },
    muted: Boolean,
    watched: Boolean,
    starred: Boolean,
    joinedAt: { type: Date, required: true },
  },
  { collection: 'channel-members', versionKey: false },
);
channelMemberSchema.index({ channelId: 1, userId: 1 }, { unique: true, name: 'member' });
channelMemberSchema.index({ userId: 1, cohortId: 1 }, { name: 'person' });

export type ChannelMemberRow = InferSchemaType<typeof channelMemberSchema> & { _id: Types.ObjectId };
