import { type InferSchemaType, Schema, type Types } from 'mongoose';

/** A person of the installation. `words` are the folded words of name, gives and wants, for search. */
export const userSchema = new Schema(
  {
    email: { type: String, required: true },
    name: { type: String, required: true },
    passwordHash: { type: String, default: null },
    /** Links by mail that are older are void. Real time. */
    passwordChangedAt: { type: Date, default: null },
    locale: { type: String, enum: ['en', 'fr'], required: true },
    timeZone: { type: String, required: true },
    craft: { type: String, default: null },
    gives: { type: [String], default: [] },
    wants: { type: [String], default: [] },
    words: { type: [String], default: [] },
    avatar: { type: String, default: null },
    isAdmin: { type: Boolean, default: false },
    createdAt: { type: Date, required: true },
    /** When the profile was last changed: rooms that follow it ask what changed. */
    changedAt: { type: Date },
    lastSeenAt: { type: Date, default: null },
  },
  { collection: 'users', versionKey: false },
);
userSchema.index({ email: 1 }, { unique: true, name: 'email' });
userSchema.index({ changedAt: 1, _id: 1 }, { name: 'change', sparse: true });

export type UserRow = InferSchemaType<typeof userSchema> & { _id: Types.ObjectId };
