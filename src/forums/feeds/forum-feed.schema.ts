import { type InferSchemaType, Schema, type Types } from 'mongoose';
import { ForumFeedList } from '../../contracts/forum-feeds.js';

/**
 * One feed of a person: of a list of a cohort's forum, or (`tag` set) of what has a tag; each with a secret of its own, of which only the hash is kept, so that whoever reads
 * the database cannot read a forum.
 */
export const forumFeedSchema = new Schema(
  {
    userId: { type: Schema.Types.ObjectId, required: true },
    cohortId: { type: Schema.Types.ObjectId, required: true },
    list: { type: String, enum: ForumFeedList.options, required: true },
    tag: { type: String, default: null },
    secretHash: { type: String, required: true },
    createdAt: { type: Date, required: true },
    lastReadAt: { type: Date, default: null },
  },
  { collection: 'forum-feeds', versionKey: false },
);
forumFeedSchema.index({ userId: 1, cohortId: 1, list: 1, tag: 1 }, { unique: true, name: 'scope' });
forumFeedSchema.index({ secretHash: 1 }, { unique: true, name: 'secret' });

export type ForumFeedRow = InferSchemaType<typeof forumFeedSchema> & { _id: Types.ObjectId };
