import { type InferSchemaType, Schema, type Types } from 'mongoose';
import { ReminderKind, ReminderState } from '../contracts/reminders.js';

/**
 * A message due at a time because of something in the calendar. `until` is the instant after which it is too late; `armed` says that
 * an alarm was set in Redis, `arms` how often. `lease` and `leaseUntil` belong to whoever sends it now.
 */
export const reminderSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    userId: { type: Schema.Types.ObjectId, required: true },
    subject: {
      type: new Schema(
        {
          type: { type: String, enum: ['workshop', 'session', 'milestone'] as const, required: true },
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
    until: { type: Date, required: true },
    channels: { type: [String], enum: ['inbox', 'mail'] as const, required: true },
    why: { type: String, required: true },
    state: { type: String, enum: ReminderState.options, required: true },
    because: { type: String, default: null },
    armed: { type: Boolean, default: false },
    arms: { type: Number, default: 0 },
    attempts: { type: Number, default: 0 },
    lease: { type: String, default: null },
    leaseUntil: { type: Date, default: null },
    sentAt: { type: Date, default: null },
    plannedAt: { type: Date, required: true },
  },
  { collection: 'reminders', versionKey: false },
);
reminderSchema.index(
  { userId: 1, 'subject.type': 1, 'subject.id': 1, kind: 1, 'subject.revision': 1 },
  { unique: true, name: 'once' },
);
reminderSchema.index({ 'subject.id': 1, userId: 1 }, { name: 'subject' });
reminderSchema.index({ cohortId: 1, dueAt: 1, _id: 1 }, { name: 'cohort' });
reminderSchema.index({ cohortId: 1, state: 1, dueAt: 1, _id: 1 }, { name: 'state' });
reminderSchema.index({ state: 1, dueAt: 1 }, { name: 'due' });
reminderSchema.index({ state: 1, armed: 1, dueAt: 1 }, { name: 'arm' });
reminderSchema.index({ state: 1, leaseUntil: 1 }, { name: 'lease' });

/** A row of `reminders`, lean. */
export type ReminderRow = Omit<InferSchemaType<typeof reminderSchema>, 'channels'> & {
  _id: Types.ObjectId;
  kind: ReminderKind;
  channels: ('inbox' | 'mail')[];
};
