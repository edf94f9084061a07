import { type InferSchemaType, Schema, type Types } from 'mongoose';

/** An address that takes no mail, found out when some was sent there; `_id` is its person. With another address it counts no more. */
export const undeliverableSchema = new Schema(
  {
    _id: { type: Schema.Types.ObjectId, required: true },
    email: { type: String, required: true },
    since: { type: Date, required: true },
    /** What the mail server said: an enhanced status (RFC 3463) or the code of its reply. */
    status: { type: String, required: true },
    /** When its person said that it works again: of letters written before, nothing more is heard. */
    endedAt: Date,
    /** When somebody must tell its person and the staff (none: they know). */
    tellAt: Date,
  },
  { collection: 'undeliverable', versionKey: false },
);
undeliverableSchema.index({ tellAt: 1 }, { sparse: true, name: 'tell' });

export type UndeliverableRow = InferSchemaType<typeof undeliverableSchema> & { _id: Types.ObjectId };
