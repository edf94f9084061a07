import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { newId } from '../../infra/mongo/ids.js';
import { together } from '../../infra/mongo/together.js';
import type { RungChange } from './ladder-rules.js';
import type { LadderChangeRow, LadderRow } from './ladder.schema.js';

/** The only user of `reminder_ladders` and `reminder_ladder_changes`. */
@Injectable()
export class LaddersRepository {
  constructor(
    @InjectModel('ReminderLadder') private readonly ladders: Model<LadderRow>,
    @InjectModel('ReminderLadderChange') private readonly changes: Model<LadderChangeRow>,
  ) {}

  /** Those of some cohorts whose staff ever changed one. */
  async of(cohortIds: readonly Types.ObjectId[]): Promise<LadderRow[]> {
    return await together(this.ladders.find({ _id: { $in: cohortIds } }).lean<LadderRow[]>());
  }

  /**
   * Writes a ladder and what changed. False when it is at another revision than the one before; throws E11000 where it is the first and there is one
   * already.
   */
  async save(row: LadderRow, changes: readonly RungChange[], session: ClientSession): Promise<boolean> {
    const { _id, revision, ...$set } = row;
    const saved = await this.ladders.updateOne(
      { _id, revision: revision - 1 },
      { $set: { ...$set, revision } },
      { session, upsert: revision === 1 },
    );
    if (saved.matchedCount + saved.upsertedCount === 0) return false;
    const change = { _id: newId(), cohortId: _id, revision, at: row.changedAt, byId: row.changedBy };
    await this.changes.create([{ ...change, changes: [...changes] }], { session });
    return true;
  }

  /** What was done with a ladder before a revision, the latest first. */
  async history(cohortId: Types.ObjectId, before: number, limit: number): Promise<LadderChangeRow[]> {
    return await this.changes
      .find({ cohortId, revision: { $lt: before } })
      .sort({ revision: -1 })
      .limit(limit)
      .lean<LadderChangeRow[]>();
  }
}
