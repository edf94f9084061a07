import { type InferSchemaType, Schema, type Types } from 'mongoose';

/**
 * Who did what with whose account; written with the act and never changed. `byId` is null for what was done on the machine itself.
 * Times are real.
 */
export const accountActSchema = new Schema(
  {
    at: { type: Date, required: true },
    byId: { type: Schema.Types.ObjectId, default: null },
    userId: { type: Schema.Types.ObjectId, required: true },
    act: {
      type: String,
      enum: ['deactivated', 'reactivated', 'made_admin', 'admin_taken', 'joined_team'],
      required: true,
    },
    reason: String,
    cohortId: Schema.Types.ObjectId,
  },
  { collection: 'account_acts', versionKey: false },
);

export type AccountActRow = InferSchemaType<typeof accountActSchema> & { _id: Types.ObjectId };
