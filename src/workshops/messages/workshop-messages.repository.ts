import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { WorkshopMessageRow } from './workshop-message.schema.js';

/** The only user of the `workshop-messages` collection: some a workshop. */
@Injectable()
export class WorkshopMessagesRepository {
  constructor(@InjectModel('WorkshopMessage') private readonly messages: Model<WorkshopMessageRow>) {}

  /** Throws the duplicate key where one was written by the same key before. */
  async insert(row: WorkshopMessageRow, session: ClientSession): Promise<void> {
    await this.messages.create([row], { session });
  }

  async byKey(workshopId: Types.ObjectId, key: string): Promise<WorkshopMessageRow | null> {
    return await this.messages.findOne({ workshopId, key }).lean<WorkshopMessageRow>();
  }

  async byId(id: Types.ObjectId): Promise<WorkshopMessageRow | null> {
    return await this.messages.findById(id).lean<WorkshopMessageRow>();
  }

  /** The latest of a workshop. */
  async latest(workshopId: Types.ObjectId, limit: number): Promise<WorkshopMessageRow[]> {
    return await this.messages.find({ workshopId }).sort({ sentAt: -1 }).limit(limit).lean<WorkshopMessageRow[]>();
  }
}
