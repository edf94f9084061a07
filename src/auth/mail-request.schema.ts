import { type InferSchemaType, Schema, type Types } from 'mongoose';

/**
 * What a letter about an account is for: a link that somebody asked for (a new password, the confirmation of an address), or the notice of a
 * change. The link's token is the id with a MAC, so nothing secret is stored. A request for an unknown address is a row like any
 * other (same work, same time) and leads to no mail.
 */
export const mailRequestSchema = new Schema(
  {
    kind: {
      type: String,
      enum: ['reset', 'confirm', 'verify', 'undo', 'password-changed', 'passwords-tried', 'email-changing'],
      required: true,
    },
    email: { type: String, required: true },
    userId: { type: Schema.Types.ObjectId, default: null },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    usedAt: { type: Date, default: null },
  },
  { collection: 'mail-requests', versionKey: false },
);
mailRequestSchema.index({ userId: 1, kind: 1, createdAt: -1 }, { name: 'person' });
mailRequestSchema.index({ expiresAt: 1 }, { name: 'over' });

export type MailRequestRow = InferSchemaType<typeof mailRequestSchema> & { _id: Types.ObjectId };
