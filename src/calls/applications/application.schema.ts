import { Schema, type Types } from 'mongoose';
import type { Answers } from '../../contracts/calls/answers.js';
import type { DecisionKind } from '../../contracts/calls/decisions.js';
import type { InBoth } from '../../contracts/calls/forms.js';
import type { Locale } from '../../contracts/primitives.js';

const id = Schema.Types.ObjectId;

/** Where a file stands by itself; what was decided of it is kept apart. */
export type RowState = 'draft' | 'submitted' | 'withdrawn';

/** What was handed in last: it counts, whatever is typed after it. `revision`: in which it was shown. */
export interface SubmittedRow {
  at: Date;
  times: number;
  revision: number;
  answers: Answers;
  /** Under the known keys of the form, for lists; of `craft` the key of the option, and what it was called. */
  known: Partial<Record<'name' | 'town' | 'craft' | 'agency' | 'title', string>> & { craftName?: InBoth };
}

/** What was decided about a file. `turn` counts the decisions about it, those that were undone too: its letter names it. `words` are those of the letter. */
export interface DecisionRow {
  kind: DecisionKind;
  at: Date;
  sendAt: Date;
  byId: Types.ObjectId;
  words: InBoth;
  turn: number;
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
  state: RowState;
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
  /** What was decided last; `decidedBefore`: what stands while another one is held, of who was on the waiting list. */
  decision?: DecisionRow;
  decidedBefore?: DecisionRow;
  decisionTurn?: number;
  /** How many messages there are about it, and since when one of who applies waits for an answer. */
  messages?: number;
  waitsSince?: Date;
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
    decision: Schema.Types.Mixed,
    decidedBefore: Schema.Types.Mixed,
    decisionTurn: Number,
    messages: Number,
    waitsSince: Date,
    eraseAt: { type: Date, required: true },
  },
  { collection: 'applications', versionKey: false, minimize: false },
);
applicationSchema.index({ callId: 1, email: 1 }, { unique: true, name: 'applicant' });
applicationSchema.index({ callId: 1, state: 1, _id: 1 }, { name: 'states' });
// Counting reads nothing else: a file is long.
applicationSchema.index({ callId: 1, openedAt: 1, state: 1 }, { name: 'counted' });
applicationSchema.index(
  { callId: 1, number: 1 },
  { unique: true, name: 'number', partialFilterExpression: { number: { $exists: true } } },
);
applicationSchema.index({ callId: 1, nameKey: 1, number: 1 }, { name: 'names' });
applicationSchema.index({ callId: 1, 'submitted.at': -1, number: 1 }, { name: 'handed-in' });
applicationSchema.index({ callId: 1, words: 1 }, { name: 'words' });
applicationSchema.index(
  { callId: 1, waitsSince: 1 },
  { name: 'waiting', partialFilterExpression: { waitsSince: { $exists: true } } },
);
applicationSchema.index(
  { callId: 1, 'decision.kind': 1 },
  { name: 'decided', partialFilterExpression: { 'decision.kind': { $exists: true } } },
);
applicationSchema.index({ eraseAt: 1 }, { name: 'erase' });
