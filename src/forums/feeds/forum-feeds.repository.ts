import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { ForumFeedRow } from './forum-feed.schema.js';

/** Whose feeds, and of which forum. */
export type Whose = Pick<ForumFeedRow, 'userId' | 'cohortId'>;

/** Which of them. */
export type FeedScope = Whose & Pick<ForumFeedRow, 'list'> & { tag: string | null };

/** The only user of the `forum-feeds` collection. */
@Injectable()
export class ForumFeedsRepository {
  constructor(@InjectModel('ForumFeed') private readonly feeds: Model<ForumFeedRow>) {}

  /** All of a person in a cohort, the oldest first: a few. */
  async of({ userId, cohortId }: Whose, session: ClientSession | null = null): Promise<ForumFeedRow[]> {
    return await this.feeds.find({ userId, cohortId }).sort({ _id: 1 }).session(session).lean<ForumFeedRow[]>();
  }

  async bySecret(secretHash: string): Promise<ForumFeedRow | null> {
    return await this.feeds.findOne({ secretHash }).lean<ForumFeedRow>();
  }

  /** A new secret takes the place of the one before. Throws E11000 where two do so at once. */
  async replace(
    { userId, cohortId, list, tag }: FeedScope,
    fresh: Pick<ForumFeedRow, 'secretHash' | 'createdAt'>,
    session: ClientSession,
  ): Promise<ForumFeedRow> {
    const row = await this.feeds
      .findOneAndUpdate(
        { userId, cohortId, list, tag },
        { $set: { ...fresh, lastReadAt: null } },
        { upsert: true, returnDocument: 'after', session },
      )
      .lean<ForumFeedRow>();
    return row;
  }

  /** False when the person has no such feed. */
  async remove({ userId, cohortId }: Whose, feedId: Types.ObjectId): Promise<boolean> {
    return (await this.feeds.deleteOne({ _id: feedId, userId, cohortId })).deletedCount === 1;
  }

  async removeAll({ userId, cohortId }: Whose): Promise<void> {
    await this.feeds.deleteMany({ userId, cohortId });
  }

  /** Ends those of a person that were made until an instant. */
  async removeMadeUntil(userId: Types.ObjectId, until: Date): Promise<void> {
    await this.feeds.deleteMany({ userId, createdAt: { $lte: until } });
  }

  /** Remembers a reading, at most once after `since`: programs ask often. */
  async touch(feedId: Types.ObjectId, at: Date, since: Date): Promise<void> {
    await this.feeds.updateOne(
      { _id: feedId, $or: [{ lastReadAt: null }, { lastReadAt: { $lt: since } }] },
      { $set: { lastReadAt: at } },
    );
  }
}
