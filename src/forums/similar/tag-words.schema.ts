import { type InferSchemaType, Schema, type Types } from 'mongoose';

/** Other words for a tag of a cohort's forum: what is asked in them is close to what has the tag. */
export const tagWordsSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    tag: { type: String, required: true },
    words: { type: [String], default: [] },
  },
  { collection: 'tag-words', versionKey: false },
);
tagWordsSchema.index({ cohortId: 1, tag: 1 }, { unique: true, name: 'tag' });

export type TagWordsRow = InferSchemaType<typeof tagWordsSchema> & { _id: Types.ObjectId };
