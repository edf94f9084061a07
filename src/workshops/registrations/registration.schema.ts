import { type InferSchemaType, Schema, type Types } from 'mongoose';

/**
 * One person and one workshop, for good: who leaves and comes back gets a new `order` at the end of the line. Where a
 * workshop offers one way only, all are `onsite`, though it may be on line.
 */
export const registrationSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    workshopId: { type: Schema.Types.ObjectId, required: true },
    /** A member; where `guest` is set somebody from outside, or whom they bring along. */
    userId: { type: Schema.Types.ObjectId, required: true },
    guest: { type: Boolean, default: undefined },
    status: {
      type: String,
      enum: ['going', 'waitlisted', 'offered', 'cancelled', 'attended', 'absent', 'excused'] as const,
      required: true,
    },
    mode: { type: String, enum: ['onsite', 'online'] as const, required: true },
    order: { type: Number, required: true },
    /** Only while `offered`: when the place held is given to the next. */
    offeredUntil: { type: Date, default: null },
    /** Came into the line with others of their team: the order of the first of them; null for who waits alone. */
    party: { type: Number, default: null },
    /** Who registered them: one of their team, or a host; null: they did. */
    byId: { type: Schema.Types.ObjectId, default: null },
    /** Since when the status is what it is: tells one time from another. Absent in rows of before that have not changed since. */
    since: Date,
    /** The act on several dates of a series that made the status what it is; absent where it was made by itself. */
    actId: Schema.Types.ObjectId,
    /** When its workshop is, written in one transaction with it, so that one look says when people are taken; absent once it is called off. */
    startsAt: { type: Date, default: undefined },
    endsAt: { type: Date, default: undefined },
    /** When it was said last how the place was used: of two marks the later one counts. Absent where nobody did. */
    markedAt: { type: Date, default: undefined },
    registeredAt: { type: Date, required: true },
    changedAt: { type: Date, required: true },
  },
  { collection: 'registrations', versionKey: false },
);
registrationSchema.index({ workshopId: 1, userId: 1 }, { unique: true, name: 'one' });
registrationSchema.index({ workshopId: 1, status: 1, order: 1 }, { name: 'line' });
registrationSchema.index({ status: 1, offeredUntil: 1 }, { name: 'offer' });
registrationSchema.index({ userId: 1, status: 1, startsAt: 1 }, { name: 'taken' });

/** A row of `registrations`, lean. */
export type RegistrationRow = Omit<
  InferSchemaType<typeof registrationSchema>,
  'since' | 'actId' | 'guest' | 'markedAt' | 'startsAt' | 'endsAt'
> & {
  _id: Types.ObjectId;
  guest?: true;
  startsAt?: Date;
  endsAt?: Date;
  markedAt?: Date;
  since?: Date;
  actId?: Types.ObjectId;
};
