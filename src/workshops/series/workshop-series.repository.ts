import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { Growth, WorkshopSeriesRow } from './workshop-series.schema.js';

/** The only user of the `workshop-series` collection. */
@Injectable()
export class WorkshopSeriesRepository {
  constructor(@InjectModel('WorkshopSeries') private readonly series: Model<WorkshopSeriesRow>) {}

  /** Throws E11000 (`once`) when this act has made its series before. */
  async insert(row: WorkshopSeriesRow, session: ClientSession): Promise<void> {
    await this.series.create([row], { session });
  }

  async inCohort(cohortId: Types.ObjectId, id: Types.ObjectId): Promise<WorkshopSeriesRow | null> {
    return await this.series.findOne({ _id: id, cohortId }).lean<WorkshopSeriesRow>();
  }

  /** The series that an act made. */
  async madeBy(cohortId: Types.ObjectId, key: string): Promise<WorkshopSeriesRow | null> {
    return await this.series.findOne({ cohortId, key }).lean<WorkshopSeriesRow>();
  }

  /** Those that some acts made. */
  async madeByAll(cohortId: Types.ObjectId, keys: readonly string[]): Promise<WorkshopSeriesRow[]> {
    return await this.series.find({ cohortId, key: { $in: keys } }).lean<WorkshopSeriesRow[]>();
  }

  async byIds(ids: readonly Types.ObjectId[]): Promise<WorkshopSeriesRow[]> {
    return await this.series.find({ _id: { $in: ids } }).lean<WorkshopSeriesRow[]>();
  }

  async byId(id: Types.ObjectId, session?: ClientSession): Promise<WorkshopSeriesRow | null> {
    return await this.series
      .findById(id)
      .session(session ?? null)
      .lean<WorkshopSeriesRow>();
  }

  /** Its rule goes on; a growth that still had people to serve is taken along by the new one. */
  async lengthen(
    id: Types.ObjectId,
    change: Pick<WorkshopSeriesRow, 'repeat' | 'count'> & { growth?: Growth },
    session: ClientSession,
  ): Promise<void> {
    await this.series.updateOne({ _id: id }, { $set: change }, { session });
  }

  /** All whom this lengthening concerns were served. False when somebody else said so, or lengthened it again. */
  async grown(id: Types.ObjectId, { actId, added }: Growth, session: ClientSession): Promise<boolean> {
    const done = await this.series.updateOne(
      { _id: id, 'growth.actId': actId, 'growth.added': { $size: added.length } },
      { $unset: { growth: 1 } },
      { session },
    );
    return done.matchedCount === 1;
  }

  /** Counts an edit of some of its dates; with `seen` only when it is still that edition. False when it is not. */
  async countEdit(id: Types.ObjectId, seen: number | null, session: ClientSession): Promise<boolean> {
    const counted = await this.series.updateOne(
      { _id: id, ...(seen !== null && { edition: seen }) },
      { $inc: { edition: 1 } },
      { session },
    );
    return counted.matchedCount === 1;
  }
}
