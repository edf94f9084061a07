import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import { EVER } from '../../infra/mongo/time-place.js';
import type { PostRow } from '../post.schema.js';
import { type TopicFacts, facts } from '../topics.repository.js';
import type { TopicRow } from '../topic.schema.js';

/** A reply without its words. */
export type ReplyRow = Pick<
  PostRow,
  '_id' | 'topicId' | 'number' | 'authorId' | 'votes' | 'reactions' | 'acceptedAt' | 'createdAt'
>;

const reply = { topicId: 1, number: 1, authorId: 1, votes: 1, reactions: 1, acceptedAt: 1, createdAt: 1 } as const;
const MOST = 200;

/** What of a forum may be in a digest. Deleted posts and topics are left out, and what was moved stands where it is now. */
@Injectable()
export class DigestRowsRepository {
  constructor(
    @InjectModel('Post') private readonly posts: Model<PostRow>,
    @InjectModel('Topic') private readonly topics: Model<TopicRow>,
  ) {}

  /** Those accepted last since an instant. Whether one is the answer still, its topic says. */
  async acceptedSince(cohortId: Types.ObjectId, since: Date): Promise<ReplyRow[]> {
    return await this.posts
      .find({ cohortId, acceptedAt: { $gte: since, $lte: EVER }, deletedAt: null }, reply)
      .sort({ acceptedAt: -1 })
      .limit(MOST)
      .lean<ReplyRow[]>();
  }

  /** The topics that were written in last since an instant. */
  async topicsSince(cohortId: Types.ObjectId, since: Date): Promise<TopicFacts[]> {
    return await this.topics
      .find({ cohortId, lastPostAt: { $gte: since }, deletedAt: null }, facts)
      .sort({ lastPostAt: -1 })
      .limit(MOST)
      .lean<TopicFacts[]>();
  }

  /** Replies of some topics that were written since an instant and that more than one person may have thanked for. */
  async thankedSince(topicIds: readonly Types.ObjectId[], since: Date): Promise<ReplyRow[]> {
    if (topicIds.length === 0) return [];
    const thanked = { $or: [{ votes: { $gt: 1 } }, { 'reactions.0': { $exists: true } }] };
    return await this.posts
      .find(
        { topicId: { $in: topicIds }, deletedAt: null, createdAt: { $gte: since }, number: { $gt: 1 }, ...thanked },
        reply,
      )
      .limit(MOST)
      .lean<ReplyRow[]>();
  }
}
