import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { postTokens } from '../../common/texts/forum/forum-tokens.js';
import type { PostRow } from '../post.schema.js';
import type { TopicRow } from '../topic.schema.js';
import { foundBy } from '../topics.repository.js';
import type { Counted, Movable, Step } from './move-plan.js';

/** What is known of the answer of a topic. */
type Answer = Pick<TopicRow, 'answerId' | 'chosen'>;

/** Moves posts between topics, beside `PostsRepository` and `TopicsRepository`; all in one transaction. */
@Injectable()
export class MovesRepository {
  constructor(
    @InjectModel('Post') private readonly posts: Model<PostRow>,
    @InjectModel('Topic') private readonly topics: Model<TopicRow>,
  ) {}

  /** Those of some posts that are there, and stand in a topic; with their words. */
  async living(
    topicId: Types.ObjectId,
    postIds: readonly Types.ObjectId[],
    session: ClientSession,
  ): Promise<PostRow[]> {
    return await this.posts
      .find({ _id: { $in: postIds }, topicId, deletedAt: null }, null, { session })
      .sort({ number: 1 })
      .lean<PostRow[]>();
  }

  /** All posts of a topic, deleted ones too, but for those that went away; at most `limit`. */
  async all(topicId: Types.ObjectId, limit: number, session: ClientSession): Promise<PostRow[]> {
    return await this.posts
      .find({ topicId, number: { $gt: 0 }, moved: null }, null, { session })
      .sort({ number: 1 })
      .limit(limit)
      .lean<PostRow[]>();
  }

  /** Puts posts where they go, and a row of its own at each place that they leave. */
  async move(steps: readonly Step[], { from, to, byId, at, heading }: Moving, session: ClientSession): Promise<void> {
    await this.posts.bulkWrite(
      steps.map(({ post, number }) => ({
        updateOne: {
          filter: { _id: post._id, topicId: from._id },
          update: {
            $set: { topicId: to, number, ...(post.number === 1 && heading !== undefined && headed(post, heading)) },
            $unset: { wasAnswer: 1 as const, ...(number === 1 && { heading: 1 as const }) },
          },
        },
      })),
      { session },
    );
    await this.posts.insertMany(
      steps.map(({ post: { _id, number, authorId, createdAt } }) => ({
        ...{ cohortId: from.cohortId, topicId: from._id, number: -number, authorId, createdAt, deletedAt: at },
        moved: { postId: _id, byId },
      })),
      { session },
    );
    // The place that a row left in this transaction is not free for an insert on every engine; for an update it is.
    await this.posts.updateMany(
      { topicId: from._id, number: { $lt: 0 } },
      [{ $set: { number: { $multiply: ['$number', -1] } } }],
      { session, updatePipeline: true },
    );
  }

  /** Room for so many more posts, of which some are there. Returns the topic before; null where it is gone. */
  async makeRoom(
    topicId: Types.ObjectId,
    numbers: number,
    { posts, others }: Counted,
    session: ClientSession,
  ): Promise<TopicRow | null> {
    return await this.topics
      .findOneAndUpdate(
        { _id: topicId, deletedAt: null },
        { $inc: { lastNumber: numbers, posts, others } },
        { session, returnDocument: 'before' },
      )
      .lean<TopicRow>();
  }

  /** The counters of where posts were. */
  async takeOut(topicId: Types.ObjectId, { posts, others }: Counted, session: ClientSession): Promise<void> {
    await this.topics.updateOne({ _id: topicId }, { $inc: { posts: -posts, others: -others } }, { session });
  }

  /** The last activity of a topic is that of its newest post that is there. */
  async lastActivity(topicId: Types.ObjectId, session: ClientSession): Promise<void> {
    const newest = await this.posts
      .findOne({ topicId, deletedAt: null }, { authorId: 1, createdAt: 1 }, { session })
      .sort({ createdAt: -1, number: -1 })
      .lean<Pick<PostRow, 'authorId' | 'createdAt'>>();
    if (!newest) return;
    const last = { lastPostAt: newest.createdAt, lastAuthorId: newest.authorId };
    await this.topics.updateOne({ _id: topicId }, { $set: last }, { session });
  }

  async giveAnswer(topicId: Types.ObjectId, { answerId, chosen }: Answer, session: ClientSession): Promise<void> {
    const answer = { answerId, solved: true, ...(chosen && { chosen }) };
    await this.topics.updateOne({ _id: topicId }, { $set: answer }, { session });
  }

  async takeAnswer(topicId: Types.ObjectId, session: ClientSession): Promise<void> {
    await this.topics.updateOne(
      { _id: topicId },
      { $set: { answerId: null, solved: false }, $unset: { chosen: 1 } },
      { session },
    );
  }

  /** A topic that begins with posts that others hold; it is filled by `makeRoom`. */
  async begin(topic: Partial<TopicRow> & Pick<TopicRow, '_id'>, session: ClientSession): Promise<void> {
    await this.topics.create([{ ...topic, ...foundBy(topic), lastNumber: 0, posts: 0, others: 0 }], { session });
  }

  /** All of it is elsewhere. Its duplicates lead there, too. */
  async end(topicId: Types.ObjectId, into: Types.ObjectId, at: Date, session: ClientSession): Promise<void> {
    await this.topics.updateOne({ _id: topicId }, { $set: { deletedAt: at, mergedInto: into } }, { session });
    await this.topics.updateMany(
      { duplicateOf: topicId, _id: { $ne: into } },
      { $set: { duplicateOf: into } },
      { session },
    );
  }

  /** It goes on with a thread of chat. */
  async goOnWith(
    topicId: Types.ObjectId,
    thread: NonNullable<TopicRow['thread']>,
    session: ClientSession,
  ): Promise<void> {
    await this.topics.updateOne({ _id: topicId }, { $set: { thread } }, { session });
  }
}

/** The title of the topic that it began, by which it is found from now on. */
const headed = (post: Movable, heading: string) => ({ heading, tokens: postTokens({ ...post, heading }) });

/** Who moves, from where to where, and the title of the topic that is merged. */
export interface Moving {
  from: Pick<TopicRow, '_id' | 'cohortId'>;
  to: Types.ObjectId;
  byId: Types.ObjectId;
  at: Date;
  heading?: string;
}
