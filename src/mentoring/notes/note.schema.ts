import { type InferSchemaType, Schema, type Types } from 'mongoose';

/** A note of a session. `readers` (the author among them) were named when it was saved and only ever become fewer; but the fellow may let a new coach in. */
export const noteSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    sessionId: { type: Schema.Types.ObjectId, required: true },
    /** Of the coach with each participant (pairs.ts): older notes are shown in the pair's next session. */
    pairs: { type: [String], required: true },
    authorId: { type: Schema.Types.ObjectId, required: true },
    body: { type: String, required: true },
    audience: { type: String, enum: ['me', 'participants', 'team_and_coach', 'staff'], required: true },
    readers: { type: [Schema.Types.ObjectId], required: true },
    /** Those of the readers whom the fellow let in after a hand-over, and may take out again. */
    sharedWith: { type: [Schema.Types.ObjectId], default: [] },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'notes', versionKey: false },
);
noteSchema.index({ pairs: 1, createdAt: -1, _id: -1 }, { name: 'pair-newest' });
noteSchema.index({ readers: 1, createdAt: 1 }, { name: 'reader' });

export type NoteRow = InferSchemaType<typeof noteSchema> & { _id: Types.ObjectId };
