import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import { againWhenDoubled } from '../infra/mongo/errors.js';
import type { SavedMessageRow } from './saved-message.schema.js';
import type { TimePlace } from '../infra/mongo/time-place.js';

/** The only user of the `saved-messages` collection. */
@Injectable()
export class SavedMessagesRepository {
  constructor(@InjectModel('SavedMessage') private readonly saved: Model<SavedMessageRow>) {}

  /** What is saved already keeps its time. */
  async add({ userId, messageId, channelId, savedAt }: Omit<SavedMessageRow, '_id'>): Promise<void> {
    await againWhenDoubled(() =>
      this.saved.updateOne({ userId, messageId }, { $setOnInsert: { channelId, savedAt } }, { upsert: true }),
    );
  }

  async remove(userId: Types.ObjectId, messageId: Types.ObjectId): Promise<void> {
    await this.saved.deleteOne({ userId, messageId });
  }

  async count(userId: Types.ObjectId, limit: number): Promise<number> {
    return await this.saved.countDocuments({ userId }, { limit });
  }

  async ids(userId: Types.ObjectId, limit: number): Promise<Types.ObjectId[]> {
    const rows = await this.saved
      .find({ userId }, { messageId: 1 })
      .limit(limit)
      .lean<Pick<SavedMessageRow, '_id' | 'messageId'>[]>();
    return rows.map((row) => row.messageId);
  }

  /** The latest first, of these channels, after a place. */
  async page(
    userId: Types.ObjectId,
    channelIds: readonly Types.ObjectId[],
    after: TimePlace | null,
    limit: number,
  ): Promise<SavedMessageRow[]> {
    return await this.saved
      .find({
        userId,
        channelId: { $in: channelIds },
        ...(after && { $or: [{ savedAt: { $lt: after.at } }, { savedAt: after.at, _id: { $lt: after.id } }] }),
      })
      .sort({ savedAt: -1, _id: -1 })
      .limit(limit)
      .lean<SavedMessageRow[]>();
  }
}
