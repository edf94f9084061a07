import { Schema, type Types } from 'mongoose';

const id = Schema.Types.ObjectId;

/** A message about a file. `byId`: who of the programme team wrote it; absent of who applies. */
export interface ApplicationMessageRow {
  _id: Types.ObjectId;
  applicationId: Types.ObjectId;
  byId?: Types.ObjectId;
  text: string;
  at: Date;
}

/** See {@link ApplicationMessageRow}. */
export const applicationMessageSchema = new Schema(
  {
    applicationId: { type: id, required: true },
    byId: id,
    text: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { collection: 'application-messages', versionKey: false },
);
applicationMessageSchema.index({ applicationId: 1, at: 1 }, { name: 'thread' });
