import { type InferSchemaType, Schema, type Types } from 'mongoose';

/**
 * What files take at a place: a cohort, or (`cohortId` null) direct conversations. One row a person, of what they uploaded there; one more (`userId` null) of all
 * that the cohort holds, with what was set for it. Of what came in by a call there is no person: one row of the call (`of` `call`, `userId` is the id of the call), and one of all calls of the
 * cohort (`of` `calls`, `userId` is the id of the cohort). Changed in the transaction that changes the file.
 */
export const storageUseSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, default: null },
    userId: { type: Schema.Types.ObjectId, default: null },
    of: { type: String, enum: ['call', 'calls'] },
    bytes: { type: Number, required: true },
    files: { type: Number, required: true },
    /** What staff and admins set, in megabytes; without, that of the installation holds. */
    personMb: Number,
    cohortMb: Number,
  },
  { collection: 'storage_uses', versionKey: false },
);
storageUseSchema.index({ cohortId: 1, userId: 1 }, { unique: true, name: 'once' });

export type StorageUseRow = InferSchemaType<typeof storageUseSchema> & { _id: Types.ObjectId };
