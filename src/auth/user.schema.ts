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

/** While it is there the account is closed: when, by whom (null: on the machine itself) and why, as its person reads it. */
const ended = new Schema(
  { at: { type: Date, required: true }, byId: { type: Schema.Types.ObjectId, default: null }, reason: String },
  { _id: false },
);

/**
 * A person of the installation. `words` are the folded words of name, gives and wants, for search. With `placeholderFor` nobody is
 * behind it yet: it stands in one cohort for who wrote elsewhere (`<cohort>:mail:<address>`, or where they wrote instead of the address), has an
 * address that no mail reaches, and becomes the new person who accepts an invitation of that cohort to that address; who has an account already
 * comes in its place (`bridges/slack/found-people`).
 */
export const userSchema = new Schema(
  {
    email: { type: String, required: true },
    name: { type: String, required: true },
    /** The mailboxes of confirmed addresses that the account had before: what came from there is still theirs (`knownAddresses`). They stay as long as the account. */
    formerEmails: { type: [String], default: undefined },
    /**
     * The cohort by whose invitation the account was made with a link that others could read: nobody has shown that the address is theirs.
     * Gone once it is confirmed by a mail.
     */
    unconfirmedIn: Schema.Types.ObjectId,
    passwordHash: { type: String, default: null },
    /** When it was last set. Real time. */
    passwordChangedAt: { type: Date, default: null },
    /** When it was last set by whoever reads the mail of the address: older links that set a password are void. One that is set in the settings leaves them good, or who knows it could keep its owner out. Real time. */
    passwordResetAt: Date,
    /** Moves with each password: devices that were known by an earlier one are strangers (tokens/devices.ts). */
    passwordRevision: Number,
    /** The account was given back to who reads the mail of its address: what was made in its name until then may be another's (given-back.ts). */
    disputedUntil: Date,
    locale: { type: String, enum: ['en', 'fr'], required: true },
    timeZone: { type: String, required: true },
    craft: { type: String, default: null },
    gives: { type: [String], default: [] },
    wants: { type: [String], default: [] },
    words: { type: [String], default: [] },
    avatar: { type: String, default: null },
    isAdmin: { type: Boolean, default: false },
    /** Moves with each act on admins, so that two of them come one after the other. */
    adminRevision: Number,
    /** Moves with each act that counts what they have already, so that two of them come one after the other. */
    heldRevision: Number,
    ended: { type: ended, default: undefined },
    placeholderFor: String,
    createdAt: { type: Date, required: true },
    /** When the profile was last changed. */
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
    /** What they read and write in the forum is not followed by itself. */
    tracksNoTopics: Boolean,
  },
  { collection: 'users', versionKey: false },
);
userSchema.index({ email: 1 }, { unique: true, name: 'email' });
userSchema.index({ placeholderFor: 1 }, { unique: true, sparse: true, name: 'placeholder' });
userSchema.index({ isAdmin: 1 }, { name: 'admins', partialFilterExpression: { isAdmin: true } });
userSchema.index({ 'ended.at': 1 }, { name: 'ended', sparse: true });
userSchema.index({ words: 1 }, { name: 'words' });

/** What a person switched off, or on, apart from what others read of them. */
export type Choice = 'hidesPresence' | 'hidesLinkPreviews' | 'tracksNoTopics';

export type UserRow = InferSchemaType<typeof userSchema> & { _id: Types.ObjectId };
