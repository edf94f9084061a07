import { Schema } from 'mongoose';

/**
 * How far the reconciler has come. `_id` is the subject (`workshop-<id>`) for which reminders were planned, with the change they were
 * planned for; or a whole kind (`cursor-workshop`) up to which changes were looked at.
 */
export const reminderMarkSchema = new Schema(
  {
    _id: { type: String, required: true },
    changedAt: { type: Date, required: true },
    revision: { type: Number, default: 0 },
    isLive: { type: Boolean, default: true },
  },
  { collection: 'reminder_subjects', versionKey: false },
);

/** A row of `reminder_subjects`, lean. */
export interface ReminderMarkRow {
  _id: string;
  changedAt: Date;
  revision: number;
  isLive: boolean;
}
