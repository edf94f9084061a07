import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { MinutesRow } from './minutes.schema.js';

/** The only user of the `workshop-minutes` collection: one a workshop at most. */
@Injectable()
export class MinutesRepository {
  constructor(@InjectModel('WorkshopMinutes') private readonly minutes: Model<MinutesRow>) {}

  async find(workshopId: Types.ObjectId): Promise<MinutesRow | null> {
    return await this.minutes.findById(workshopId).lean<MinutesRow>();
  }

  /** Throws E11000 when somebody has written the first ones meanwhile. */
  async insert(row: MinutesRow, session: ClientSession): Promise<void> {
    await this.minutes.create([row], { session });
  }

  /** Writes them anew when they are as they were read, else false. */
  async write(seen: MinutesRow, row: Omit<MinutesRow, '_id'>, session: ClientSession): Promise<boolean> {
    const { _id, revision } = seen;
    return (await this.minutes.updateOne({ _id, revision }, { $set: row }, { session })).matchedCount === 1;
  }
}
