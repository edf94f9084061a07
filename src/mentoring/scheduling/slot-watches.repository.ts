import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type Model, Types } from 'mongoose';
import { together } from '../../infra/mongo/together.js';
import type { SlotWatchRow } from './slot-watch.schema.js';

/** Far more than wait for one coach, or for all of them, at any time. */
const MAX_OF_COACH = 1000;
const MAX_COACHES = 5000;
/** Before all ids, so that the index is walked from its beginning. */
const FIRST = new Types.ObjectId('0'.repeat(24));

/** The only user of the `slot-watches` collection. */
@Injectable()
export class SlotWatchesRepository {
  constructor(@InjectModel('SlotWatch') private readonly watches: Model<SlotWatchRow>) {}

  /** Begins to watch; who does so already keeps their row. Two at once are one, by the unique key. */
  async put(row: SlotWatchRow): Promise<SlotWatchRow> {
    const { cohortId, userId, coachId } = row;
    const key = { cohortId, userId, coachId };
    await this.watches.updateOne(key, { $setOnInsert: row }, { upsert: true });
    return (await this.watches.findOne(key).lean<SlotWatchRow>()) ?? row;
  }

  async remove(cohortId: Types.ObjectId, userId: Types.ObjectId, coachId: Types.ObjectId): Promise<void> {
    await this.watches.deleteOne({ cohortId, userId, coachId });
  }

  async ofPerson(userId: Types.ObjectId, cohortId: Types.ObjectId): Promise<SlotWatchRow[]> {
    return await this.watches
      .find({ userId, cohortId })
      .sort({ coachId: 1 })
      .limit(MAX_OF_COACH)
      .lean<SlotWatchRow[]>();
  }

  /** Who waits for a coach, in all cohorts. */
  async ofCoach(coachId: Types.ObjectId): Promise<SlotWatchRow[]> {
    return await together(this.watches.find({ coachId }).sort({ _id: 1 }).limit(MAX_OF_COACH).lean<SlotWatchRow[]>());
  }

  /** The coaches for whom somebody waits. */
  async coaches(): Promise<string[]> {
    const rows = await this.watches
      .find({ coachId: { $gt: FIRST } }, { _id: 0, coachId: 1 })
      .sort({ coachId: 1 })
      .limit(MAX_COACHES)
      .lean<Pick<SlotWatchRow, 'coachId'>[]>();
    return [...new Set(rows.map((row) => String(row.coachId)))];
  }

  async consume(ids: readonly Types.ObjectId[]): Promise<void> {
    if (ids.length > 0) await this.watches.deleteMany({ _id: { $in: ids } });
  }
}
