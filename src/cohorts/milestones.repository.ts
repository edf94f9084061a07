import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { MilestoneRow } from './milestone.schema.js';

const LAST_DAY = '9999-12-31';

/** The only user of the `milestones` collection. */
@Injectable()
export class MilestonesRepository {
  constructor(@InjectModel('Milestone') private readonly milestones: Model<MilestoneRow>) {}

  async insert(milestones: readonly MilestoneRow[], session?: ClientSession): Promise<void> {
    await this.milestones.insertMany(milestones, { session });
  }

  async inCohort(cohortId: Types.ObjectId, milestoneId: Types.ObjectId): Promise<MilestoneRow | null> {
    return await this.milestones.findOne({ _id: milestoneId, cohortId }).lean<MilestoneRow>();
  }

  /** A page of a cohort's milestones by day. */
  async page(
    cohortId: Types.ObjectId,
    after: { on: string; id: Types.ObjectId } | null,
    limit: number,
  ): Promise<MilestoneRow[]> {
    return await this.milestones
      .find({
        cohortId,
        on: { $gte: after?.on ?? '', $lte: LAST_DAY },
        ...(after && { $or: [{ on: { $gt: after.on } }, { _id: { $gt: after.id } }] }),
      })
      .sort({ on: 1, _id: 1 })
      .limit(limit)
      .lean<MilestoneRow[]>();
  }

  /** Milestones of some cohorts on days between two plain dates, both included. */
  async between(cohortIds: readonly Types.ObjectId[], from: string, to: string): Promise<MilestoneRow[]> {
    return await this.milestones
      .find({ cohortId: { $in: cohortIds }, on: { $gte: from, $lte: to } })
      .sort({ on: 1, _id: 1 })
      .lean<MilestoneRow[]>();
  }

  async update(
    cohortId: Types.ObjectId,
    milestoneId: Types.ObjectId,
    change: Partial<Pick<MilestoneRow, 'title' | 'titleKey' | 'on'>>,
  ): Promise<boolean> {
    const result = await this.milestones.updateOne({ _id: milestoneId, cohortId }, { $set: change });
    return result.matchedCount === 1;
  }

  async delete(cohortId: Types.ObjectId, milestoneId: Types.ObjectId): Promise<boolean> {
    return (await this.milestones.deleteOne({ _id: milestoneId, cohortId })).deletedCount === 1;
  }
}
