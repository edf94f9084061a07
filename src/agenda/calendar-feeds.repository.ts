import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import { againWhenDoubled } from '../infra/mongo/errors.js';
import type { CalendarFeedRow } from './calendar-feed.schema.js';

/** Which of a person's feeds. */
export type FeedScope = Pick<CalendarFeedRow, 'userId'> & { cohortId: Types.ObjectId | null; tag: string | null };

/** The only user of the `calendar-feeds` collection. */
@Injectable()
export class CalendarFeedsRepository {
  constructor(@InjectModel('CalendarFeed') private readonly feeds: Model<CalendarFeedRow>) {}

  async find({ userId, cohortId, tag }: FeedScope): Promise<CalendarFeedRow | null> {
    return await this.feeds.findOne({ userId, cohortId, tag }).lean<CalendarFeedRow>();
  }

  /** All of a person: a few. */
  async ofPerson(userId: Types.ObjectId): Promise<CalendarFeedRow[]> {
    return await this.feeds.find({ userId }).lean<CalendarFeedRow[]>();
  }

  async bySecret(secretHash: string): Promise<CalendarFeedRow | null> {
    return await this.feeds.findOne({ secretHash }).lean<CalendarFeedRow>();
  }

  /** A new secret takes the place of the one before. */
  async replace({ userId, cohortId, tag }: FeedScope, secretHash: string, createdAt: Date): Promise<void> {
    const fresh = { secretHash, createdAt, lastReadAt: null, stamp: null, modifiedAt: null };
    await againWhenDoubled(() =>
      this.feeds.updateOne({ userId, cohortId, tag }, { $set: fresh }, { upsert: true }).exec(),
    );
  }

  async removeOf({ userId, cohortId, tag }: FeedScope): Promise<void> {
    await this.feeds.deleteOne({ userId, cohortId, tag });
  }

  /** Ends one by its id. False when the person has no such feed. */
  async remove(userId: Types.ObjectId, feedId: Types.ObjectId): Promise<boolean> {
    return (await this.feeds.deleteOne({ _id: feedId, userId })).deletedCount === 1;
  }

  /** All that they made of a cohort. */
  async removeOfCohort(userId: Types.ObjectId, cohortId: Types.ObjectId): Promise<void> {
    await this.feeds.deleteMany({ userId, cohortId });
  }

  /** Ends those of a person that were made until an instant. */
  async removeMadeUntil(userId: Types.ObjectId, until: Date): Promise<void> {
    await this.feeds.deleteMany({ userId, createdAt: { $lte: until } });
  }

  /** Remembers what was handed out, unless another reader was faster. */
  async changed(feed: Pick<CalendarFeedRow, '_id' | 'stamp'>, stamp: string, modifiedAt: Date): Promise<boolean> {
    const result = await this.feeds.updateOne(
      { _id: feed._id, stamp: feed.stamp ?? null },
      { $set: { stamp, modifiedAt } },
    );
    return result.matchedCount === 1;
  }

  /** Remembers a reading, at most once after `since`: programs ask often. */
  async touch(feedId: Types.ObjectId, at: Date, since: Date): Promise<void> {
    await this.feeds.updateOne(
      { _id: feedId, $or: [{ lastReadAt: null }, { lastReadAt: { $lt: since } }] },
      { $set: { lastReadAt: at } },
    );
  }
}
