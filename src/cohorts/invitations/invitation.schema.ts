import { type InferSchemaType, Schema, type Types } from 'mongoose';

/**
 * An invitation. `open` until it is accepted or revoked; an expired one stays open, for sending it again renews it. `attempt` counts
 * the invitations of one address to one cohort: its unique key lets one of two imports at once make the next. The token of its link is
 * the id with its MAC and is stored nowhere. `mailDueAt` names the letter that is to go, until it has, `refusedAt` when the mail server refused the last
 * one for good, with `answer`, the codes of its answer.
 */
export const invitationSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    email: { type: String, required: true },
    name: { type: String, required: true },
    role: { type: String, enum: ['fellow', 'coach', 'host', 'staff'], required: true },
    craft: { type: String, default: null },
    /** The projects that are planned for them: a fellow's one, those that a host or coach will accompany. */
    projectIds: { type: [Schema.Types.ObjectId], default: [] },
    /** The applications that it was made of: it ends with the last of them. Absent of one that staff wrote. */
    applicationIds: { type: [Schema.Types.ObjectId], default: undefined },
    locale: { type: String, enum: ['en', 'fr'], required: true },
    /** The zone that their account begins with; absent: that of the cohort. */
    timeZone: String,
    /** What who invites writes to them, in their letter. */
    note: String,
    invitedBy: { type: Schema.Types.ObjectId, required: true },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    open: { type: Boolean, required: true },
    /** Which link staff copy: it names this. Absent for the first one; see `InvitationLinks`. */
    linkKey: String,
    /** Raised by whoever plans with it elsewhere, so that they and who accepts it take turns. */
    held: Number,
    attempt: { type: Number, required: true },
    mailDueAt: { type: Date },
    /** Who had the last letter go, or set its day, and when. Absent of one that the invited asked for themselves, and of a version before. */
    askedBy: Schema.Types.ObjectId,
    askedAt: Date,
    /** Which letter goes then: one that was put off and is asked for again at the same instant is another. Absent of one of a version before. */
    letterId: Schema.Types.ObjectId,
    sentAt: { type: Date, default: null },
    refusedAt: Date,
    answer: String,
    /** It was not refused: no mail server took it in time, or nobody knows whether one did. */
    failed: Boolean,
    acceptedAt: { type: Date, default: null },
    acceptedBy: { type: Schema.Types.ObjectId, default: null },
    revokedAt: { type: Date, default: null },
  },
  { collection: 'invitations', versionKey: false },
);
invitationSchema.index({ cohortId: 1, email: 1, attempt: 1 }, { unique: true, name: 'attempt' });
invitationSchema.index({ cohortId: 1, open: 1 }, { name: 'open' });
invitationSchema.index({ cohortId: 1, _id: -1 }, { name: 'cohort' });
invitationSchema.index(
  { applicationIds: 1 },
  { name: 'applications', partialFilterExpression: { applicationIds: { $exists: true } } },
);

export type InvitationRow = Omit<InferSchemaType<typeof invitationSchema>, 'applicationIds'> & {
  _id: Types.ObjectId;
  applicationIds?: Types.ObjectId[];
};
