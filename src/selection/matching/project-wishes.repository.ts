import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import { againWhenDoubled } from '../../infra/mongo/errors.js';
import type { ProjectWishRow } from './matching.schema.js';

/** Reads and writes wishes. The last one that is written counts. */
@Injectable()
export class ProjectWishesRepository {
  constructor(@InjectModel('ProjectWish') private readonly rows: Model<ProjectWishRow>) {}

  async ofApplication(applicationId: Types.ObjectId): Promise<ProjectWishRow | null> {
    return await this.rows.findById(applicationId).lean<ProjectWishRow>();
  }

  /** Those of a cohort, by the id of the file. */
  async ofCohort(cohortId: Types.ObjectId): Promise<Map<string, ProjectWishRow>> {
    const rows = await this.rows.find({ cohortId }).lean<ProjectWishRow[]>();
    return new Map(rows.map((row) => [String(row._id), row]));
  }

  async save({ _id, ...wish }: ProjectWishRow): Promise<void> {
    await againWhenDoubled(() => this.rows.updateOne({ _id }, { $set: wish }, { upsert: true }));
  }

  async forget(applicationId: Types.ObjectId): Promise<void> {
    await this.rows.deleteOne({ _id: applicationId });
  }
}
