import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { MAX_APPLICATION_MESSAGES } from '../../contracts/calls/application-messages.js';
import type { ApplicationMessageRow } from './application-message.schema.js';

/** Reads and writes the messages about files. */
@Injectable()
export class ApplicationMessagesRepository {
  constructor(@InjectModel('ApplicationMessage') private readonly rows: Model<ApplicationMessageRow>) {}

  /** Throws E11000 where one of this id is there. */
  async insert(row: ApplicationMessageRow, session: ClientSession): Promise<void> {
    await this.rows.insertMany([row], { session });
  }

  async byId(id: Types.ObjectId): Promise<ApplicationMessageRow | null> {
    return await this.rows.findById(id).lean<ApplicationMessageRow>();
  }

  /** All about a file, the oldest first. */
  async of(applicationId: Types.ObjectId): Promise<ApplicationMessageRow[]> {
    return await this.rows
      .find({ applicationId })
      .sort({ at: 1 })
      .limit(MAX_APPLICATION_MESSAGES)
      .lean<ApplicationMessageRow[]>();
  }

  async forget(applicationId: Types.ObjectId, session: ClientSession): Promise<void> {
    await this.rows.deleteMany({ applicationId }, { session });
  }
}
