import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { WorkshopTemplateRow } from './workshop-template.schema.js';

/** The only user of the `workshop-templates` collection. */
@Injectable()
export class WorkshopTemplatesRepository {
  constructor(@InjectModel('WorkshopTemplate') private readonly templates: Model<WorkshopTemplateRow>) {}

  /** Throws E11000 (`name`) where the cohort has one of this name. */
  async insert(row: WorkshopTemplateRow, session: ClientSession): Promise<void> {
    await this.templates.create([row], { session });
  }

  async count(cohortId: Types.ObjectId, session: ClientSession): Promise<number> {
    return await this.templates.countDocuments({ cohortId }).session(session);
  }

  /** Those of a cohort, by name. */
  async inCohort(cohortId: Types.ObjectId, limit: number): Promise<WorkshopTemplateRow[]> {
    return await this.templates.find({ cohortId }).sort({ nameKey: 1 }).limit(limit).lean<WorkshopTemplateRow[]>();
  }

  async one(cohortId: Types.ObjectId, id: Types.ObjectId): Promise<WorkshopTemplateRow | null> {
    return await this.templates.findOne({ _id: id, cohortId }).lean<WorkshopTemplateRow>();
  }

  /** False when there is none (any more). Throws E11000 (`name`) where another has this name. */
  async rename(
    cohortId: Types.ObjectId,
    id: Types.ObjectId,
    name: Pick<WorkshopTemplateRow, 'name' | 'nameKey'>,
  ): Promise<boolean> {
    return (await this.templates.updateOne({ _id: id, cohortId }, { $set: name })).matchedCount === 1;
  }

  /** False when there is none (any more). */
  async delete(cohortId: Types.ObjectId, id: Types.ObjectId): Promise<boolean> {
    return (await this.templates.deleteOne({ _id: id, cohortId })).deletedCount === 1;
  }
}
