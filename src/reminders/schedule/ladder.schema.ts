import { Schema, type Types } from 'mongoose';
import type { RungSetting } from '../../contracts/reminders/reminder-ladder.js';
import type { RungChange } from './ladder-rules.js';

/** What staff of a cohort set of its reminders: only what is not as by default. `_id` is the cohort's id. */
export const ladderSchema = new Schema(
  {
    _id: { type: Schema.Types.ObjectId, required: true },
    revision: { type: Number, required: true },
    rungs: { type: [Schema.Types.Mixed], required: true },
    changedBy: { type: Schema.Types.ObjectId, required: true },
    changedAt: { type: Date, required: true },
  },
  { collection: 'reminder_ladders', versionKey: false },
);

/** A row of `reminder_ladders`, lean. */
export interface LadderRow {
  _id: Types.ObjectId;
  revision: number;
  rungs: RungSetting[];
  changedBy: Types.ObjectId;
  changedAt: Date;
}

/** One act on a ladder, kept for good: who, when, what was and what is. */
export const ladderChangeSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    revision: { type: Number, required: true },
    at: { type: Date, required: true },
    byId: { type: Schema.Types.ObjectId, required: true },
    changes: { type: [Schema.Types.Mixed], required: true },
  },
  { collection: 'reminder_ladder_changes', versionKey: false },
);
ladderChangeSchema.index({ cohortId: 1, revision: -1 }, { unique: true, name: 'once' });

/** A row of `reminder_ladder_changes`, lean. */
export interface LadderChangeRow {
  _id: Types.ObjectId;
  cohortId: Types.ObjectId;
  revision: number;
  at: Date;
  byId: Types.ObjectId;
  changes: RungChange[];
}
