import { Schema, type Types } from 'mongoose';

const id = Schema.Types.ObjectId;

/** A note of staff about a file. */
export interface ApplicationNoteRow {
  _id: Types.ObjectId;
  applicationId: Types.ObjectId;
  byId: Types.ObjectId;
  text: string;
  /** Who was of the programme team as it was saved: nobody else reads it later. */
  readers: Types.ObjectId[];
  at: Date;
}

/** See {@link ApplicationNoteRow}. */
export const applicationNoteSchema = new Schema(
  {
    applicationId: { type: id, required: true },
    byId: { type: id, required: true },
    text: { type: String, required: true },
    readers: { type: [id], required: true },
    at: { type: Date, required: true },
  },
  { collection: 'application-notes', versionKey: false },
);
applicationNoteSchema.index({ applicationId: 1, at: 1 }, { name: 'file' });
