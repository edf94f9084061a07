import { type InferSchemaType, Schema, type Types } from 'mongoose';

/** What a file hangs on: the thing, and the place by which it is decided who may read it (a message and its channel; what was added to a workshop, and
 * the workshop; a post and the topic that it was written in; a page of a handbook and its cohort; what somebody hands in to a call, and the call). */
const holder = new Schema(
  {
    kind: { type: String, enum: ['message', 'workshop', 'post', 'page', 'application'], required: true },
    id: { type: Schema.Types.ObjectId, required: true },
    placeId: { type: Schema.Types.ObjectId, required: true },
  },
  { _id: false },
);

/**
 * A file that somebody uploaded, for a cohort or (`cohortId` null) for a direct conversation: only there it can be sent, and there its `bytes` count, those of its
 * previews included. What an import brought, or who applies to a call (`imported`), counts for the cohort and for no person: of a file of a call (`callId`) `ownerId` is what it is part of. `state`: `arriving` while its bytes are stored, `waiting` until it is sent (its owner's alone until
 * then), `held` by a thing, `gone` when its bytes are to be removed. `since` is when it came into that state.
 */
export const fileSchema = new Schema(
  {
    ownerId: { type: Schema.Types.ObjectId, required: true },
    cohortId: { type: Schema.Types.ObjectId, default: null },
    name: { type: String, required: true },
    type: { type: String, required: true },
    kind: { type: String, enum: ['image', 'audio', 'video', 'file'], required: true },
    size: { type: Number, required: true },
    bytes: { type: Number, required: true },
    imported: { type: Boolean, default: false },
    callId: { type: Schema.Types.ObjectId, default: null },
    width: { type: Number, default: null },
    height: { type: Number, default: null },
    state: { type: String, enum: ['arriving', 'waiting', 'held', 'gone'], required: true },
    since: { type: Date, required: true },
    holder: { type: holder, default: null },
  },
  { collection: 'files', versionKey: false },
);
fileSchema.index({ state: 1, since: 1 }, { name: 'sweep' });
fileSchema.index({ ownerId: 1, state: 1 }, { name: 'owner' });
fileSchema.index({ cohortId: 1, state: 1, ownerId: 1, imported: 1, bytes: 1 }, { name: 'counted' });

export type FileRow = InferSchemaType<typeof fileSchema> & { _id: Types.ObjectId };
