import { LookedOver } from '../contracts/cohorts/set-up.js';
import type { Pause } from '../contracts/cohorts/cohorts.js';
import { type InferSchemaType, Schema, type Types } from 'mongoose';

const phase = new Schema(
  {
    key: { type: String, enum: ['discover', 'build', 'deploy', 'handover'], required: true },
    name: { type: String, default: null },
    startsOn: { type: String, required: true },
    endsOn: { type: String, required: true },
  },
  { _id: false },
);

const pause = new Schema(
  {
    from: { type: String, required: true },
    to: { type: String, required: true },
    name: { type: String, required: true },
  },
  { _id: false },
);

/** A cohort. Days are `YYYY-MM-DD` in its `timeZone`. */
export const cohortSchema = new Schema(
  {
    name: { type: String, required: true },
    color: { type: String, required: true },
    startsOn: { type: String, required: true },
    endsOn: { type: String, required: true },
    timeZone: { type: String, required: true },
    locale: { type: String, enum: ['en', 'fr'], required: true },
    country: { type: String, required: true },
    state: { type: String, enum: ['running', 'closed'], default: 'running' },
    phases: { type: [phase], required: true },
    /** When the programme rests; absent in cohorts of before there were pauses. */
    pauses: { type: [pause], default: undefined },
    meeting: {
      type: new Schema(
        {
          kind: { type: String, enum: ['jitsi', 'bigbluebutton', 'fixed', 'none'], required: true },
          pattern: { type: String, default: null },
        },
        { _id: false },
      ),
      required: true,
    },
    /** What of it staff looked over before its first day; absent while nothing is. */
    lookedOver: { type: [{ type: String, enum: LookedOver.options }], default: undefined },
    /** Staff said that messages show what pages outside say of themselves. */
    linkPreviews: Boolean,
    /** The name of its image; it stands on certificates. Absent where there is none. */
    logo: String,
    /** The act that made it after another one: who sends it again finds what it made. */
    madeBy: String,
    createdAt: { type: Date, required: true },
    closedAt: { type: Date, default: null },
    revision: { type: Number, default: 0 },
  },
  { collection: 'cohorts', versionKey: false },
);
cohortSchema.index({ state: 1 }, { name: 'state' });
cohortSchema.index({ madeBy: 1 }, { unique: true, sparse: true, name: 'act' });

export type CohortRow = Omit<InferSchemaType<typeof cohortSchema>, 'pauses'> & {
  _id: Types.ObjectId;
  pauses?: Pause[];
};
