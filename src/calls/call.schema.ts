import { Schema, type Types } from 'mongoose';
import type { CallDate, CallKind, CallState, Criterion } from '../contracts/calls/calls.js';
import type { FormField, InBoth } from '../contracts/calls/forms.js';

const id = Schema.Types.ObjectId;
const inBoth = () => ({
  type: new Schema({ en: { type: String, default: '' }, fr: { type: String, default: '' } }, { _id: false }),
  required: true,
});
/** As the contract gives it: its shape was checked there, and nothing in it is asked for. */
const asGiven = { type: [Schema.Types.Mixed], required: true };

/**
 * A call of a cohort. `version` is that of the form which is published (0: none yet), `fields` what staff write of the next one. `numbers` is the last number that a file got;
 * `erased` counts the files that are not there any more.
 */
export interface CallRow {
  _id: Types.ObjectId;
  cohortId: Types.ObjectId;
  kind: CallKind;
  slug: string;
  state: CallState;
  title: InBoth;
  lead: InBoth;
  text: InBoth;
  /** Of calls of before: nothing is said. */
  outcome?: InBoth;
  opensAt: Date | null;
  closesAt: Date | null;
  timeZone: string;
  dates: CallDate[];
  criteria: Criterion[];
  keepRefusedMonths: number;
  fields: FormField[];
  isFormChanged: boolean;
  version: number;
  revision: number;
  numbers: number;
  erased: { drafts: number; submitted: number; withdrawn: number };
  /** Whether places that are lost are offered to the waiting list by themselves: unless it is said that they are not. */
  isOffering?: boolean;
  createdAt: Date;
  publishedAt: Date | null;
}

/** What became of a call; empty words where nothing was said. */
export const outcomeOf = ({ outcome }: Pick<CallRow, 'outcome'>): InBoth => outcome ?? { en: '', fr: '' };

/** See {@link CallRow}. */
export const callSchema = new Schema(
  {
    cohortId: { type: id, required: true },
    kind: { type: String, enum: ['projects', 'fellows'], required: true },
    slug: { type: String, required: true },
    state: { type: String, enum: ['draft', 'published', 'closed'], required: true },
    title: inBoth(),
    lead: inBoth(),
    text: inBoth(),
    outcome: { ...inBoth(), required: false },
    opensAt: { type: Date, default: null },
    closesAt: { type: Date, default: null },
    timeZone: { type: String, required: true },
    dates: asGiven,
    criteria: asGiven,
    keepRefusedMonths: { type: Number, required: true },
    fields: asGiven,
    isFormChanged: { type: Boolean, required: true },
    version: { type: Number, required: true },
    revision: { type: Number, required: true },
    numbers: { type: Number, required: true },
    erased: {
      type: new Schema({ drafts: Number, submitted: Number, withdrawn: Number }, { _id: false }),
      required: true,
    },
    isOffering: Boolean,
    createdAt: { type: Date, required: true },
    publishedAt: { type: Date, default: null },
  },
  { collection: 'calls', versionKey: false },
);
callSchema.index({ cohortId: 1, createdAt: -1 }, { name: 'cohort' });
callSchema.index({ slug: 1 }, { unique: true, name: 'slug' });
callSchema.index({ state: 1, closesAt: 1 }, { name: 'open' });

/** A form as it was published. */
export interface CallFormRow {
  _id: Types.ObjectId;
  callId: Types.ObjectId;
  version: number;
  fields: FormField[];
  publishedAt: Date;
}

/** See {@link CallFormRow}. */
export const callFormSchema = new Schema(
  {
    callId: { type: id, required: true },
    version: { type: Number, required: true },
    fields: asGiven,
    publishedAt: { type: Date, required: true },
  },
  { collection: 'call-forms', versionKey: false },
);
callFormSchema.index({ callId: 1, version: 1 }, { unique: true, name: 'version' });
