import { Schema, type Types } from 'mongoose';
import type { ApplicationState } from '../../contracts/calls/applications.js';
import type { Answers } from '../../contracts/calls/answers.js';
import type { InBoth } from '../../contracts/calls/forms.js';
import type { Locale } from '../../contracts/primitives.js';

const id = Schema.Types.ObjectId;

/** What was handed in last: it counts, whatever is typed after it. `revision`: in which it was shown. */
export interface SubmittedRow {
  at: Date;
  times: number;
  revision: number;
  answers: Answers;
  /** Under the known keys of the form, for lists; of `craft` the key of the option, and what it was called. */
  known: Partial<Record<'name' | 'town' | 'craft' | 'agency' | 'title', string>> & { craftName?: InBoth };
}

/**
 * A file: what somebody answers to a call, from their first word on. `key` is in the link of their mails, with it they open it; `openedAt`: that they read the mail. `revisions`: in which
 * revision each answer was changed last. `number`, `nameKey` and `words` are there once it was handed in.
 */
export interface ApplicationRow {
  _id: Types.ObjectId;
  callId: Types.ObjectId;
  cohortId: Types.ObjectId;
  email: string;
  locale: Locale;
  timeZone: string;
  key: string;
  state: ApplicationState;
  version: number;
  revision: number;
  answers: Answers;
  revisions: Record<string, number>;
  createdAt: Date;
  openedAt: Date | null;
  changedAt: Date | null;
  number?: number;
  numberText?: string;
  nameKey?: string;
  words?: string[];
  submitted: SubmittedRow | null;
  withdrawnAt: Date | null;
  eraseAt: Date;
}

/** See {@link ApplicationRow}. Empty answers are kept as an empty object (`minimize`). */
export const applicationSchema = new Schema(
  {
    callId: { type: id, required: true },
    cohortId: { type: id, required: true },
    email: { type: String, required: true },
    locale: { type: String, enum: ['en', 'fr'], required: true },
    timeZone: { type: String, required: true },
    key: { type: String, required: true },
    state: { type: String, enum: ['draft', 'submitted', 'withdrawn'], required: true },
    version: { type: Number, required: true },
    revision: { type: Number, required: true },
    answers: { type: Schema.Types.Mixed, required: true },
    revisions: { type: Schema.Types.Mixed, required: true },
    createdAt: { type: Date, required: true },
    openedAt: { type: Date, default: null },
    changedAt: { type: Date, default: null },
    number: Number,
    numberText: String,
    nameKey: String,
    words: { type: [String], default: undefined },
    submitted: { type: Schema.Types.Mixed, default: null },
    withdrawnAt: { type: Date, default: null },
    eraseAt: { type: Date, required: true },
  },
  { collection: 'applications', versionKey: false, minimize: false },
);
applicationSchema.index({ callId: 1, email: 1 }, { unique: true, name: 'applicant' });
applicationSchema.index({ callId: 1, state: 1, _id: 1 }, { name: 'states' });
applicationSchema.index(
  { callId: 1, number: 1 },
  { unique: true, name: 'number', partialFilterExpression: { number: { $exists: true } } },
);
applicationSchema.index({ callId: 1, nameKey: 1, number: 1 }, { name: 'names' });
applicationSchema.index({ callId: 1, 'submitted.at': -1, number: 1 }, { name: 'handed-in' });
applicationSchema.index({ callId: 1, words: 1 }, { name: 'words' });
applicationSchema.index({ eraseAt: 1 }, { name: 'erase' });
