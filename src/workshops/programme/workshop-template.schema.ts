import { Schema, type Types } from 'mongoose';
import type { WorkshopTemplate } from '../../contracts/workshops/workshop-copies.js';

/**
 * What a new workshop can begin with: everything of a workshop but its day. `fields` are the words, places and rules as the contract has them; `nameKey` is the
 * name without case and accents, so that no two templates of a cohort read alike.
 */
export const workshopTemplateSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    name: { type: String, required: true },
    nameKey: { type: String, required: true },
    fields: { type: Schema.Types.Mixed, required: true },
    createdBy: { type: Schema.Types.ObjectId, required: true },
    createdAt: { type: Date, required: true },
  },
  { collection: 'workshop-templates', versionKey: false, minimize: false },
);
workshopTemplateSchema.index({ cohortId: 1, nameKey: 1 }, { unique: true, name: 'name' });

/** What is kept of a workshop. */
export type TemplateFields = Omit<WorkshopTemplate, 'id' | 'name' | 'people'>;

/** A row of `workshop-templates`, lean. */
export interface WorkshopTemplateRow {
  _id: Types.ObjectId;
  cohortId: Types.ObjectId;
  name: string;
  nameKey: string;
  fields: TemplateFields;
  createdBy: Types.ObjectId;
  createdAt: Date;
}
