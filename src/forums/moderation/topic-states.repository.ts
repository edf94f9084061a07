import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { TopicRow } from '../topic.schema.js';

type Closing = NonNullable<TopicRow['closed']>;

/** Closes, opens, pins and slows topics, each in the transaction that looked whether it may be done. */
@Injectable()
export class TopicStatesRepository {
  constructor(@InjectModel('Topic') private readonly topics: Model<TopicRow>) {}

  async close(topicId: Types.ObjectId, closed: Closing, session: ClientSession): Promise<void> {
    await this.topics.updateOne({ _id: topicId }, { $set: { closed } }, { session });
  }

  /** Leads to the topic in which its question was asked before, and with it all that led here. */
  async lead(topicId: Types.ObjectId, toId: Types.ObjectId, session: ClientSession): Promise<void> {
    const away = { $set: { duplicateOf: toId } };
    await this.topics.updateOne({ _id: topicId }, away, { session });
    await this.topics.updateMany({ duplicateOf: topicId }, away, { session });
  }

  /** A duplicate leads here. False where it leads on itself, or is gone. */
  async takeLead(topicId: Types.ObjectId, at: Date, session: ClientSession): Promise<boolean> {
    const result = await this.topics.updateOne(
      { _id: topicId, deletedAt: null, duplicateOf: null },
      { $set: { ledToAt: at } },
      { session },
    );
    return result.matchedCount === 1;
  }

  async open(topicId: Types.ObjectId, session: ClientSession): Promise<void> {
    await this.topics.updateOne({ _id: topicId }, { $unset: { closed: 1, duplicateOf: 1 } }, { session });
  }

  async pin(topicId: Types.ObjectId, pinned: NonNullable<TopicRow['pinned']>, session: ClientSession): Promise<void> {
    await this.topics.updateOne({ _id: topicId }, { $set: { pinned } }, { session });
  }

  async slow(topicId: Types.ObjectId, slow: NonNullable<TopicRow['slow']>, session: ClientSession): Promise<void> {
    await this.topics.updateOne({ _id: topicId }, { $set: { slow } }, { session });
  }

  /** False where it was not. */
  async hasten(topicId: Types.ObjectId, session: ClientSession): Promise<boolean> {
    const slow = { _id: topicId, slow: { $exists: true } };
    return (await this.topics.updateOne(slow, { $unset: { slow: 1 } }, { session })).modifiedCount === 1;
  }

  /** False where it was not. */
  async unpin(topicId: Types.ObjectId, session: ClientSession): Promise<boolean> {
    const result = await this.topics.updateOne(
      { _id: topicId, pinned: { $exists: true } },
      { $unset: { pinned: 1 } },
      { session },
    );
    return result.modifiedCount === 1;
  }
}
