import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import type { UndeliverableRow } from './undeliverable.schema.js';

/** The only user of the `undeliverable` collection. */
@Injectable()
export class UndeliverableRepository {
  constructor(@InjectModel('Undeliverable') private readonly rows: Model<UndeliverableRow>) {}

  async of(userIds: readonly Types.ObjectId[]): Promise<UndeliverableRow[]> {
    return await this.rows.find({ _id: { $in: userIds } }).lean<UndeliverableRow[]>();
  }

  /** False when that is known of this address already, or its person said that it works after the letter was written. */
  async mark({ _id, ...row }: Omit<UndeliverableRow, 'endedAt'>, writtenAt: Date): Promise<boolean> {
    const isNews = { $or: [{ email: { $ne: row.email } }, { endedAt: { $lt: writtenAt } }] };
    try {
      // Else it would be a second row of the person, which the key refuses.
      await this.rows.updateOne({ _id, ...isNews }, { $set: row, $unset: { endedAt: 1 } }, { upsert: true });
      return true;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return false;
    }
  }

  /** Those of whom nobody was told. */
  async untold(now: Date, limit: number): Promise<Types.ObjectId[]> {
    const rows = await this.rows
      .find({ tellAt: { $gte: new Date(0), $lte: now } }, { _id: 1 })
      .sort({ tellAt: 1 })
      .limit(limit)
      .lean<{ _id: Types.ObjectId }[]>();
    return rows.map((row) => row._id);
  }

  async told({ _id, since }: UndeliverableRow): Promise<void> {
    await this.rows.updateOne({ _id, since }, { $unset: { tellAt: 1 } });
  }

  /** The row stays: it says of which letters nothing more is heard. */
  async end(_id: Types.ObjectId, endedAt: Date): Promise<void> {
    await this.rows.updateOne({ _id }, { $set: { endedAt }, $unset: { tellAt: 1 } });
  }
}
