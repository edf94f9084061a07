import { Schema, type Types } from 'mongoose';
import type { Criterion } from '../../contracts/calls/calls.js';
import type { InBoth } from '../../contracts/calls/forms.js';
import type { StepState } from '../../contracts/selection/steps.js';

const id = Schema.Types.ObjectId;
/** As the contract gives it: its shape was checked there, and nothing in it is asked for. */
const asGiven = { type: [Schema.Types.Mixed], required: true };

/**
 * A step of the selection of a call. `known`: the fields that there were when staff chose what is `hidden`; a field that came later is hidden if its form says so. `chosen`: the files that a later step reads; the first one reads all. `revision` counts what staff write of it, `assignments` the changes of who reads
 * what, so that of two at once one comes after the other; `held` is counted up by whoever must not see it close meanwhile.
 */
export interface StepRow {
  _id: Types.ObjectId;
  callId: Types.ObjectId;
  cohortId: Types.ObjectId;
  number: number;
  name: InBoth;
  scale: InBoth[];
  criteria: Criterion[];
  hidden: string[];
  known: string[];
  dueAt: Date | null;
  state: StepState;
  chosen: Types.ObjectId[];
  revision: number;
  assignments: number;
  held: number;
  createdAt: Date;
}

/** See {@link StepRow}. */
export const stepSchema = new Schema(
  {
    callId: { type: id, required: true },
    cohortId: { type: id, required: true },
    number: { type: Number, required: true },
    name: { type: Schema.Types.Mixed, required: true },
    scale: asGiven,
    criteria: asGiven,
    hidden: { type: [String], required: true },
    known: { type: [String], required: true },
    dueAt: { type: Date, default: null },
    state: { type: String, enum: ['draft', 'open', 'closed'], required: true },
    chosen: { type: [id], required: true },
    revision: { type: Number, required: true },
    assignments: { type: Number, required: true },
    held: { type: Number, required: true },
    createdAt: { type: Date, required: true },
  },
  { collection: 'selection-steps', versionKey: false },
);
stepSchema.index({ callId: 1, number: 1 }, { unique: true, name: 'number' });
