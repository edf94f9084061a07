import { type InferSchemaType, Schema, type Types } from 'mongoose';

/** A text that a message had before it was changed; `rev` is the message's own of that time. It goes with its message. */
export const messageEditSchema = new Schema(
  {
    channelId: { type: Schema.Types.ObjectId, required: true },
    messageId: { type: Schema.Types.ObjectId, required: true },
    rev: { type: Number, required: true },
    body: { type: String, default: '' },
    writtenAt: { type: Date, required: true },
    replacedAt: { type: Date, required: true },
  },
  { collection: 'message-edits', versionKey: false },
);
messageEditSchema.index({ messageId: 1, rev: 1 }, { unique: true, name: 'edit' });

export type MessageEditRow = InferSchemaType<typeof messageEditSchema> & { _id: Types.ObjectId };
