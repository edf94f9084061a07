import { Schema, type Types } from 'mongoose';
import { Verdict } from '../../contracts/selection/reviews.js';

const id = Schema.Types.ObjectId;

/** People of a call who talk to applicants together. `memberIds` are accounts. `revision` counts what is written of it, `held` is raised by whoever must not see it change meanwhile. */
export interface PanelRow {
  _id: Types.ObjectId;
  callId: Types.ObjectId;
  cohortId: Types.ObjectId;
  name: string;
  minutes: number;
  place: string;
  phone: string;
  moveHours: number;
  memberIds: Types.ObjectId[];
  revision: number;
  held: number;
  createdAt: Date;
}

/** See {@link PanelRow}. */
export const panelSchema = new Schema(
  {
    callId: { type: id, required: true },
    cohortId: { type: id, required: true },
    name: { type: String, required: true },
    minutes: { type: Number, required: true },
    place: { type: String, required: true },
    phone: { type: String, default: '' },
    moveHours: { type: Number, required: true },
    memberIds: { type: [id], required: true },
    revision: { type: Number, required: true },
    held: { type: Number, default: 0 },
    createdAt: { type: Date, required: true },
  },
  { collection: 'interview-panels', versionKey: false },
);
panelSchema.index({ callId: 1, _id: 1 }, { name: 'call' });
panelSchema.index({ cohortId: 1 }, { name: 'cohort' });
panelSchema.index({ memberIds: 1 }, { name: 'members' });

/** A time that a panel offers. `interviewId`: who took it; a write that asks for null there settles who is first. */
export interface TimeRow {
  _id: Types.ObjectId;
  panelId: Types.ObjectId;
  startsAt: Date;
  endsAt: Date;
  interviewId: Types.ObjectId | null;
}

/** See {@link TimeRow}. */
export const timeSchema = new Schema(
  {
    panelId: { type: id, required: true },
    startsAt: { type: Date, required: true },
    endsAt: { type: Date, required: true },
    interviewId: { type: id, default: null },
  },
  { collection: 'interview-times', versionKey: false },
);
timeSchema.index({ panelId: 1, startsAt: 1 }, { unique: true, name: 'start' });

/**
 * That a file is invited by a panel, once in a call. `time`: the one that was chosen. `turn` counts each choice and each loss of one: letters name it, and calendars know it as SEQUENCE. `fromTurn`: the one in which they were invited, or invited anew.
 * `moves` counts choices of who applies after the first since then; those of staff are none of theirs. `changedAt`: when the turn came. `remindedAt`: the last letter that said that there is still a time to choose. `missedAt`: when somebody said that nobody came at `time`.
 * `missed`: the times at which nobody came, before they were invited anew. `held` is raised by whoever must not see it change meanwhile.
 */
export interface InterviewRow {
  _id: Types.ObjectId;
  callId: Types.ObjectId;
  cohortId: Types.ObjectId;
  panelId: Types.ObjectId;
  applicationId: Types.ObjectId;
  time: { id: Types.ObjectId; startsAt: Date; endsAt: Date } | null;
  turn: number;
  fromTurn?: number;
  moves: number;
  invitedAt: Date;
  changedAt: Date;
  remindedAt: Date | null;
  refusedAt: Date | null;
  missedAt?: Date | null;
  missed?: { startsAt: Date; endsAt: Date }[];
  held: number;
}

/** See {@link InterviewRow}. */
export const interviewSchema = new Schema(
  {
    callId: { type: id, required: true },
    cohortId: { type: id, required: true },
    panelId: { type: id, required: true },
    applicationId: { type: id, required: true },
    time: { type: Schema.Types.Mixed, default: null },
    turn: { type: Number, required: true },
    fromTurn: { type: Number, default: 0 },
    moves: { type: Number, required: true },
    invitedAt: { type: Date, required: true },
    changedAt: { type: Date, required: true },
    remindedAt: { type: Date, default: null },
    refusedAt: { type: Date, default: null },
    missedAt: { type: Date, default: null },
    missed: { type: [Schema.Types.Mixed], default: [] },
    held: { type: Number, default: 0 },
  },
  { collection: 'interviews', versionKey: false },
);
interviewSchema.index({ applicationId: 1 }, { unique: true, name: 'file' });
interviewSchema.index({ panelId: 1 }, { name: 'panel' });

/** What one of a panel notes of an interview: theirs alone until `submittedAt`. `scores` by the key of a criterion of the call; neither they nor the verdict need be there. */
export interface NoteRow {
  _id: Types.ObjectId;
  interviewId: Types.ObjectId;
  applicationId: Types.ObjectId;
  authorId: Types.ObjectId;
  text: string;
  scores?: Record<string, number>;
  verdict?: Verdict | null;
  revision: number;
  changedAt: Date;
  submittedAt: Date | null;
}

/** See {@link NoteRow}. */
export const noteSchema = new Schema(
  {
    interviewId: { type: id, required: true },
    applicationId: { type: id, required: true },
    authorId: { type: id, required: true },
    text: { type: String, default: '' },
    scores: { type: Schema.Types.Mixed },
    verdict: { type: String, enum: [...Verdict.options, null] },
    revision: { type: Number, required: true },
    changedAt: { type: Date, required: true },
    submittedAt: { type: Date, default: null },
  },
  { collection: 'interview-notes', versionKey: false },
);
noteSchema.index({ interviewId: 1, authorId: 1 }, { unique: true, name: 'author' });
noteSchema.index({ applicationId: 1 }, { name: 'application' });
