import { type InferSchemaType, Schema, type Types } from 'mongoose';

/** A topic or a post that somebody keeps, with a note; seen by nobody else. Where a post stands now is read from the post. */
export const bookmarkSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    userId: { type: Schema.Types.ObjectId, required: true },
    kind: { type: String, enum: ['topic', 'post'] as const, required: true },
    /** The topic, or the post. */
    aboutId: { type: Schema.Types.ObjectId, required: true },
    note: { type: String, default: '' },
    remindAt: { type: Date, default: null },
    createdAt: { type: Date, required: true },
  },
  { collection: 'forum-bookmarks', versionKey: false },
);
bookmarkSchema.index({ userId: 1, aboutId: 1 }, { unique: true, name: 'once' });
bookmarkSchema.index({ aboutId: 1 }, { name: 'about' });
bookmarkSchema.index({ userId: 1, cohortId: 1, createdAt: -1, _id: -1 }, { name: 'mine' });

export type BookmarkRow = InferSchemaType<typeof bookmarkSchema> & { _id: Types.ObjectId };
