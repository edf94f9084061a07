import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import { atFreePlace } from '../../infra/mongo/places.js';
import type { SavedMessageRow } from './saved-message.schema.js';
import type { TimePlace } from '../../infra/mongo/time-place.js';

/** The only user of the `saved-messages` collection. */
@Injectable()
export class SavedMessagesRepository {
  constructor(@InjectModel('SavedMessage') private readonly saved: Model<SavedMessageRow>) {}

  /** Where its person keeps fewer than so many; false when they do not. What is saved already keeps its time. */
  async add(row: Omit<SavedMessageRow, '_id' | 'place'>, most: number): Promise<boolean> {
    const { userId, messageId } = row;
    if (await this.saved.exists({ userId, messageId })) return true;
    try {
      const place = await atFreePlace(
        { most, index: 'place' },
        () => this.placesOf(userId),
        async (free) => void (await this.saved.create([{ ...row, place: free }])),
      );
      return place !== null;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return true;
    }
  }

  async remove(userId: Types.ObjectId, messageId: Types.ObjectId): Promise<void> {
    await this.saved.deleteOne({ userId, messageId });
  }

  async ids(userId: Types.ObjectId, limit: number): Promise<Types.ObjectId[]> {
    const rows = await this.saved
      .find({ userId }, { messageId: 1 })
      .limit(limit)
      .lean<Pick<SavedMessageRow, '_id' | 'messageId'>[]>();
    return rows.map((row) => row.messageId);
  }

  private async placesOf(userId: Types.ObjectId): Promise<number[]> {
    const rows = await this.saved.find({ userId }, { place: 1, _id: 0 }).lean<Pick<SavedMessageRow, 'place'>[]>();
    return rows.map(({ place }) => place);
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
