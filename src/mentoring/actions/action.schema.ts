import { type InferSchemaType, Schema, type Types } from 'mongoose';

/** What somebody took on in a session. `pairs` (pairs.ts) carry it into the next session of the same coach and fellow. */
export const actionSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    sessionId: { type: Schema.Types.ObjectId, required: true },
    coachId: { type: Schema.Types.ObjectId, required: true },
    pairs: { type: [String], required: true },
    /** The coach and the participants of its session: who may see and change it, with staff. */
    people: { type: [Schema.Types.ObjectId], required: true },
    text: { type: String, required: true },
    ownerId: { type: Schema.Types.ObjectId, required: true },
    dueOn: { type: String, default: null },
    state: { type: String, enum: ['open', 'done', 'dropped'], required: true },
    createdBy: { type: Schema.Types.ObjectId, required: true },
    createdAt: { type: Date, required: true },
    doneAt: { type: Date, default: null },
    /** When its owner left the cohort, where it was dropped for that. */
    leftAt: { type: Date, default: null },
  },
  { collection: 'actions', versionKey: false },
);
actionSchema.index({ sessionId: 1, _id: 1 }, { name: 'session' });
actionSchema.index({ pairs: 1, state: 1, _id: 1 }, { name: 'pairs' });
actionSchema.index({ ownerId: 1, state: 1, _id: 1 }, { name: 'owner' });
actionSchema.index({ cohortId: 1, state: 1, dueOn: 1 }, { name: 'due' });

export type ActionRow = InferSchemaType<typeof actionSchema> & { _id: Types.ObjectId };
