import { type InferSchemaType, Schema, type Types } from 'mongoose';
import type { MaterialPhase } from '../../contracts/workshops/workshop-materials.js';
import type { FileFacts } from '../../files/present-file.js';

const file = new Schema(
  {
    name: { type: String, required: true },
    type: { type: String, required: true },
    kind: { type: String, enum: ['image', 'audio', 'video', 'file'], required: true },
    size: { type: Number, required: true },
    width: { type: Number, default: null },
    height: { type: Number, default: null },
  },
  { _id: false },
);

/** A link (`url`) or a file (`fileId` with what is shown of it) that hosts added to a workshop. */
export const materialSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    workshopId: { type: Schema.Types.ObjectId, required: true },
    title: { type: String, required: true },
    phase: { type: String, enum: ['before', 'after'] as const, required: true },
    isRecording: { type: Boolean, required: true },
    url: { type: String, default: null },
    fileId: { type: Schema.Types.ObjectId, default: null },
    file: { type: file, default: null },
    addedBy: { type: Schema.Types.ObjectId, required: true },
    addedAt: { type: Date, required: true },
  },
  { collection: 'workshop-materials', versionKey: false },
);
materialSchema.index({ workshopId: 1, addedAt: 1, _id: 1 }, { name: 'workshop' });

/** A row of `workshop-materials`, lean. */
export type MaterialRow = Omit<InferSchemaType<typeof materialSchema>, 'phase' | 'file'> & {
  _id: Types.ObjectId;
  phase: MaterialPhase;
  file?: FileFacts | null;
};
