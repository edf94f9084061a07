import { type InferSchemaType, Schema, type Types } from 'mongoose';

const status = new Schema(
  {
    emoji: { type: String, default: null },
    text: { type: String, default: '' },
    away: { type: Boolean, default: false },
    until: { type: Date, default: null },
  },
  { _id: false },
);

/**
 * A person of the installation. `words` are the folded words of name, gives and wants, for search. With `placeholderFor` nobody is
 * behind it yet: it stands for who wrote elsewhere (`mail:<address>`, or where they wrote), has an address that no mail reaches, and becomes
 * the person who accepts an invitation to that address.
 */
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
    placeholderFor: String,
    createdAt: { type: Date, required: true },
    /** When the profile was last changed: rooms that follow it ask what changed. */
    changedAt: { type: Date },
    lastSeenAt: { type: Date, default: null },
    /** What they say of themselves; it may have ended (`statusNow`). */
    status: { type: status, default: undefined },
    /** What can wait does not disturb them until then. */
    quietUntil: Date,
    /** Nobody sees when they are here, nor that they type. */
    hidesPresence: Boolean,
    /** They do not want to see what messages link to. */
    hidesLinkPreviews: Boolean,
  },
  { collection: 'users', versionKey: false },
);
userSchema.index({ email: 1 }, { unique: true, name: 'email' });
userSchema.index({ placeholderFor: 1 }, { unique: true, sparse: true, name: 'placeholder' });
userSchema.index({ isAdmin: 1 }, { name: 'admins', partialFilterExpression: { isAdmin: true } });
userSchema.index({ changedAt: 1, _id: 1 }, { name: 'change', sparse: true });

export type UserRow = InferSchemaType<typeof userSchema> & { _id: Types.ObjectId };
