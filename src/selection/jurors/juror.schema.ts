import { Schema, type Types } from 'mongoose';
import type { Locale } from '../../contracts/primitives.js';
import type { JurorState } from '../../contracts/selection/jurors.js';

const id = Schema.Types.ObjectId;

/** A juror of a call. `key` is in the link of their mails: who is invited again after they left has another one. `userId`: the account with which they read, once they have followed it. */
export interface JurorRow {
  _id: Types.ObjectId;
  callId: Types.ObjectId;
  cohortId: Types.ObjectId;
  email: string;
  name: string;
  craft: string | null;
  organisation: string;
  locale: Locale;
  state: JurorState;
  key: string;
  userId?: Types.ObjectId;
  invitedAt: Date;
  joinedAt: Date | null;
  /** When staff last had a letter sent that says what waits. */
  remindedAt: Date | null;
  /** When the last letter went that has the link: it is good from then on for its days. */
  linkSentAt: Date | null;
  /** When their mail server refused a letter for good; null once another one arrived. */
  refusedAt: Date | null;
  /** Counted up by whoever must not see them leave meanwhile. */
  held: number;
}

/** See {@link JurorRow}. */
export const jurorSchema = new Schema(
  {
    callId: { type: id, required: true },
    cohortId: { type: id, required: true },
    email: { type: String, required: true },
    name: { type: String, required: true },
    craft: { type: String, default: null },
    organisation: { type: String, default: '' },
    locale: { type: String, enum: ['en', 'fr'], required: true },
    state: { type: String, enum: ['invited', 'joined', 'left'], required: true },
    key: { type: String, required: true },
    userId: id,
    invitedAt: { type: Date, required: true },
    joinedAt: { type: Date, default: null },
    remindedAt: { type: Date, default: null },
    linkSentAt: { type: Date, default: null },
    refusedAt: { type: Date, default: null },
    held: { type: Number, default: 0 },
  },
  { collection: 'jurors', versionKey: false },
);
jurorSchema.index({ callId: 1, email: 1 }, { unique: true, name: 'address' });
jurorSchema.index({ userId: 1, state: 1 }, { name: 'person', partialFilterExpression: { userId: { $exists: true } } });
