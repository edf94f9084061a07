import { Schema, type Types } from 'mongoose';

const id = Schema.Types.ObjectId;

/** How many of something there are, by its name. */
export type Tally = Record<string, number>;

/** What is counted of a call. `standing`: files that were handed in and not taken back, all in one. Of `options`: by the key of the field, then of the option. `waited`: files by the days from handing in to the letter that answers; `letters`: those letters by day. */
export interface Counts {
  begun: Tally;
  submitted: Tally;
  standing: Tally;
  options: Record<string, Tally>;
  decisions: Tally;
  waited: Tally;
  letters: Tally;
}

/** What is known of a call beside its files: how often its public page was opened, by day, and what its erased files counted. */
export interface CallFiguresRow {
  _id: Types.ObjectId;
  callId: Types.ObjectId;
  seen?: Tally;
  erased?: Partial<Counts>;
}

/** See {@link CallFiguresRow}. */
export const callFiguresSchema = new Schema(
  {
    callId: { type: id, required: true },
    seen: Schema.Types.Mixed,
    erased: Schema.Types.Mixed,
  },
  { collection: 'call-figures', versionKey: false, minimize: false },
);
callFiguresSchema.index({ callId: 1 }, { unique: true, name: 'call' });
