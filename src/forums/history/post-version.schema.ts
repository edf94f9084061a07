import { type InferSchemaType, Schema, type Types } from 'mongoose';
import { type AttachmentRow, attachmentSchema } from '../../files/attachment.schema.js';

/** What a post said before it was edited, as its author wrote it; what it quotes of chat is no part of it. `bytes` is the size of its words. */
export const postVersionSchema = new Schema(
  {
    postId: { type: Schema.Types.ObjectId, required: true },
    number: { type: Number, required: true },
    byId: { type: Schema.Types.ObjectId, required: true },
    body: { type: String, default: '' },
    attachments: { type: [attachmentSchema], default: undefined },
    bytes: { type: Number, required: true },
    why: { type: String, default: null },
    writtenAt: { type: Date, required: true },
  },
  { collection: 'post-versions', versionKey: false },
);
postVersionSchema.index({ postId: 1, number: 1 }, { unique: true, name: 'version' });

export type PostVersionRow = Omit<InferSchemaType<typeof postVersionSchema>, 'attachments'> & {
  _id: Types.ObjectId;
  attachments?: AttachmentRow[];
};
