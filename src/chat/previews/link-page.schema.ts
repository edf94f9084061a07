import { type InferSchemaType, Schema, type Types } from 'mongoose';

/**
 * A page outside that messages link to, read once for all of them. Until `busyUntil` somebody reads it; until `freshUntil` what is known
 * holds, also that there was nothing to show (`title` is null).
 */
export const linkPageSchema = new Schema(
  {
    url: { type: String, required: true },
    title: { type: String, default: null },
    description: { type: String, default: '' },
    site: { type: String, default: '' },
    freshUntil: { type: Date, required: true },
    busyUntil: { type: Date, required: true },
  },
  { collection: 'linkpages', versionKey: false },
);
linkPageSchema.index({ url: 1 }, { unique: true, name: 'url' });
linkPageSchema.index({ freshUntil: 1 }, { name: 'sweep' });

export type LinkPageRow = InferSchemaType<typeof linkPageSchema> & { _id: Types.ObjectId };
