import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import type { WorkshopMessageRow } from './workshop-message.schema.js';

/** The only user of the `workshop-messages` collection: some a workshop. */
@Injectable()
export class WorkshopMessagesRepository {
  constructor(@InjectModel('WorkshopMessage') private readonly messages: Model<WorkshopMessageRow>) {}

  /** Writes it, or gives what was written by the same key before. */
  async put(row: WorkshopMessageRow): Promise<WorkshopMessageRow> {
    try {
      await this.messages.create([row]);
      return row;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      const { workshopId, key } = row;
      return (await this.messages.findOne({ workshopId, key }).lean<WorkshopMessageRow>()) ?? row;
    }
  }

  async byId(id: Types.ObjectId): Promise<WorkshopMessageRow | null> {
    return await this.messages.findById(id).lean<WorkshopMessageRow>();
  }

  /** The latest of a workshop. */
  async latest(workshopId: Types.ObjectId, limit: number): Promise<WorkshopMessageRow[]> {
    return await this.messages.find({ workshopId }).sort({ sentAt: -1 }).limit(limit).lean<WorkshopMessageRow[]>();
  }

  /** Those that not all have been told of, the oldest first. */
  async untold(before: Date, limit: number): Promise<Types.ObjectId[]> {
    const rows = await this.messages
      .find({ untoldSince: { $lte: before } }, { _id: 1 })
      .sort({ untoldSince: 1 })
      .limit(limit)
      .lean<Pick<WorkshopMessageRow, '_id'>[]>();
    return rows.map((row) => row._id);
  }

  async told(id: Types.ObjectId): Promise<void> {
    await this.messages.updateOne({ _id: id }, { $unset: { untoldSince: 1 } });
  }
}
