import { type InferSchemaType, Schema, type Types } from 'mongoose';
import { NoteAudience } from '../../contracts/mentoring/mentoring.js';
import { GoalState, type Measure } from '../../contracts/mentoring/goals.js';

/** Where it stood on a day; `id` is that of what was sent, so that what is sent again is kept once. */
const mark = new Schema(
  {
    id: { type: Schema.Types.ObjectId, required: true },
    on: { type: String, required: true },
    value: { type: Number, required: true },
    words: { type: String, default: '' },
    byId: { type: Schema.Types.ObjectId, required: true },
    createdAt: { type: Date, required: true },
  },
  { _id: false },
);

/**
 * What a fellow works on with a coach. `readers` (the author among them) were named when it was saved, as those of a note, and only ever become
 * fewer, but for the coach with whom its fellow goes on. `open` is true as long as its state is; the course is as it was sent, in no order of days.
 */
export const goalSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    coachId: { type: Schema.Types.ObjectId, required: true },
    fellowId: { type: Schema.Types.ObjectId, required: true },
    /** The two (pairs.ts): it stands in their sessions. */
    pair: { type: String, required: true },
    authorId: { type: Schema.Types.ObjectId, required: true },
    title: { type: String, required: true },
    why: { type: String, default: '' },
    measure: { type: Schema.Types.Mixed, required: true },
    until: { type: String, default: null },
    state: { type: String, enum: GoalState.options, required: true },
    open: { type: Boolean, required: true },
    course: { type: [mark], default: [] },
    audience: { type: String, enum: NoteAudience.options, required: true },
    readers: { type: [Schema.Types.ObjectId], required: true },
    createdAt: { type: Date, required: true },
    endedAt: { type: Date, default: null },
    revision: { type: Number, required: true },
  },
  { collection: 'goals', versionKey: false },
);
goalSchema.index({ readers: 1, cohortId: 1, open: 1, createdAt: -1, _id: -1 }, { name: 'reader' });
goalSchema.index({ pair: 1, cohortId: 1, open: 1, createdAt: 1 }, { name: 'pair' });

/** Where a goal stood on a day. */
export interface MarkRow {
  id: Types.ObjectId;
  on: string;
  value: number;
  words: string;
  byId: Types.ObjectId;
  createdAt: Date;
}

/** A row of `goals`, lean. */
export type GoalRow = Omit<InferSchemaType<typeof goalSchema>, 'measure' | 'course'> & {
  _id: Types.ObjectId;
  measure: Measure;
  course: MarkRow[];
};

/** The same as lists read it: of its course what says where it stands. */
export type ListedRow = Omit<GoalRow, 'course'> & { course: Pick<MarkRow, 'on' | 'value' | 'createdAt'>[] };
