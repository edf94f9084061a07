import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import type { ReminderMarkRow } from './reminder-mark.schema.js';

/** The only user of the `reminder_subjects` collection. */
@Injectable()
export class ReminderMarksRepository {
  constructor(@InjectModel('ReminderMark') private readonly marks: Model<ReminderMarkRow>) {}

  async find(ids: readonly string[]): Promise<Map<string, ReminderMarkRow>> {
    const rows = await this.marks.find({ _id: { $in: ids } }).lean<ReminderMarkRow[]>();
    return new Map(rows.map((row) => [row._id, row]));
  }

  async save(rows: readonly ReminderMarkRow[]): Promise<void> {
    if (rows.length === 0) return;
    await this.marks.bulkWrite(
      rows.map(({ _id, ...rest }) => ({ updateOne: { filter: { _id }, update: { $set: rest }, upsert: true } })),
      { ordered: false },
    );
  }
}
