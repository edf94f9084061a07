import { type InferSchemaType, Schema, type Types } from 'mongoose';

/** What is known of a file, kept beside the thing that it hangs on so that showing it asks nothing more; `alt` says what an image shows. */
export const attachmentSchema = new Schema(
  {
    fileId: { type: Schema.Types.ObjectId, required: true },
    name: { type: String, required: true },
    type: { type: String, required: true },
    kind: { type: String, enum: ['image', 'audio', 'video', 'file'], required: true },
    size: { type: Number, required: true },
    width: { type: Number, default: null },
    height: { type: Number, default: null },
    alt: { type: String, default: '' },
  },
  { _id: false },
);

export type AttachmentRow = Omit<InferSchemaType<typeof attachmentSchema>, 'fileId'> & { fileId: Types.ObjectId };
