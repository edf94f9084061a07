import { Schema } from 'mongoose';
import { AlertKind } from '../../contracts/reminders/operation.js';

/**
 * What is or was wrong with reminders: one row for each kind of alert. `open`: it is not over; `startedAt` names the episode; `since`, `count` and
 * `among` are the figures at its start, which all are told; `wellSince`: it is well again, and over once that has lasted. `toTell`: admins
 * are still to be told of its start or of its end.
 */
export const alertEpisodeSchema = new Schema(
  {
    _id: { type: String, enum: AlertKind.options, required: true },
    open: { type: Boolean, required: true },
    startedAt: { type: Date, required: true },
    since: { type: Date, required: true },
    count: { type: Number, required: true },
    among: { type: Number, default: null },
    wellSince: { type: Date, default: null },
    toTell: { type: String, enum: ['start', 'end', null] as const, default: null },
  },
  { collection: 'reminder-alerts', versionKey: false },
);

/** A row of `reminder-alerts`, lean. */
export interface AlertEpisodeRow {
  _id: AlertKind;
  open: boolean;
  startedAt: Date;
  since: Date;
  count: number;
  among: number | null;
  wellSince: Date | null;
  toTell: 'start' | 'end' | null;
}
