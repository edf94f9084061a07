import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { DiscussionRow } from './discussion.schema.js';

type Wish = Pick<DiscussionRow, '_id' | 'wish'>;

/** The only user of the `topic-discussions` collection. */
@Injectable()
export class DiscussionsRepository {
  constructor(@InjectModel('TopicDiscussion') private readonly discussions: Model<DiscussionRow>) {}

  /** Of a topic, in no order. */
  async of(topicId: Types.ObjectId): Promise<DiscussionRow[]> {
    return await this.discussions.find({ topicId }).lean<DiscussionRow[]>();
  }

  async at(topicId: Types.ObjectId, channelId: Types.ObjectId): Promise<DiscussionRow | null> {
    return await this.discussions.findOne({ topicId, channelId }).lean<DiscussionRow>();
  }

  async find(id: Types.ObjectId): Promise<DiscussionRow | null> {
    return await this.discussions.findOne({ _id: id }).lean<DiscussionRow>();
  }

  /** In the place of what was there before (null: nothing). False where that is not as it was; throws E11000 `place` where somebody was faster. */
  async begin(row: DiscussionRow, before: DiscussionRow | null, session: ClientSession): Promise<boolean> {
    if (!before) {
      await this.discussions.create([row], { session });
      return true;
    }
    const { byId, at, wish, words } = row;
    const was = { _id: before._id, wish: before.wish, messageId: before.messageId };
    const anew = { $set: { messageId: null, byId, at, wish, words } };
    return (await this.discussions.updateOne(was, anew, { session })).matchedCount === 1;
  }

  /** Its message stands: its words are there now. False where the place was given up, or is another one's by now. */
  async stand({ _id, wish }: Wish, messageId: Types.ObjectId): Promise<boolean> {
    const stands = { $set: { messageId }, $unset: { words: 1 } } as const;
    return (await this.discussions.updateOne({ _id, wish }, stands)).matchedCount === 1;
  }

  /** Nothing was sent. */
  async giveUp({ _id, wish }: Wish): Promise<void> {
    await this.discussions.deleteOne({ _id, wish, messageId: null });
  }

  /** Some, by their ids, after one. */
  async after(id: Types.ObjectId | null, limit: number): Promise<DiscussionRow[]> {
    return await this.discussions
      .find(id ? { _id: { $gt: id } } : {})
      .sort({ _id: 1 })
      .limit(limit)
      .lean<DiscussionRow[]>();
  }

  /** Those that are as they were: what began anew meanwhile stays. */
  async forget(rows: readonly Pick<DiscussionRow, '_id' | 'wish'>[]): Promise<void> {
    if (rows.length > 0) await this.discussions.deleteMany({ $or: rows.map(({ _id, wish }) => ({ _id, wish })) });
  }
}
