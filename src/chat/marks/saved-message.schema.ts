import { type InferSchemaType, Schema, type Types } from 'mongoose';

/** A message that somebody keeps for later; seen by nobody else. */
export const savedMessageSchema = new Schema(
  {
    userId: { type: Schema.Types.ObjectId, required: true },
    messageId: { type: Schema.Types.ObjectId, required: true },
    channelId: { type: Schema.Types.ObjectId, required: true },
    savedAt: { type: Date, required: true },
    /** Which of the many of its person it is: no two have the same one. */
    place: { type: Number, required: true },
  },
  { collection: 'saved-messages', versionKey: false },
);
savedMessageSchema.index({ userId: 1, messageId: 1 }, { unique: true, name: 'once' });
savedMessageSchema.index({ userId: 1, place: 1 }, { unique: true, name: 'place' });
savedMessageSchema.index({ userId: 1, savedAt: -1, _id: -1 }, { name: 'mine' });

export type SavedMessageRow = InferSchemaType<typeof savedMessageSchema> & { _id: Types.ObjectId };
