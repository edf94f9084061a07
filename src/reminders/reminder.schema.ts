import { type InferSchemaType, Schema, type Types } from 'mongoose';
import { HeldBy, ReminderKind, ReminderState, ReminderSubjectType } from '../contracts/reminders/reminders.js';

/**
 * A message due at a time because of something in the calendar. `until` is the instant after which it is too late; `armed` says that
 * an alarm for `dueAt` was set in Redis; `held` names the rule that made `dueAt` later than its rung; `lease` belongs to whoever sends it now.
 *
 * `wakeAt` is when the clockwork must look at the row next, so that one index serves all its questions (docs/adr/0007): when its alarm
 * is to be set, then `dueAt`, then the end of the lease. A row that is over has none.
 * `settledAt`: when it was sent, or failed (also where it was sent again since). `deferredFrom`: its mail was put off, by the mail server or
 * as it had no turn, and this is when it was due before; a row that is over, or that waits for another reason, has none.
 */
export const reminderSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    userId: { type: Schema.Types.ObjectId, required: true },
    subject: {
      type: new Schema(
        {
          type: { type: String, enum: ReminderSubjectType.options, required: true },
          id: { type: Schema.Types.ObjectId, required: true },
          revision: { type: Number, required: true },
        },
        { _id: false },
      ),
      required: true,
    },
    kind: { type: String, enum: ReminderKind.options, required: true },
    title: { type: String, default: null },
    titleKey: { type: String, default: null },
    dueAt: { type: Date, required: true },
    held: {
      type: new Schema(
        { by: { type: String, enum: HeldBy.options, required: true }, from: { type: Date, required: true } },
        { _id: false },
      ),
      default: null,
    },
    until: { type: Date, required: true },
    channels: { type: [String], enum: ['inbox', 'mail'] as const, required: true },
    why: { type: String, required: true },
    state: { type: String, enum: ReminderState.options, required: true },
    because: { type: String, default: null },
    armed: { type: Boolean, default: false },
    attempts: { type: Number, default: 0 },
    answer: { type: String, default: null },
    lease: { type: String, default: null },
    wakeAt: { type: Date },
    sentAt: { type: Date, default: null },
    settledAt: { type: Date },
    deferredFrom: { type: Date },
    plannedAt: { type: Date, required: true },
  },
  { collection: 'reminders', versionKey: false },
);
reminderSchema.index(
  { 'subject.id': 1, userId: 1, kind: 1, 'subject.revision': 1, 'subject.type': 1 },
  { unique: true, name: 'once-each' },
);
reminderSchema.index({ cohortId: 1, dueAt: 1, _id: 1 }, { name: 'cohort' });
reminderSchema.index({ userId: 1, dueAt: 1, _id: 1 }, { name: 'person' });
reminderSchema.index({ wakeAt: 1 }, { sparse: true, name: 'wake' });
reminderSchema.index({ deferredFrom: 1 }, { sparse: true, name: 'deferred' });
reminderSchema.index(
  { state: 1, settledAt: 1 },
  { name: 'settled', partialFilterExpression: { settledAt: { $exists: true } } },
);

/** A row of `reminders`, lean. */
export type ReminderRow = Omit<InferSchemaType<typeof reminderSchema>, 'channels'> & {
  _id: Types.ObjectId;
  kind: ReminderKind;
  channels: ('inbox' | 'mail')[];
};

/** When a reminder was due, whatever put its mail off since. */
export const firstDue = ({ deferredFrom, dueAt }: Pick<ReminderRow, 'deferredFrom' | 'dueAt'>): Date =>
  deferredFrom ?? dueAt;
