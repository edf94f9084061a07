import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, QueryFilter, Types } from 'mongoose';
import { foldedWords } from '../common/texts/fold.js';
import type { TopicsQuery } from '../contracts/forums.js';
import { type Behind, behind } from '../infra/mongo/time-place.js';
import type { TopicRow } from './topic.schema.js';

/** A topic without its search words. */
export type TopicFacts = Omit<TopicRow, 'words'>;

/** What a list is narrowed to; `mine` is the author's id, `workshopId` that of the workshop they follow up. */
export type TopicsFilter = Pick<TopicsQuery, 'q' | 'tag' | 'state'> & {
  mine?: Types.ObjectId;
  workshopId?: Types.ObjectId;
};
export type TopicsOrder = 'latest' | 'oldest' | 'votes';

const facts = { words: 0 } as const;

/** What each order sorts by; the id settles what is equal. */
const ORDERS = {
  latest: { field: 'lastPostAt', direction: -1 },
  oldest: { field: 'createdAt', direction: 1 },
  votes: { field: 'votes', direction: -1 },
} as const;

/** The only user of the `topics` collection. Deleted topics are never found. */
@Injectable()
export class TopicsRepository {
  constructor(@InjectModel('Topic') private readonly topics: Model<TopicRow>) {}

  async insert(
    topic: Pick<
      TopicRow,
      | '_id'
      | 'cohortId'
      | 'authorId'
      | 'questionId'
      | 'title'
      | 'tags'
      | 'excerpt'
      | 'words'
      | 'lastPostAt'
      | 'lastAuthorId'
      | 'createdAt'
    > &
      Partial<Pick<TopicRow, 'thread' | 'workshopId'>>,
    session: ClientSession,
  ): Promise<void> {
    await this.topics.create([topic], { session });
  }

  async find(
    cohortId: Types.ObjectId,
    topicId: Types.ObjectId,
    session: ClientSession | null = null,
  ): Promise<TopicFacts | null> {
    return await this.topics
      .findOne({ _id: topicId, cohortId, deletedAt: null }, facts)
      .session(session)
      .lean<TopicFacts>();
  }

  async byId(topicId: Types.ObjectId): Promise<TopicFacts | null> {
    return await this.topics.findOne({ _id: topicId, deletedAt: null }, facts).lean<TopicFacts>();
  }

  /** A deleted one too. */
  async evenDeleted(topicId: Types.ObjectId): Promise<TopicFacts | null> {
    return await this.topics.findOne({ _id: topicId }, facts).lean<TopicFacts>();
  }

  async byIds(topicIds: readonly Types.ObjectId[]): Promise<TopicFacts[]> {
    return await this.topics.find({ _id: { $in: topicIds }, deletedAt: null }, facts).lean<TopicFacts[]>();
  }

  /** A page in an order, one row more than `limit` when there is a next; `after` is the place of the last row seen. */
  async page(
    cohortId: Types.ObjectId,
    filter: TopicsFilter,
    order: TopicsOrder,
    after: { value: number; id: Types.ObjectId } | null,
    limit: number,
  ): Promise<TopicFacts[]> {
    const { field, direction } = ORDERS[order];
    return await this.topics
      .find({ $and: [narrowed(cohortId, filter), after ? beyond(order, after) : {}] }, facts)
      .sort({ [field]: direction, _id: direction })
      .limit(limit + 1)
      .lean<TopicFacts[]>();
  }

  /** The place of a topic in an order. */
  placeOf(topic: TopicFacts, order: TopicsOrder): readonly [number, string] {
    return [Number(topic[ORDERS[order].field]), String(topic._id)];
  }

  /** Topics with any of some words, the latest first, at most `limit`: candidates for likeness. */
  async withAnyWord(
    cohortId: Types.ObjectId,
    words: readonly string[],
    limit: number,
  ): Promise<(TopicFacts & Pick<TopicRow, 'words'>)[]> {
    return await this.topics
      .find({ cohortId, words: { $in: words }, deletedAt: null })
      .sort({ lastPostAt: -1 })
      .limit(limit)
      .lean<(TopicFacts & Pick<TopicRow, 'words'>)[]>();
  }

  /**
   * Topics of some cohorts that have a word with each of these beginnings (folded), last written in after `from` (which is in it), the
   * latest first, from a place on.
   */
  async search(
    cohortIds: readonly Types.ObjectId[],
    only: { beginnings: readonly string[]; authorIds: readonly Types.ObjectId[] | null; from: Date; after: Behind },
    limit: number,
  ): Promise<(TopicFacts & Pick<TopicRow, 'words'>)[]> {
    if (cohortIds.length === 0) return [];
    const { beginnings, authorIds, from, after } = only;
    const words = beginnings.map((word) => ({ words: { $regex: `^${word}` } }));
    return await this.topics
      .find({
        $or: cohortIds.flatMap((cohortId) => behind(after, 'lastPostAt', from).map((part) => ({ cohortId, ...part }))),
        deletedAt: null,
        ...(authorIds && { authorId: { $in: authorIds } }),
        ...(words.length > 0 && { $and: words }),
      })
      .sort({ lastPostAt: -1, _id: -1 })
      .limit(limit)
      .lean<(TopicFacts & Pick<TopicRow, 'words'>)[]>();
  }

