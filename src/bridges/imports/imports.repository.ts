import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { ImportSource } from '../../contracts/bridges/imports.js';
import type { ImportRow } from './import.schema.js';

type State = ImportRow['state'];

const MAX_SHOWN = 20;
const WORK: State[] = ['checking', 'running'];
/** Nothing comes of their bytes any more. */
const OVER: State[] = ['refused', 'done'];
const SHOWN = { state: { $ne: 'discarded' as const } };

/** The only user of the `imports` collection. Every step from one state to the next is guarded by the state it leaves. */
@Injectable()
export class ImportsRepository {
  constructor(@InjectModel('Import') private readonly imports: Model<ImportRow>) {}

  async insert(
    row: Omit<ImportRow, 'problem' | 'counts' | 'forum' | 'done' | 'endedAt' | 'lease' | 'tries'>,
    session: ClientSession,
  ): Promise<void> {
    await this.imports.create([row], { session });
  }

  /** Those of a cohort whose bytes are kept, or still come. */
  async countKept(cohortId: Types.ObjectId, limit: number, session: ClientSession): Promise<number> {
    return await this.imports.countDocuments({ cohortId, state: { $nin: OVER } }, { limit, session });
  }

  async byId(id: Types.ObjectId): Promise<ImportRow | null> {
    return await this.imports.findOne({ _id: id, ...SHOWN }).lean<ImportRow>();
  }

  /** Those of a cohort and a source, the latest first. */
  async inCohort(cohortId: Types.ObjectId, source: ImportSource): Promise<ImportRow[]> {
    const from = source === 'slack' ? { source: { $ne: 'discourse' as const } } : { source };
    return await this.imports
      .find({ cohortId, ...SHOWN, ...from })
      .sort({ createdAt: -1 })
      .limit(MAX_SHOWN)
      .lean<ImportRow[]>();
  }

  /** Goes to a state in which a worker has something to do. Null when it was in none of `from`. */
  async begin(
    id: Types.ObjectId,
    from: readonly State[],
    state: 'checking' | 'running',
    wakeAt: Date,
    session: ClientSession,
  ) {
    return await this.imports
      .findOneAndUpdate(
        { _id: id, state: { $in: [...from] } },
        { $set: { state, wakeAt, problem: null, done: 0, tries: 0, lease: null, endedAt: null } },
        { returnDocument: 'after', session },
      )
      .lean<ImportRow>();
  }

  /** Takes it for whoever holds the lease until `wakeAt`. Null when there is nothing to do, or somebody else does it. */
  async claim(id: Types.ObjectId, lease: string, now: Date, wakeAt: Date): Promise<ImportRow | null> {
    return await this.imports
      .findOneAndUpdate(
        { _id: id, state: { $in: WORK }, wakeAt: { $lte: now } },
        { $set: { lease, wakeAt }, $inc: { tries: 1 } },
        { returnDocument: 'after' },
      )
      .lean<ImportRow>();
  }

  /** Still at it. False when the lease is somebody else's by now. */
  async keep(id: Types.ObjectId, lease: string, wakeAt: Date, done?: number): Promise<boolean> {
    const change = { wakeAt, ...(done !== undefined && { done }) };
    return (await this.imports.updateOne({ _id: id, lease }, { $set: change })).matchedCount === 1;
  }

  /** This step is over. Without `wakeAt` nothing more is to be done. */
  async end(
    id: Types.ObjectId,
    lease: string,
    change: Partial<Pick<ImportRow, 'state' | 'problem' | 'counts' | 'forum' | 'done' | 'endedAt' | 'wakeAt'>>,
  ): Promise<boolean> {
    const isOver = change.wakeAt === undefined;
    const { matchedCount } = await this.imports.updateOne(
      { _id: id, lease },
      { $set: { ...change, lease: null }, ...(isOver && { $unset: { wakeAt: 1 } }) },
    );
    return matchedCount === 1;
  }

  /** Those that somebody must look at. */
  async due(now: Date, limit: number): Promise<Types.ObjectId[]> {
    const rows = await this.imports
      .find({ wakeAt: { $lte: now } }, { _id: 1 })
      .sort({ wakeAt: 1 })
      .limit(limit)
      .lean<Pick<ImportRow, '_id'>[]>();
    return rows.map(({ _id }) => _id);
  }

  /**
   * Takes it from everybody's eyes; its bytes are to be removed, then the row: by the worker from `wakeAt` on, if whoever discards it dies. Without, it wakes when it would
   * have. False when it is in none of `from`; with `dueBy`, also when nobody was to look at it by then.
   */
  async discard(
    id: Types.ObjectId,
    from: readonly State[],
    { wakeAt, dueBy }: { wakeAt?: Date; dueBy?: Date } = {},
  ): Promise<boolean> {
    const filter = { _id: id, state: { $in: [...from] }, ...(dueBy && { wakeAt: { $lte: dueBy } }) };
    const change = { state: 'discarded' as const, ...(wakeAt && { wakeAt }) };
    return (await this.imports.updateOne(filter, { $set: change })).matchedCount === 1;
  }

  async isDiscarded(id: Types.ObjectId): Promise<boolean> {
    return (await this.imports.exists({ _id: id, ...SHOWN })) === null;
  }

  /** Its bytes are gone: forgets one that was discarded, and lets one that is over rest. */
  async emptied(id: Types.ObjectId): Promise<void> {
    await this.imports.deleteOne({ _id: id, state: 'discarded' });
    await this.imports.updateOne({ _id: id, state: { $in: OVER } }, { $unset: { wakeAt: 1 } });
  }

  /** Whether its bytes are to be removed. */
  async isToEmpty(id: Types.ObjectId, now: Date): Promise<boolean> {
    const state = { $in: ['discarded' as const, ...OVER] };
    return (await this.imports.exists({ _id: id, state, wakeAt: { $lte: now } })) !== null;
  }
}
