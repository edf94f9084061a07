import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { postTokens } from '../../common/texts/forum/forum-tokens.js';
import type { PostRow } from '../post.schema.js';
import type { TopicRow } from '../topic.schema.js';
import { foundBy } from '../topics.repository.js';

/** A post as it is written by an import. */
export type ImportedPostRow = Pick<
  PostRow,
  '_id' | 'cohortId' | 'topicId' | 'number' | 'authorId' | 'body' | 'mentions' | 'createdAt' | 'editedAt' | 'acceptedAt'
>;

/** What posts that come in change of their topic. */
export interface Grown {
  posts: number;
  others: number;
  latest: { authorId: Types.ObjectId; at: Date };
  answerId: Types.ObjectId | null;
}

/** Writes topics and posts that come from elsewhere. */
@Injectable()
export class ImportedTopicsRepository {
  constructor(
    @InjectModel('Topic') private readonly topics: Model<TopicRow>,
    @InjectModel('Post') private readonly posts: Model<PostRow & { tokens?: string[] }>,
  ) {}

  /** Those of these posts that are here, wherever they stand by now. */
  async known(ids: readonly Types.ObjectId[]): Promise<Set<string>> {
    const rows = await this.posts.find({ _id: { $in: ids } }, { _id: 1 }).lean<Pick<PostRow, '_id'>[]>();
    return new Set(rows.map(({ _id }) => String(_id)));
  }

  async topic(
    topicId: Types.ObjectId,
    session: ClientSession,
  ): Promise<Pick<TopicRow, 'authorId' | 'deletedAt'> | null> {
    return await this.topics
      .findOne({ _id: topicId }, { authorId: 1, deletedAt: 1 }, { session })
      .lean<Pick<TopicRow, 'authorId' | 'deletedAt'>>();
  }

  /** Throws E11000 where it is there. */
  async insertTopic(
    topic: Omit<TopicRow, 'votes' | 'thread' | 'workshopId' | 'deletedAt' | 'ended' | 'chosen' | 'pinned'> & {
      imported: number;
    },
    session: ClientSession,
  ): Promise<void> {
    await this.topics.create([{ ...topic, ...foundBy(topic) }], { session });
  }

  /** Takes the next numbers of a topic that is there, and returns the last of them; null where it was deleted. */
  async grow(
    topicId: Types.ObjectId,
    { posts, others, latest, answerId }: Grown,
    session: ClientSession,
  ): Promise<number | null> {
    const isNews = { $lte: ['$lastPostAt', latest.at] };
    const isAnswered = { $and: [answerId !== null, { $eq: ['$answerId', null] }, { $ne: ['$kind', 'discussion'] }] };
    const after = await this.topics
      .findOneAndUpdate(
        { _id: topicId, deletedAt: null },
        [
          {
            $set: {
              lastNumber: { $add: ['$lastNumber', posts] },
              posts: { $add: ['$posts', posts] },
              others: { $add: ['$others', others] },
              lastPostAt: { $cond: [isNews, latest.at, '$lastPostAt'] },
              lastAuthorId: { $cond: [isNews, latest.authorId, '$lastAuthorId'] },
              answerId: { $cond: [isAnswered, answerId, '$answerId'] },
              solved: { $or: ['$solved', isAnswered] },
              // What somebody wrote here in between stays news.
              imported: { $cond: [{ $eq: ['$imported', '$lastNumber'] }, { $add: ['$imported', posts] }, '$imported'] },
            },
          },
        ],
        { session, returnDocument: 'after', updatePipeline: true, projection: { lastNumber: 1 } },
      )
      .lean<Pick<TopicRow, 'lastNumber'>>();
    return after?.lastNumber ?? null;
  }

  /** Throws E11000 where one of them is there. */
  async insertPosts(posts: readonly ImportedPostRow[], session: ClientSession): Promise<void> {
    await this.posts.insertMany(
      posts.map((post) => ({ ...post, tokens: postTokens(post) })),
      { session },
    );
  }
}
