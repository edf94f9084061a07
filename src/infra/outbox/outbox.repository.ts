import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { OutboxRow } from './outbox.schema.js';

/** The only user of the `outbox` collection. */
@Injectable()
export class OutboxRepository {
  constructor(@InjectModel('Outbox') private readonly rows: Model<OutboxRow>) {}

  async insert(rows: readonly OutboxRow[], session?: ClientSession): Promise<void> {
    await this.rows.insertMany(rows, { ...(session && { session }) });
  }

  /** Those to be looked at by now, the earliest first. */
  async due(now: Date, limit: number): Promise<Types.ObjectId[]> {
    const rows = await this.rows
      .find({ dueAt: { $lte: now } }, { _id: 1 })
      .sort({ dueAt: 1 })
      .limit(limit)
      .lean<Pick<OutboxRow, '_id'>[]>();
    return rows.map(({ _id }) => _id);
  }

  /** Takes a row that is due until `until`; null when somebody else has it, or it is done. */
  async claim(id: Types.ObjectId, now: Date, until: Date): Promise<OutboxRow | null> {
    return await this.rows
      .findOneAndUpdate(
        { _id: id, dueAt: { $lte: now } },
        { $set: { dueAt: until }, $inc: { tries: 1 } },
        { returnDocument: 'after' },
      )
      .lean<OutboxRow>();
  }

  /** When one is due; null for one that is gone. */
  async dueAt(id: Types.ObjectId): Promise<Date | null> {
    return (await this.rows.findById(id, { dueAt: 1 }).lean<Pick<OutboxRow, 'dueAt'>>())?.dueAt ?? null;
  }

  /** Leaves a row to who is not done, at a later time. */
  async leave(id: Types.ObjectId, waiting: readonly string[], dueAt: Date): Promise<void> {
    await this.rows.updateOne({ _id: id }, { $set: { waiting, dueAt } });
  }

  async putOff(id: Types.ObjectId, dueAt: Date): Promise<void> {
    await this.rows.updateOne({ _id: id }, { $set: { dueAt } });
  }

  /** Gives a row free that nobody tried yet. */
  async release(id: Types.ObjectId, dueAt: Date): Promise<void> {
    await this.rows.updateOne({ _id: id }, { $set: { dueAt, tries: 0 } });
  }

  /** Those that were tried so often or more, the most often tried first. */
  async triedOften(tries: number, limit: number): Promise<OutboxRow[]> {
    return await this.rows
      .find({ tries: { $gte: tries } })
      .sort({ tries: -1, _id: -1 })
      .limit(limit)
      .lean<OutboxRow[]>();
  }

  /** Lets one that was tried before be due at once. False when it is gone. */
  async bringForward(id: Types.ObjectId, dueAt: Date): Promise<boolean> {
    const result = await this.rows.updateOne({ _id: id, tries: { $gte: 1 } }, { $set: { dueAt } });
    return result.matchedCount === 1;
  }

  /** Forgets what everybody has followed. */
  async forget(id: Types.ObjectId): Promise<void> {
    await this.rows.deleteOne({ _id: id });
  }
}
