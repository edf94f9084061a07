import { type InferSchemaType, Schema, type Types } from 'mongoose';
import { ClosingAudience, CycleState } from '../../contracts/mentoring/cycles.js';

/** The closing note with its readers, frozen when it was saved: written with the end of the cycle in one write. */
const closingNote = new Schema(
  {
    body: { type: String, required: true },
    audience: { type: String, enum: ClosingAudience.options, required: true },
    readers: { type: [Schema.Types.ObjectId], required: true },
    authorId: { type: Schema.Types.ObjectId, required: true },
    createdAt: { type: Date, required: true },
  },
  { _id: false },
);

/** The window's last day as it was and as it became, when it last moved. */
const movedWindow = new Schema(
  {
    from: { type: String, required: true },
    to: { type: String, required: true },
    at: { type: Date, required: true },
    revision: { type: Number, required: true },
  },
  { _id: false },
);

/**
 * Four sessions of a coach and a fellow within a month. Sessions name it (`cycleId`); what counts is worked out from them (cycle.ts).
 * `open` is true as long as its state is; `seen` is what was worked out last, so that whoever follows hears when it is another, `moved`
 * what they are told of the last day. `endedBy`
 * is null when it lapsed.
 */
export const cycleSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    coachId: { type: Schema.Types.ObjectId, required: true },
    fellowId: { type: Schema.Types.ObjectId, required: true },
    /** The two, to be asked by one indexed value. */
    people: { type: [Schema.Types.ObjectId], required: true },
    goal: { type: String, required: true },
    timeZone: { type: String, required: true },
    state: { type: String, enum: CycleState.options, required: true },
    open: { type: Boolean, required: true },
    /**
     * The number of the cycle among those of the pair, from 1: the unique key by which two starts at once give one. A next one is made only when the
     * last has ended, which is for good. Not a partial index over open ones: not every engine frees the entry of a row that ends.
     */
    turn: { type: Number, required: true },
    startedBy: { type: Schema.Types.ObjectId, required: true },
    startedAt: { type: Date, required: true },
    endedAt: { type: Date, default: null },
    endedBy: { type: Schema.Types.ObjectId, default: null },
    word: { type: String, default: null },
    note: { type: closingNote, default: null },
    seen: { type: String, default: '' },
    moved: { type: movedWindow, default: null },
    revision: { type: Number, required: true },
    changedAt: { type: Date, required: true },
  },
  { collection: 'cycles', versionKey: false },
);
cycleSchema.index({ coachId: 1, fellowId: 1, cohortId: 1, turn: 1 }, { unique: true, name: 'turn' });
cycleSchema.index({ people: 1, open: 1, startedAt: 1, _id: 1 }, { name: 'person' });
cycleSchema.index({ cohortId: 1, open: 1, startedAt: 1, _id: 1 }, { name: 'cohort' });
cycleSchema.index({ open: 1, _id: 1 }, { name: 'open' });

/** A row of `cycles`, lean. */
export type CycleRow = Omit<InferSchemaType<typeof cycleSchema>, 'note' | 'moved'> & {
  _id: Types.ObjectId;
  note: ClosingNoteRow | null;
  moved?: MovedWindow | null;
};

/** Days as `YYYY-MM-DD`; `revision` is the cycle's after the move. */
export interface MovedWindow {
  from: string;
  to: string;
  at: Date;
  revision: number;
}

/** A closing note as it is kept. */
export interface ClosingNoteRow {
  body: string;
  audience: ClosingAudience;
  readers: Types.ObjectId[];
  authorId: Types.ObjectId;
  createdAt: Date;
}
