import { type InferSchemaType, Schema, type Types } from 'mongoose';

/** How closely a person follows a tag in a cohort, or (`tag` empty) its whole forum; without a row: `normal`. */
export const forumLevelSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    userId: { type: Schema.Types.ObjectId, required: true },
    tag: { type: String, default: '' },
    level: { type: String, enum: ['watching', 'watching_first', 'tracking', 'normal', 'muted'], required: true },
  },
  { collection: 'forum-levels', versionKey: false },
);
forumLevelSchema.index({ userId: 1, cohortId: 1, tag: 1 }, { unique: true, name: 'person' });
forumLevelSchema.index({ cohortId: 1, tag: 1 }, { name: 'tag' });

export type ForumLevelRow = InferSchemaType<typeof forumLevelSchema> & { _id: Types.ObjectId };
