import { type InferSchemaType, Schema, type Types } from 'mongoose';

/** A login on one device: a family of refresh tokens of which only the newest (`tokenHash`) is good. */
export const loginSchema = new Schema(
  {
    userId: { type: Schema.Types.ObjectId, required: true },
    tokenHash: { type: String, required: true },
    userAgent: { type: String, default: '' },
    createdAt: { type: Date, required: true },
    lastUsedAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    revokedAt: { type: Date, default: null },
    revokedBecause: { type: String, default: null },
  },
  { collection: 'logins', versionKey: false },
);
loginSchema.index({ userId: 1, revokedAt: 1 }, { name: 'person' });
// Each process asks every 2 s which logins have ended.
loginSchema.index({ revokedAt: 1 }, { name: 'revoked', partialFilterExpression: { revokedAt: { $type: 'date' } } });

loginSchema.index({ expiresAt: 1 }, { name: 'over' });

export type LoginRow = InferSchemaType<typeof loginSchema> & { _id: Types.ObjectId };
