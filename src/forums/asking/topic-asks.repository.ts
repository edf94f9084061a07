import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { EVER } from '../../infra/mongo/time-place.js';
import type { TopicAskRow } from './topic-ask.schema.js';

/** The only user of the `topic-asks` collection. */
@Injectable()
export class TopicAsksRepository {
  constructor(@InjectModel('TopicAsk') private readonly asks: Model<TopicAskRow>) {}

  /** Throws E11000 `once` when they were asked for this topic before. */
  async add(rows: readonly TopicAskRow[], session: ClientSession): Promise<void> {
    await this.asks.insertMany(rows, { session });
  }

  async byId(askId: Types.ObjectId): Promise<TopicAskRow | null> {
    return await this.asks.findOne({ _id: askId }).lean<TopicAskRow>();
  }

  async ofTopic(topicId: Types.ObjectId): Promise<TopicAskRow[]> {
    return await this.asks.find({ topicId }).lean<TopicAskRow[]>();
  }

  /** For which of some topics some people were asked. One query. */
  async ofPeople(
    userIds: readonly Types.ObjectId[],
    topicIds: readonly Types.ObjectId[],
  ): Promise<Pick<TopicAskRow, 'topicId' | 'userId'>[]> {
    return await this.asks
      .find({ topicId: { $in: topicIds }, userId: { $in: userIds } }, { topicId: 1, userId: 1 })
      .lean<Pick<TopicAskRow, 'topicId' | 'userId'>[]>();
  }

  /** How often each person of a cohort was asked since an instant, for other topics, by their id. */
  async countSince(
    cohortId: Types.ObjectId,
    since: Date,
    topicId: Types.ObjectId,
    session: ClientSession | null = null,
  ): Promise<Map<string, number>> {
    const rows = await this.asks
      .find({ cohortId, at: { $gte: since, $lte: EVER }, topicId: { $ne: topicId } }, { userId: 1 }, { session })
      .lean<Pick<TopicAskRow, 'userId'>[]>();
    const counts = new Map<string, number>();
    for (const { userId } of rows) counts.set(String(userId), (counts.get(String(userId)) ?? 0) + 1);
    return counts;
  }
}
