import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import type { CalendarFeedRow } from './calendar-feed.schema.js';

/** The only user of the `calendar-feeds` collection. */
@Injectable()
export class CalendarFeedsRepository {
  constructor(@InjectModel('CalendarFeed') private readonly feeds: Model<CalendarFeedRow>) {}

  async ofPerson(userId: Types.ObjectId): Promise<CalendarFeedRow | null> {
    return await this.feeds.findOne({ userId }).lean<CalendarFeedRow>();
  }

  async bySecret(secretHash: string): Promise<CalendarFeedRow | null> {
    return await this.feeds.findOne({ secretHash }).lean<CalendarFeedRow>();
  }

  /** A new secret takes the place of the one before. Throws E11000 `person` when two first ones meet: try again. */
  async replace(userId: Types.ObjectId, secretHash: string, createdAt: Date): Promise<void> {
    await this.feeds.updateOne({ userId }, { $set: { secretHash, createdAt, lastReadAt: null } }, { upsert: true });
  }

  async remove(userId: Types.ObjectId): Promise<void> {
    await this.feeds.deleteOne({ userId });
  }

  /** Remembers a reading, at most once after `since`: programs ask often. */
  async touch(feedId: Types.ObjectId, at: Date, since: Date): Promise<void> {
    await this.feeds.updateOne(
      { _id: feedId, $or: [{ lastReadAt: null }, { lastReadAt: { $lt: since } }] },
      { $set: { lastReadAt: at } },
    );
  }
}
