import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { Ask } from '../infra/mongo/asked-together.js';
import { RowsById } from '../infra/mongo/rows-by-id.js';
import { together } from '../infra/mongo/together.js';
import type { LookedOver } from '../contracts/cohorts/set-up.js';
import type { CohortRow } from './cohort.schema.js';

/** What a calendar says of a cohort. */
export type CohortLabel = Pick<CohortRow, '_id' | 'name' | 'color' | 'timeZone'>;

/** The only user of the `cohorts` collection: a few hundred rows, asked by id. */
@Injectable()
export class CohortsRepository {
  private readonly rows = new RowsById<CohortRow>((ids) =>
    together(this.cohorts.find({ _id: { $in: ids } }).lean<CohortRow[]>()),
  );

  constructor(@InjectModel('Cohort') private readonly cohorts: Model<CohortRow>) {}

  async insert(
    cohort: Omit<CohortRow, '_id' | 'state' | 'closedAt' | 'revision'> & { _id: Types.ObjectId },
    session?: ClientSession,
  ): Promise<void> {
    await this.cohorts.create([cohort], { session });
  }

  async byId(cohortId: Types.ObjectId, session?: ClientSession): Promise<CohortRow | null> {
    return session
      ? await this.cohorts.findById(cohortId).session(session).lean<CohortRow>()
      : await this.rows.one(cohortId);
  }

  /** The one that an act made after another one; null where it made none. */
  async madeBy(act: string): Promise<CohortRow | null> {
    return await this.cohorts.findOne({ madeBy: act }).lean<CohortRow>();
  }

  /** Each once; unknown ones are left out. */
  async byIds(cohortIds: readonly Types.ObjectId[], session?: ClientSession): Promise<CohortRow[]> {
    if (session) return await this.cohorts.find({ _id: { $in: cohortIds } }, null, { session }).lean<CohortRow[]>();
    return await this.rows.many(cohortIds);
  }

  /** The zone of a cohort, and whether it runs. */
  frameAsk(cohortId: Types.ObjectId): Ask<Pick<CohortRow, '_id' | 'timeZone' | 'state'>> {
    return {
      ...{ collection: this.cohorts.collection.name, filter: { _id: cohortId } },
      projection: { timeZone: 1, state: 1 },
    };
  }

  /** What some cohorts are called, and their colours and zones. */
  labelsAsk(cohortIds: readonly Types.ObjectId[]): Ask<CohortLabel> {
    return {
      ...{ collection: this.cohorts.collection.name, filter: { _id: { $in: cohortIds } } },
      ...{ projection: { name: 1, color: 1, timeZone: 1 }, sort: { _id: 1 } },
    };
  }

  /** A page of all cohorts, newest first (for admins). */
  async page(before: Types.ObjectId | null, limit: number): Promise<CohortRow[]> {
    return await this.cohorts
      .find(before ? { _id: { $lt: before } } : {})
      .sort({ _id: -1 })
      .limit(limit)
      .lean<CohortRow[]>();
  }

  /** Changes a running cohort. False when it is closed. */
  async update(
    cohortId: Types.ObjectId,
    change: Partial<Omit<CohortRow, '_id'>>,
    session?: ClientSession,
  ): Promise<boolean> {
    const result = await this.cohorts.updateOne({ _id: cohortId, state: 'running' }, { $set: change }, { session });
    return result.matchedCount === 1;
  }

  /** Staff looked over a part of a running cohort. False when it is closed. */
  async lookOver(cohortId: Types.ObjectId, part: LookedOver): Promise<boolean> {
    const running = { _id: cohortId, state: 'running' as const };
    return (await this.cohorts.updateOne(running, { $addToSet: { lookedOver: part } })).matchedCount === 1;
  }

  /** Another logo for a running cohort, or none. Nobody plans by it, so nothing follows. Returns what it had before; null when it is closed. */
  async setLogo(
    cohortId: Types.ObjectId,
    logo: string | null,
    session: ClientSession,
  ): Promise<Pick<CohortRow, 'logo'> | null> {
    return await this.cohorts
      .findOneAndUpdate(
        { _id: cohortId, state: 'running' },
        logo === null ? { $unset: { logo: 1 } } : { $set: { logo } },
        { projection: { logo: 1 }, returnDocument: 'before', session },
      )
      .lean<Pick<CohortRow, 'logo'>>();
  }

  /**
   * Takes the cohort's row into a transaction, so that two acts that both look at its staff cannot both win. False when it is closed.
   */
  async hold(cohortId: Types.ObjectId, session: ClientSession): Promise<boolean> {
    return await this.holdWhere({ _id: cohortId, state: 'running' }, session);
  }

  /** {@link hold}, also for a closed one. False when there is none. */
  async holdAny(cohortId: Types.ObjectId, session: ClientSession): Promise<boolean> {
    return await this.holdWhere({ _id: cohortId }, session);
  }

  private async holdWhere(which: { _id: Types.ObjectId; state?: 'running' }, session: ClientSession): Promise<boolean> {
    return (await this.cohorts.updateOne(which, { $inc: { revision: 1 } }, { session })).matchedCount === 1;
  }

  async running(): Promise<Types.ObjectId[]> {
    const rows = await this.cohorts.find({ state: 'running' }, { _id: 1 }).lean<{ _id: Types.ObjectId }[]>();
    return rows.map(({ _id }) => _id);
  }

  async count(): Promise<number> {
    return await this.cohorts.estimatedDocumentCount();
  }

  /** Closes a running cohort. False when it was closed already. */
  async close(cohortId: Types.ObjectId, at: Date, session?: ClientSession): Promise<boolean> {
    const result = await this.cohorts.updateOne(
      { _id: cohortId, state: 'running' },
      { $set: { state: 'closed', closedAt: at } },
      { session },
    );
    return result.modifiedCount === 1;
  }
}
