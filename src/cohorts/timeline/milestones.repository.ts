import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { Ask } from '../../infra/mongo/asked-together.js';
import { together } from '../../infra/mongo/together.js';
import type { MilestoneRow } from './milestone.schema.js';

const LAST_DAY = '9999-12-31';

/** The only user of the `milestones` collection. */
@Injectable()
export class MilestonesRepository {
  constructor(@InjectModel('Milestone') private readonly milestones: Model<MilestoneRow>) {}

  async insert(
    milestones: readonly Omit<MilestoneRow, 'revision' | 'changedAt'>[],
    session?: ClientSession,
  ): Promise<void> {
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
    return await together(
      this.milestones
        .find({ cohortId: { $in: cohortIds }, on: { $gte: from, $lte: to } })
        .sort({ on: 1, _id: 1 })
        .lean<MilestoneRow[]>(),
    );
  }

  /** The same among other questions. */
  betweenAsk(cohortIds: readonly Types.ObjectId[], from: string, to: string): Ask<MilestoneRow> {
    return {
      collection: this.milestones.collection.name,
      filter: { cohortId: { $in: cohortIds }, on: { $gte: from, $lte: to } },
      projection: { cohortId: 1, titleKey: 1, title: 1, on: 1, revision: 1, changedAt: 1 },
    };
  }

  /** All of a cohort, by day: a few dozen. */
  async ofCohort(cohortId: Types.ObjectId, session?: ClientSession): Promise<MilestoneRow[]> {
    return await this.milestones
      .find({ cohortId, on: { $gte: '', $lte: LAST_DAY } })
      .sort({ on: 1, _id: 1 })
      .session(session ?? null)
      .lean<MilestoneRow[]>();
  }

  /** Gives it another name. */
  async rename(
    cohortId: Types.ObjectId,
    milestoneId: Types.ObjectId,
    title: string,
    now: Date,
    session: ClientSession,
  ): Promise<void> {
    await this.milestones.updateOne(
      { _id: milestoneId, cohortId },
      { $set: { title, titleKey: null, changedAt: now } },
      { session },
    );
  }

  /** Moves milestones of a cohort, each to its day; one that is there already keeps its revision. */
  async move(
    cohortId: Types.ObjectId,
    moves: readonly { id: Types.ObjectId; to: string }[],
    now: Date,
    session?: ClientSession,
  ): Promise<void> {
    if (moves.length === 0) return;
    await this.milestones.bulkWrite(
      moves.map(({ id, to }) => ({
        updateOne: {
          filter: { _id: id, cohortId, on: { $ne: to } },
          update: { $set: { on: to, changedAt: now }, $inc: { revision: 1 } },
        },
      })),
      { session },
    );
  }

  async delete(cohortId: Types.ObjectId, milestoneId: Types.ObjectId, session: ClientSession): Promise<boolean> {
    return (await this.milestones.deleteOne({ _id: milestoneId, cohortId }, { session })).deletedCount === 1;
  }
}
