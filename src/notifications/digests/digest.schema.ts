import { type InferSchemaType, Schema, type Types } from 'mongoose';

/**
 * One digest to one person at one time; the pair is unique, so that two processes plan one. `wakeAt` is when somebody must look at it next:
 * `dueAt`, then the end of the lease; a row that is over has none. `because` says why one was dropped (`moved`, `off`, `empty`) or failed.
 */
export const digestSchema = new Schema(
  {
    userId: { type: Schema.Types.ObjectId, required: true },
    dueAt: { type: Date, required: true },
    state: {
      type: String,
      enum: ['planned', 'sending', 'handing', 'sent', 'dropped', 'failed'] as const,
      required: true,
    },
    because: { type: String, default: null },
    attempts: { type: Number, default: 0 },
    lease: { type: String, default: null },
    wakeAt: { type: Date },
    sentAt: { type: Date, default: null },
  },
  { collection: 'digests', versionKey: false },
);
digestSchema.index({ userId: 1, dueAt: 1 }, { unique: true, name: 'once' });
digestSchema.index({ wakeAt: 1 }, { sparse: true, name: 'wake' });

/** A row of `digests`, lean. */
export type DigestRow = InferSchemaType<typeof digestSchema> & { _id: Types.ObjectId };
