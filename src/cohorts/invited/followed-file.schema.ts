import { Schema, type Types } from 'mongoose';

/** That it was followed that an application led into a team; `_id` is the id of the application. What staff do with its person after that is not undone by following again. */
export interface FollowedFileRow {
  _id: Types.ObjectId;
  cohortId: Types.ObjectId;
  at: Date;
}

/** See {@link FollowedFileRow}. */
export const followedFileSchema = new Schema(
  { cohortId: { type: Schema.Types.ObjectId, required: true }, at: { type: Date, required: true } },
  { collection: 'followed-files', versionKey: false },
);
