import { Schema, type Types } from 'mongoose';
import type { StandingKind } from '../../contracts/calls/decisions.js';
import type { ApplicationActKind } from '../../contracts/calls/acts.js';

const id = Schema.Types.ObjectId;

/** What was done about a file, or (without one) about the waiting list of a call. `byId` is absent of what came by itself, or from who applies. `kind`: of a decision that was made or undone. Never changed: what somebody says once more is a new one. */
export interface ApplicationActRow {
  _id: Types.ObjectId;
  callId: Types.ObjectId;
  applicationId: Types.ObjectId | null;
  at: Date;
  act: ApplicationActKind;
  byId?: Types.ObjectId;
  kind?: StandingKind;
}

/** See {@link ApplicationActRow}. */
export const applicationActSchema = new Schema(
  {
    callId: { type: id, required: true },
    applicationId: { type: id, default: null },
    at: { type: Date, required: true },
    act: { type: String, required: true },
    byId: id,
    kind: String,
  },
  { collection: 'application-acts', versionKey: false },
);
applicationActSchema.index({ callId: 1, applicationId: 1, at: 1, _id: 1 }, { name: 'file' });
