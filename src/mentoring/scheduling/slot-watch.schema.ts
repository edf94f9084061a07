import { type InferSchemaType, Schema, type Types } from 'mongoose';

/** Somebody who wants to be told once when a coach has a free slot again. The row is gone with the telling. */
export const slotWatchSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    userId: { type: Schema.Types.ObjectId, required: true },
    coachId: { type: Schema.Types.ObjectId, required: true },
    createdAt: { type: Date, required: true },
  },
  { collection: 'slot-watches', versionKey: false },
);
slotWatchSchema.index({ userId: 1, cohortId: 1, coachId: 1 }, { unique: true, name: 'watcher' });
slotWatchSchema.index({ coachId: 1, _id: 1 }, { name: 'coach' });

export type SlotWatchRow = InferSchemaType<typeof slotWatchSchema> & { _id: Types.ObjectId };
