import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { Staying } from '../../contracts/commons/commons.js';
import { PostVersionsRepository } from '../history/post-versions.repository.js';
import type { PostRow } from '../post.schema.js';
import type { TopicRow } from '../topic.schema.js';
import { isMixed, ownWordsOf, stayingOf } from './own-words.js';

/** A post of somebody with their words alone. */
export interface CarriedPost {
  id: Types.ObjectId;
  number: number;
  body: string;
  staying: Staying[];
  isMixed: boolean;
  createdAt: Date;
}

const MOST = 200;
const asked = {
  ...{ number: 1, authorId: 1, body: 1, wiki: 1, edition: 1, createdAt: 1 },
  ...{ 'attachments.fileId': 1, 'poll.question': 1, 'quotes.messageId': 1 },
} as const;

/** What leaves a topic of a cohort for the commons, and which topic of the commons that is. It checks nobody's rights. */
@Injectable()
export class CommonsCarrying {
  constructor(
    @InjectModel('Topic') private readonly topics: Model<TopicRow>,
    @InjectModel('Post') private readonly posts: Model<PostRow>,
    private readonly versions: PostVersionsRepository,
  ) {}

  /** The living posts of a person in a topic, in their order, the first 200. */
  async of(
    topicId: Types.ObjectId,
    userId: Types.ObjectId,
    session: ClientSession | null = null,
  ): Promise<CarriedPost[]> {
    const rows = await this.posts
      .find({ authorId: userId, topicId, number: { $gt: 0 }, deletedAt: null }, asked)
      .sort({ number: 1 })
      .limit(MOST)
      .session(session)
      .lean<PostRow[]>();
    const edited = rows.filter(({ edition }) => edition).map(({ _id }) => _id);
    const writers = await this.versions.writersOf(edited, session);
    return rows.map((row) => ({
      ...{ id: row._id, number: row.number, body: ownWordsOf(row.body), staying: stayingOf(row) },
      ...{ isMixed: isMixed(row, writers.get(String(row._id)) ?? []), createdAt: row.createdAt },
    }));
  }

  /** Who wrote the living posts of a topic, and how many, by their id. */
  async writersOf(topicId: Types.ObjectId, session: ClientSession | null = null): Promise<Map<string, number>> {
    const rows = await this.posts
      .aggregate<{ _id: Types.ObjectId; count: number }>([
        { $match: { topicId, deletedAt: null } },
        { $group: { _id: '$authorId', count: { $sum: 1 } } },
      ])
      .session(session);
    return new Map(rows.map(({ _id, count }) => [String(_id), count]));
  }

  /** Touches posts that are copied, so that one which is deleted at this moment conflicts. How many were there still. */
  async hold(postIds: readonly Types.ObjectId[], at: Date, session: ClientSession): Promise<number> {
    const living = { _id: { $in: postIds }, deletedAt: null };
    return (await this.posts.updateMany(living, { $set: { commonsAt: at } }, { session })).matchedCount;
  }

  /** False where the topic is gone, or is open by now. */
  async link(topicId: Types.ObjectId, commonsTopicId: Types.ObjectId, session: ClientSession): Promise<boolean> {
    const free = { _id: topicId, deletedAt: null, commonsTopic: { $exists: false } };
    const linked = await this.topics.updateOne(free, { $set: { commonsTopic: commonsTopicId } }, { session });
    return linked.matchedCount === 1;
  }

  async unlink(topicId: Types.ObjectId, session: ClientSession): Promise<void> {
    await this.topics.updateOne({ _id: topicId }, { $unset: { commonsTopic: 1 } }, { session });
  }
}
