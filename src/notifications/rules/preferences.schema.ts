import { Schema, type Types } from 'mongoose';
import type { Preferences } from '../../contracts/notifications/notifications.js';

/** What reaches a person, and how; no row means the defaults. `_id` is the person's id. */
export const preferencesSchema = new Schema(
  {
    _id: { type: Schema.Types.ObjectId, required: true },
    kinds: { type: Schema.Types.Mixed, required: true },
    quietHours: { type: Schema.Types.Mixed, default: null },
    /** Absent: chosen before there was a choice; whoever wanted no quiet hours wants no quiet weekend. */
    quietWeekend: Boolean,
    digest: { type: Schema.Types.Mixed },
    /** Absent: the default; null: no limit. */
    mailsPerDay: { type: Number },
    /** Absent: they were never switched off. */
    invitations: Boolean,
  },
  { collection: 'preferences', versionKey: false },
);

/** A row of `preferences`, lean. */
export type PreferencesRow = Preferences & { _id: Types.ObjectId };
