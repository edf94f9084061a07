import { type InferSchemaType, Schema, type Types } from 'mongoose';
import { RequestAct, RequestState } from '../../contracts/mentoring/requests.js';
import { Craft } from '../../contracts/roles.js';

const trailEntry = new Schema(
  {
    at: { type: Date, required: true },
    byId: { type: Schema.Types.ObjectId, required: true },
    act: { type: String, enum: RequestAct.options, required: true },
    text: { type: String, default: null },
    toId: { type: Schema.Types.ObjectId, default: null },
  },
  { _id: false },
);

/**
 * Somebody looks for help. `ownerId` is the one owner; null, and the cohort's staff own it together: a craft was asked, and nobody of
 * it has taken it yet. `waiting` says that somebody is to act (open or asked_back), so that one index serves each list. `revision`
 * guards every act; `waitingSince` is since when whoever is to act has it.
 */
export const requestSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    askerId: { type: Schema.Types.ObjectId, required: true },
    ownerId: { type: Schema.Types.ObjectId, default: null },
    craft: { type: String, enum: [...Craft.options, null], default: null },
    need: { type: String, required: true },
    text: { type: String, default: '' },
    wishedOn: { type: String, default: null },
    state: { type: String, enum: RequestState.options, required: true },
    waiting: { type: Boolean, required: true },
    createdAt: { type: Date, required: true },
    askedAt: { type: Date, required: true },
    waitingSince: { type: Date, required: true },
    changedAt: { type: Date, required: true },
    revision: { type: Number, required: true },
    trail: { type: [trailEntry], required: true },
  },
  { collection: 'help-requests', versionKey: false },
);
requestSchema.index({ cohortId: 1, waiting: 1, createdAt: 1, _id: 1 }, { name: 'cohort' });
requestSchema.index({ askerId: 1, waiting: 1, createdAt: 1, _id: 1 }, { name: 'asker' });
requestSchema.index({ ownerId: 1, waiting: 1, createdAt: 1, _id: 1 }, { name: 'owner' });
requestSchema.index({ waiting: 1, waitingSince: 1, _id: 1 }, { name: 'waiting' });

/** A row of `help-requests`, lean. */
export type RequestRow = Omit<InferSchemaType<typeof requestSchema>, 'trail' | 'craft'> & {
  _id: Types.ObjectId;
  craft: Craft | null;
  trail: TrailEntry[];
};

/** The same without what was done. */
export type ListedRequestRow = Omit<RequestRow, 'trail'>;

/** So much is done with one request, but for its end and what goes to others as people leave. */
export const MAX_TRAIL = 100;

/** One thing that was done with a request. */
export interface TrailEntry {
  at: Date;
  byId: Types.ObjectId;
  act: RequestAct;
  text: string | null;
  toId: Types.ObjectId | null;
}
