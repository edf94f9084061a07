import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { SubscriptionLevel } from '../contracts/forums.js';
import { together } from '../infra/mongo/together.js';
import type { TopicSubscriptionRow } from './post.schema.js';

/** Where a person stands with a topic. */
export type Stand = Pick<TopicSubscriptionRow, 'level' | 'byItself' | 'readNumber' | 'readAt'>;

/** What somebody chose, or was given, for a topic. */
type Levelled = Pick<TopicSubscriptionRow, 'topicId' | 'userId' | 'level' | 'byItself'>;

/** Those who have chosen (or were given) a level. */
const LEVELLED = { level: { $exists: true } } as const;

/** The only user of the `topic-subscriptions` collection. */
@Injectable()
export class FollowingsRepository {
  constructor(@InjectModel('TopicSubscription') private readonly subscriptions: Model<TopicSubscriptionRow>) {}

  /** Where somebody stands with some topics, by the topic's id; those never opened and without a level are left out. One query. */
  async standsOf(userId: Types.ObjectId, topicIds: readonly Types.ObjectId[]): Promise<Map<string, Stand>> {
    const rows = await together(
      this.subscriptions
        .find({ topicId: { $in: topicIds }, userId }, { topicId: 1, level: 1, byItself: 1, readNumber: 1, readAt: 1 })
        .lean<(Stand & Pick<TopicSubscriptionRow, 'topicId'>)[]>(),
    );
    return new Map(rows.map((row) => [String(row.topicId), row]));
  }

  /** How far people have read, of these pairs; those who never opened the topic are left out. One query. */
  async readNumbersOf(
    pairs: readonly { topicId: Types.ObjectId; userId: Types.ObjectId }[],
  ): Promise<Pick<TopicSubscriptionRow, 'topicId' | 'userId' | 'readNumber'>[]> {
    if (pairs.length === 0) return [];
    return await together(
      this.subscriptions
        .find(
          { $or: pairs.map(({ topicId, userId }) => ({ topicId, userId })) },
          { _id: 0, topicId: 1, userId: 1, readNumber: 1 },
        )
        .lean<Pick<TopicSubscriptionRow, 'topicId' | 'userId' | 'readNumber'>[]>(),
    );
  }

  /** Where a person stands with what they watch or track, and with what they opened and chose no level for, by the topic's id. */
  async followedBy(userId: Types.ObjectId): Promise<Map<string, Stand>> {
    const rows = await together(
      this.subscriptions
        .find(
          { userId, level: { $in: ['watching', 'tracking', null] } },
          { _id: 0, topicId: 1, level: 1, byItself: 1, readNumber: 1 },
        )
        .lean<(Stand & Pick<TopicSubscriptionRow, 'topicId'>)[]>(),
    );
    return new Map(rows.map((row) => [String(row.topicId), row]));
  }

  /** The topics that a person has opened, of those in which they read on since an instant; of some from before it is kept only how far they had read. */
  async openedBy(userId: Types.ObjectId, since: Date): Promise<Types.ObjectId[]> {
    const opened = [{ readAt: { $gte: since } }, { readAt: { $exists: false }, readNumber: { $gt: 0 } }];
    const rows = await together(
      this.subscriptions
        .find({ $or: opened.map((way) => ({ userId, ...way })) }, { _id: 0, topicId: 1 })
        .lean<Pick<TopicSubscriptionRow, 'topicId'>[]>(),
    );
    return rows.map(({ topicId }) => topicId);
  }

  /** Somebody was in it. What is unread there stays so. True when they have a level for it. */
  async open(topicId: Types.ObjectId, userId: Types.ObjectId, at: Date): Promise<boolean> {
    const stand = await this.subscriptions
      .findOneAndUpdate(
        { topicId, userId },
        [{ $set: { readAt: { $ifNull: ['$readAt', at] }, readNumber: { $ifNull: ['$readNumber', 0] } } }],
        { upsert: true, updatePipeline: true, returnDocument: 'after', projection: { level: 1 } },
      )
      .lean<Pick<TopicSubscriptionRow, 'level'>>();
    return Boolean(stand?.level);
  }

  /** Moves a pointer forwards. False when it was there already, or further. */
  async readTo(topicId: Types.ObjectId, userId: Types.ObjectId, number: number, at: Date): Promise<boolean> {
    const before = { $ifNull: ['$readNumber', 0] };
    const result = await this.subscriptions.updateOne(
      { topicId, userId },
      [
        {
          $set: {
            readAt: { $cond: [{ $gt: [number, before] }, at, '$readAt'] },
            readNumber: { $max: [number, before] },
          },
        },
      ],
      { upsert: true, updatePipeline: true },
    );
    return result.modifiedCount + result.upsertedCount > 0;
  }

  async setLevel(
    topicId: Types.ObjectId,
    userId: Types.ObjectId,
    level: SubscriptionLevel,
    session: ClientSession,
  ): Promise<boolean> {
    const result = await this.subscriptions.updateOne(
      { topicId, userId },
      { $set: { level }, $unset: { byItself: 1, along: 1 } },
      { session, upsert: true },
    );
    return result.modifiedCount + result.upsertedCount > 0;
  }

  /** A first level for who has chosen none. */
  async suggestLevel(topicId: Types.ObjectId, userId: Types.ObjectId, level: SubscriptionLevel): Promise<void> {
    const hasOne = { $gt: ['$level', null] };
    await this.subscriptions.updateOne(
      { topicId, userId },
      [{ $set: { level: { $ifNull: ['$level', level] }, byItself: { $cond: [hasOne, '$byItself', true] } } }],
      { upsert: true, updatePipeline: true },
    );
  }

  /** The levels of all who have one for some of these topics. */
  async chosenIn(topicIds: readonly Types.ObjectId[]): Promise<Levelled[]> {
    return await together(
      this.subscriptions
        .find({ topicId: { $in: topicIds }, ...LEVELLED }, { _id: 0, topicId: 1, userId: 1, level: 1, byItself: 1 })
        .lean<Levelled[]>(),
    );
  }
}
