import { Schema, type Types } from 'mongoose';
import type { Answers } from '../../contracts/calls/answers.js';
import type { StandingKind } from '../../contracts/calls/decisions.js';
import type { InBoth } from '../../contracts/calls/forms.js';
import type { PlaceState } from '../../contracts/calls/places.js';
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

/**
 * What was decided about a file. `turn` counts the decisions about it, those that were undone too: its letter names it. `words` are those of the letter. `byId` is absent of what came by itself:
 * a place that was lost, or offered to the next.
 */
export interface DecisionRow {
  kind: StandingKind;
  at: Date;
  sendAt: Date;
  byId?: Types.ObjectId;
  words: InBoth;
  turn: number;
  /** Of who is on the waiting list: the words in which a place is offered to them, and where they stand, the lowest first. */
  offer?: InBoth;
  rank?: number;
  /** Of who is asked to confirm their place, or lost it. */
  place?: PlaceRow;
}

/** A place that is to be confirmed. `since`: since when it is as it is. `insteadOf`: the number of the file that lost it before; `passedTo`: of the one that was offered it then. */
export interface PlaceRow {
  state: PlaceState;
  confirmBy: Date;
  since: Date;
  insteadOf?: string;
  passedTo?: string;
}

/** Questions that are opened again for who applies, until then or until something is handed in (`cameAt`), or staff end it (`endedAt`). `turn` counts how often something was asked: its letter names it. */
export interface AskedRow {
  fields: string[];
  until: Date;
  words: string;
  at: Date;
  byId: Types.ObjectId;
  turn: number;
  cameAt?: Date;
  endedAt?: Date;
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
  /** What the programme team asks for, or asked last. */
  asked?: AskedRow;
  /** Of letters that could not be delivered: with which decision, and with which asking. */
  lettersFailed?: { decision?: number; asked?: number };
  /** When the address refused a letter for good; gone once another one went. */
  refusedAt?: Date;
  /** Of staff: tags, and how many notes there are about it. */
  tags?: string[];
  notes?: number;
  /** Who of the programme team added it, as it came by mail; `isUnread`: nobody has opened its link yet. */
  addedById?: Types.ObjectId;
  isUnread?: boolean;
  /** Raised by whoever follows that it is accepted, so that they and who withdraws it take turns. */
  held?: number;
  /** How often its link was asked for by its address: written each time, so that who asks cannot tell by the time it takes whether it was there. */
  asks?: number;
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
    asked: Schema.Types.Mixed,
    lettersFailed: Schema.Types.Mixed,
    refusedAt: Date,
    tags: { type: [String], default: undefined },
    notes: Number,
    addedById: id,
    isUnread: Boolean,
    held: Number,
    asks: Number,
    eraseAt: { type: Date, required: true },
  },
  { collection: 'applications', versionKey: false, minimize: false },
);
applicationSchema.index({ callId: 1, email: 1 }, { unique: true, name: 'applicant' });
applicationSchema.index({ email: 1, _id: -1 }, { name: 'of-person' });
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
applicationSchema.index(
  { 'decision.place.state': 1, 'decision.place.confirmBy': 1 },
  { name: 'places', partialFilterExpression: { 'decision.place.state': { $exists: true } } },
);
applicationSchema.index(
  { callId: 1, 'asked.at': 1 },
  { name: 'asked', partialFilterExpression: { 'asked.at': { $exists: true } } },
);
applicationSchema.index({ callId: 1, tags: 1 }, { name: 'tags', partialFilterExpression: { tags: { $exists: true } } });
applicationSchema.index({ eraseAt: 1 }, { name: 'erase' });
