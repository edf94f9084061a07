import { Schema, type Types } from 'mongoose';

const id = Schema.Types.ObjectId;

/** What somebody who is accepted asked the hosts of a project, and what they were answered. Erased with the file. */
export interface ProjectQuestionRow {
  _id: Types.ObjectId;
  cohortId: Types.ObjectId;
  projectId: Types.ObjectId;
  applicationId: Types.ObjectId;
  text: string;
  askedAt: Date;
  answer?: string;
  answeredAt?: Date;
  answeredById?: Types.ObjectId;
  /** Since when it is hidden from the hosts. */
  hiddenAt?: Date;
}

/** See {@link ProjectQuestionRow}. */
export const projectQuestionSchema = new Schema(
  {
    cohortId: { type: id, required: true },
    projectId: { type: id, required: true },
    applicationId: { type: id, required: true },
    text: { type: String, required: true },
    askedAt: { type: Date, required: true },
    answer: String,
    answeredAt: Date,
    answeredById: id,
    hiddenAt: Date,
  },
  { collection: 'project-questions', versionKey: false },
);
// Each asks a project once.
projectQuestionSchema.index({ applicationId: 1, projectId: 1 }, { unique: true, name: 'once' });
projectQuestionSchema.index({ projectId: 1, askedAt: 1 }, { name: 'project' });
