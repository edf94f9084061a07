import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import type { SubscriptionLevel } from '../contracts/forums.js';
import type { TopicSubscriptionRow } from './post.schema.js';

/** The only user of the `topic-subscriptions` collection. */
@Injectable()
export class FollowingsRepository {
  constructor(@InjectModel('TopicSubscription') private readonly subscriptions: Model<TopicSubscriptionRow>) {}

  async levelOf(topicId: Types.ObjectId, userId: Types.ObjectId): Promise<SubscriptionLevel> {
    const row = await this.subscriptions
      .findOne({ topicId, userId }, { level: 1 })
      .lean<Pick<TopicSubscriptionRow, 'level'>>();
    return row?.level ?? 'normal';
  }

  async setLevel(topicId: Types.ObjectId, userId: Types.ObjectId, level: SubscriptionLevel): Promise<void> {
    await this.subscriptions.updateOne({ topicId, userId }, { $set: { level } }, { upsert: true });
  }

  /** A first level for who has chosen none. */
  async suggestLevel(topicId: Types.ObjectId, userId: Types.ObjectId, level: SubscriptionLevel): Promise<void> {
    await this.subscriptions.updateOne({ topicId, userId }, { $setOnInsert: { level } }, { upsert: true });
  }

  /** The level of each who has one, of each of some topics: by the topic's id, then by the person's. */
  async levelsOf(topicIds: readonly Types.ObjectId[]): Promise<Map<string, Map<string, SubscriptionLevel>>> {
    const rows = await this.subscriptions
      .find({ topicId: { $in: topicIds } }, { topicId: 1, userId: 1, level: 1 })
      .lean<Pick<TopicSubscriptionRow, 'topicId' | 'userId' | 'level'>[]>();
    const levels = new Map(topicIds.map((id) => [String(id), new Map<string, SubscriptionLevel>()]));
    for (const row of rows) levels.get(String(row.topicId))?.set(String(row.userId), row.level);
    return levels;
  }

  /** Which of some topics a person has muted, by their ids. */
  async mutedAmong(topicIds: readonly Types.ObjectId[], userId: Types.ObjectId): Promise<Set<string>> {
    const rows = await this.subscriptions
      .find({ topicId: { $in: topicIds }, userId, level: 'muted' }, { topicId: 1 })
      .lean<Pick<TopicSubscriptionRow, 'topicId'>[]>();
    return new Set(rows.map(({ topicId }) => String(topicId)));
  }

  async subscribers(topicId: Types.ObjectId): Promise<{ userId: string; level: SubscriptionLevel }[]> {
    const rows = await this.subscriptions
      .find({ topicId }, { userId: 1, level: 1 })
      .lean<Pick<TopicSubscriptionRow, 'userId' | 'level'>[]>();
    return rows.map((row) => ({ userId: String(row.userId), level: row.level }));
  }
}
