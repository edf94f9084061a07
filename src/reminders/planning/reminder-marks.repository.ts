import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import type { ReminderMarkRow } from './reminder-mark.schema.js';

/** The only user of the `reminder_subjects` collection. */
@Injectable()
export class ReminderMarksRepository {
  constructor(@InjectModel('ReminderMark') private readonly marks: Model<ReminderMarkRow>) {}

  async find(ids: readonly string[]): Promise<Map<string, ReminderMarkRow>> {
    if (ids.length === 0) return new Map();
    const rows = await this.marks.find({ _id: { $in: ids } }).lean<ReminderMarkRow[]>();
    return new Map(rows.map((row) => [row._id, row]));
  }

  /** Keeps how far things have come; `told` and `wasLive` only where there was no mark before. */
  async save(rows: readonly ReminderMarkRow[]): Promise<void> {
    if (rows.length === 0) return;
    await this.marks.bulkWrite(
      rows.map(({ _id, told, wasLive, ...$set }) => ({
        updateOne: {
          filter: { _id },
          update: { $set, ...(told !== undefined && { $setOnInsert: { told, wasLive } }) },
          upsert: true,
        },
      })),
      { ordered: false },
    );
  }

  /** All of a cohort was planned for its ladder; a slower one, who planned for an earlier ladder, does not take that back. */
  async saveLadder(_id: string, by: { ladder: number; pauses: string }, changedAt: Date): Promise<void> {
    const { ladder, pauses } = by;
    await this.marks.updateOne({ _id }, { $max: { ladder }, $set: { pauses, changedAt } }, { upsert: true });
  }

  /** People were told of these. */
  async saveTold(rows: readonly Required<Pick<ReminderMarkRow, '_id' | 'told' | 'wasLive'>>[]): Promise<void> {
    if (rows.length === 0) return;
    await this.marks.bulkWrite(
      rows.map(({ _id, ...$set }) => ({ updateOne: { filter: { _id }, update: { $set } } })),
      { ordered: false },
    );
  }
}
