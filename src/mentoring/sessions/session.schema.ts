import { type InferSchemaType, Schema, type Types } from 'mongoose';

const historyEntry = new Schema(
  {
    at: { type: Date, required: true },
    byId: { type: Schema.Types.ObjectId, required: true },
    act: {
      type: String,
      enum: ['booked', 'rescheduled', 'handed_over', 'left', 'cancelled', 'completed'],
      required: true,
    },
    from: { type: Date, default: null },
    to: { type: Date, default: null },
    /** Of a hand-over: the coach who had it, and the one who took it. */
    fromCoachId: { type: Schema.Types.ObjectId },
    toCoachId: { type: Schema.Types.ObjectId },
    /** The act by which several of a series were booked, or called off, at once. */
    actId: { type: Schema.Types.ObjectId },
  },
  { _id: false },
);

/** Its place among those that were booked at once, so many weeks apart. The ids of all follow from that of the series (session-series.ts). */
const series = new Schema(
  {
    id: { type: Schema.Types.ObjectId, required: true },
    number: { type: Number, required: true },
    of: { type: Number, required: true },
    weeks: { type: Number, required: true },
  },
  { _id: false },
);

/** The second coach of a session with two: what it takes of their caps, and until when it holds them. */
const second = new Schema(
  {
    coachId: { type: Schema.Types.ObjectId, required: true },
    day: { type: Number, required: true },
    week: { type: Number, required: true },
    dayPlace: { type: Number, required: true },
    weekPlace: { type: Number, required: true },
    heldUntil: { type: Date, required: true },
  },
  { _id: false },
);

/**
 * One coaching meeting. `claims` hold the time of its people and its places under the coach's caps (calendar/claims.ts); a cancelled
 * session has none. `day` and `week` are the periods of the caps, as numbers in the coach's zone when it was booked; `dayPlace` and
 * `weekPlace` the places taken in them. `people` is there to be asked by one indexed value.
 */
export const sessionSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    coachId: { type: Schema.Types.ObjectId, required: true },
    participantIds: { type: [Schema.Types.ObjectId], required: true },
    second: { type: second, default: null },
    /** The coaches and the participants. */
    people: { type: [Schema.Types.ObjectId], required: true },
    bookedBy: { type: Schema.Types.ObjectId, required: true },
    startsAt: { type: Date, required: true },
    endsAt: { type: Date, required: true },
    status: { type: String, enum: ['scheduled', 'held', 'no_show', 'cancelled'], required: true },
    kind: { type: String, enum: ['help_desk', 'mentoring', null], default: null },
    need: { type: String, required: true },
    link: { type: String, default: null },
    cancelReason: { type: String, default: null },
    history: { type: [historyEntry], required: true },
    revision: { type: Number, required: true },
    claims: { type: [String], default: undefined },
    day: { type: Number, required: true },
    week: { type: Number, required: true },
    dayPlace: { type: Number, required: true },
    weekPlace: { type: Number, required: true },
    /** Until when the coach is held: its end and the pause after it, as long as that was when it was booked. */
    heldUntil: { type: Date, default: null },
    /** Until when fellows can cancel it without its counting as late (late-cancel.ts). */
    cancelBy: { type: Date, default: null },
    cancelledLate: Boolean,
    /** The cycle (cycles/cycle.schema.ts) that was open between its coach and its fellow when it was booked. */
    cycleId: { type: Schema.Types.ObjectId },
    series: { type: series, default: undefined },
    /** Rises as somebody is let read notes and as an action is written down, so that these and handing over at once conflict. */
    heldRevision: Number,
    createdAt: { type: Date, required: true },
    changedAt: { type: Date, required: true },
  },
  { collection: 'sessions', versionKey: false },
);
sessionSchema.index({ claims: 1 }, { unique: true, sparse: true, name: 'claims' });
sessionSchema.index({ people: 1, startsAt: 1, _id: 1 }, { name: 'person' });
sessionSchema.index({ cohortId: 1, startsAt: 1, _id: 1 }, { name: 'cohort' });
sessionSchema.index({ cycleId: 1 }, { sparse: true, name: 'cycle' });
sessionSchema.index({ startsAt: 1 }, { name: 'start' });

export type SessionRow = InferSchemaType<typeof sessionSchema> & { _id: Types.ObjectId };
