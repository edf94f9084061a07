import { Schema } from 'mongoose';

/**
 * How far the reconciler has come. `_id` is the subject (`workshop-<id>`) for which reminders were planned, with the change they were
 * planned for and its `revision`, since two changes can carry one instant; or a whole kind (`cursor-workshop`) up to which changes were looked at, with the `place` within that instant while
 * there is more to look at. `told` and `wasLive` are the revision and state of which people were certainly told. Of a cohort
 * (`ladder-<id>`): for which revision of its ladder, and which zone and pauses (`pauses`), all of it was planned.
 */
export const reminderMarkSchema = new Schema(
  {
    _id: { type: String, required: true },
    changedAt: { type: Date, required: true },
    place: { type: String, default: null },
    revision: { type: Number },
    told: { type: Number },
    wasLive: { type: Boolean },
    ladder: { type: Number },
    pauses: { type: String },
  },
  { collection: 'reminder_subjects', versionKey: false },
);

/** A row of `reminder_subjects`, lean. */
export interface ReminderMarkRow {
  _id: string;
  changedAt: Date;
  place?: string | null;
  revision?: number;
  told?: number;
  wasLive?: boolean;
  ladder?: number;
  pauses?: string;
}