  async count(cohortId: Types.ObjectId, filter: TopicsFilter): Promise<number> {
    return await this.topics.countDocuments(narrowed(cohortId, filter));
  }

  /** The tags in use with their number of topics, the most used first. */
  async tags(cohortId: Types.ObjectId, most: number): Promise<{ tag: string; topics: number }[]> {
    const rows = await this.topics.aggregate<{ _id: string; topics: number }>([
      { $match: { cohortId, deletedAt: null } },
      { $project: { tags: 1 } },
      { $unwind: '$tags' },
      { $group: { _id: '$tags', topics: { $sum: 1 } } },
      { $sort: { topics: -1, _id: 1 } },
      { $limit: most },
    ]);
    return rows.map((row) => ({ tag: row._id, topics: row.topics }));
  }

  async update(
    topicId: Types.ObjectId,
    change: Partial<Pick<TopicRow, 'title' | 'tags' | 'words' | 'excerpt'>>,
    session: ClientSession,
  ): Promise<void> {
    await this.topics.updateOne({ _id: topicId, deletedAt: null }, { $set: change }, { session });
  }

  /** Takes the next number for a reply. False when the topic was deleted meanwhile. */
  async addPost(
    topicId: Types.ObjectId,
    post: { authorId: Types.ObjectId; at: Date; byOther: boolean },
    session: ClientSession,
  ): Promise<boolean> {
    const result = await this.topics.updateOne(
      { _id: topicId, deletedAt: null },
      {
        $inc: { lastNumber: 1, posts: 1, others: post.byOther ? 1 : 0 },
        $set: { lastPostAt: post.at, lastAuthorId: post.authorId },
      },
      { session },
    );
    return result.matchedCount === 1;
  }

  /** A post is gone: one less, no answer any more if it was it, and the latest is the last that is left. */
  async removePost(
    topicId: Types.ObjectId,
    post: { postId: Types.ObjectId; byOther: boolean; latest: { authorId: Types.ObjectId; createdAt: Date } | null },
    session: ClientSession,
  ): Promise<void> {
    const { latest } = post;
    await this.topics.updateOne(
      { _id: topicId },
      {
        $inc: { posts: -1, others: post.byOther ? -1 : 0 },
        ...(latest && { $set: { lastPostAt: latest.createdAt, lastAuthorId: latest.authorId } }),
      },
      { session },
    );
    await this.topics.updateOne({ _id: topicId, answerId: post.postId }, WITHOUT_ANSWER, { session });
  }

  /** Deletes a topic in which nothing but the question is left. False when something is. */
  async deleteEmpty(topicId: Types.ObjectId, at: Date, session: ClientSession): Promise<boolean> {
    const result = await this.topics.updateOne(
      { _id: topicId, posts: 0, deletedAt: null },
      { $set: { deletedAt: at } },
      { session },
    );
    return result.modifiedCount === 1;
  }

  async addVotes(topicId: Types.ObjectId, votes: 1 | -1, session: ClientSession): Promise<void> {
    await this.topics.updateOne({ _id: topicId }, { $inc: { votes } }, { session });
  }

  /** Makes a post the answer. False when it was already, or the topic is gone. */
  async accept(topicId: Types.ObjectId, postId: Types.ObjectId, session: ClientSession): Promise<boolean> {
    const result = await this.topics.updateOne(
      { _id: topicId, deletedAt: null, answerId: { $ne: postId } },
      { $set: { answerId: postId, solved: true } },
      { session },
    );
    return result.modifiedCount === 1;
  }

  /** The topic has no answer any more. False when it had none. */
  async withdrawAnswer(topicId: Types.ObjectId): Promise<boolean> {
    const result = await this.topics.updateOne({ _id: topicId, solved: true }, WITHOUT_ANSWER);
    return result.modifiedCount === 1;
  }
}

const WITHOUT_ANSWER = { $set: { answerId: null, solved: false } } as const;

/** One indexed token or key selects, the rest filters. Every word of `q` must begin a word of the topic. */
function narrowed(cohortId: Types.ObjectId, { q, tag, state, mine, workshopId }: TopicsFilter): QueryFilter<TopicRow> {
  const words = foldedWords(q === undefined ? [] : [q], 8);
  return {
    cohortId,
    deletedAt: null,
    ...(state === 'unanswered' && { solved: false, others: 0 }),
    ...(state === 'solved' && { solved: true }),
    ...(tag !== undefined && { tags: tag.normalize('NFC').toLowerCase() }),
    ...(mine && { authorId: mine }),
    ...(workshopId && { workshopId }),
    ...(words.length > 0 && { $and: words.map((word) => ({ words: { $regex: `^${word}` } })) }),
  };
}

/** What lies beyond a place, both ends of equal values told apart by the id. */
function beyond(order: TopicsOrder, after: { value: number; id: Types.ObjectId }): QueryFilter<TopicRow> {
  const { field, direction } = ORDERS[order];
  const value = order === 'votes' ? after.value : new Date(after.value);
  const than = direction === 1 ? '$gt' : '$lt';
  return { $or: [{ [field]: { [than]: value } }, { [field]: value, _id: { [than]: after.id } }] };
}
