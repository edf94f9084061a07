import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, QueryFilter, Types } from 'mongoose';
import type { TopicState } from '../common/texts/forum/forum-query.js';
import { titleTokens, topicTokens } from '../common/texts/forum/forum-tokens.js';
import { type Behind, behind } from '../infra/mongo/time-place.js';
import { together } from '../infra/mongo/together.js';
import { ORDERS, type TopicsFilter, type TopicsOrder, beyond, inState, narrowed } from './lists/topic-filter.js';
import type { TopicRow } from './topic.schema.js';

/** A topic without its search words. */
export type TopicFacts = Omit<TopicRow, 'words'>;

/** A topic as far as counting what is unread in it needs it. */
export type NumberedTopic = Pick<TopicRow, '_id' | 'cohortId' | 'tags' | 'lastNumber' | 'posts' | 'imported'>;

/** Without what it is found by. */
export const facts = { words: 0, tokens: 0, titleTokens: 0 } as const;

/** Reads and writes topics. Deleted ones are never found: those are for `DeletedTopicsRepository`. */
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
      Partial<Pick<TopicRow, 'kind' | 'thread' | 'workshopId'>>,
    session: ClientSession,
  ): Promise<void> {
    await this.topics.create([{ ...topic, ...foundBy(topic) }], { session });
  }

  async find(
    cohortId: Types.ObjectId,
    topicId: Types.ObjectId,
    session: ClientSession | null = null,
  ): Promise<TopicFacts | null> {
    const found = this.topics.findOne({ _id: topicId, cohortId, deletedAt: null }, facts).lean<TopicFacts>();
    return session ? await found.session(session) : await together(found);
  }

  async byId(topicId: Types.ObjectId): Promise<TopicFacts | null> {
    return await together(this.topics.findOne({ _id: topicId, deletedAt: null }, facts).lean<TopicFacts>());
  }

  /** A deleted one too. */
  async evenDeleted(topicId: Types.ObjectId, session: ClientSession | null = null): Promise<TopicFacts | null> {
    return await this.topics.findOne({ _id: topicId }, facts).session(session).lean<TopicFacts>();
  }

  /** Those of some cohorts, deleted ones too. */
  async inCohorts(cohortIds: readonly Types.ObjectId[], topicIds: readonly Types.ObjectId[]): Promise<TopicFacts[]> {
    const wanted = { _id: { $in: topicIds }, cohortId: { $in: cohortIds } };
    return await together(this.topics.find(wanted, facts).lean<TopicFacts[]>());
  }

  async byIds(topicIds: readonly Types.ObjectId[]): Promise<TopicFacts[]> {
    return await together(this.topics.find({ _id: { $in: topicIds }, deletedAt: null }, facts).lean<TopicFacts[]>());
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
    return await together(
      this.topics
        .find({ $and: [narrowed(cohortId, filter), after ? beyond(order, after) : {}] }, facts)
        .sort({ [field]: direction, _id: direction })
        .limit(limit + 1)
        .lean<TopicFacts[]>(),
    );
  }

  /** The place of a topic in an order. */
  placeOf(topic: TopicFacts, order: TopicsOrder): readonly [number, string] {
    return [Number(topic[ORDERS[order].field]), String(topic._id)];
  }

  /**
   * Topics of some cohorts that have a word with each of these beginnings (folded), last written in after `from` (which is in it), the
   * latest first, from a place on.
   */
  async search(
    cohortIds: readonly Types.ObjectId[],
    only: {
      beginnings: readonly string[];
      states: readonly TopicState[];
      notStates: readonly TopicState[];
      authorIds: readonly Types.ObjectId[] | null;
      from: Date;
      after: Behind;
    },
    limit: number,
  ): Promise<(TopicFacts & Pick<TopicRow, 'words'>)[]> {
    if (cohortIds.length === 0) return [];
    const { beginnings, authorIds, states, notStates, from, after } = only;
    const words: QueryFilter<TopicRow>[] = [
      ...beginnings.map((word) => ({ words: { $regex: `^${word}` } })),
      ...states.map(inState),
      ...notStates.map((state) => ({ $nor: [inState(state)] })),
    ];
    return await this.topics
      .find(
        {
          $or: cohortIds.flatMap((cohortId) =>
            behind(after, 'lastPostAt', from).map((part) => ({ cohortId, ...part })),
          ),
          deletedAt: null,
          ...(authorIds && { authorId: { $in: authorIds } }),
          ...(words.length > 0 && { $and: words }),
        },
        { tokens: 0, titleTokens: 0 },
      )
      .sort({ lastPostAt: -1, _id: -1 })
      .limit(limit)
      .lean<(TopicFacts & Pick<TopicRow, 'words'>)[]>();
  }

  /** What decides whether something is unread in some topics; those of another cohort, and those that are gone, are left out. */
  async lastNumbers(cohortId: Types.ObjectId, topicIds: readonly Types.ObjectId[]): Promise<NumberedTopic[]> {
    if (topicIds.length === 0) return [];
    return await together(
      this.topics
        .find(
          { _id: { $in: topicIds }, cohortId, deletedAt: null },
          { cohortId: 1, tags: 1, lastNumber: 1, posts: 1, imported: 1 },
        )
        .lean<NumberedTopic[]>(),
    );
  }

  async count(cohortId: Types.ObjectId, filter: TopicsFilter): Promise<number> {
    return await this.topics.countDocuments(narrowed(cohortId, filter));
  }

  /** Those of some tags that topics have. */
  async tagsAmong(cohortId: Types.ObjectId, tags: readonly string[]): Promise<string[]> {
    const found = await Promise.all(tags.map((tag) => this.topics.exists({ cohortId, tags: tag, deletedAt: null })));
    return tags.filter((_, at) => found[at] !== null);
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
    await this.topics.updateOne(
      { _id: topicId, deletedAt: null },
      { $set: { ...change, ...foundBy(change) } },
      { session },
    );
  }

  /** Takes the next number for a reply, and returns the topic with it; null when it was deleted or closed meanwhile. `evenLocked`: by staff. */
  async addPost(
    topicId: Types.ObjectId,
    post: { authorId: Types.ObjectId; at: Date; byOther: boolean; evenLocked: boolean },
    session: ClientSession,
  ): Promise<TopicRow | null> {
    const isOpen = post.evenLocked ? { 'closed.how': { $nin: ['closed', 'duplicate'] as const } } : { closed: null };
    return await this.topics
      .findOneAndUpdate(
        { _id: topicId, deletedAt: null, ...isOpen },
        {
          $inc: { lastNumber: 1, posts: 1, others: post.byOther ? 1 : 0 },
          $set: { lastPostAt: post.at, lastAuthorId: post.authorId },
        },
        { session, returnDocument: 'after' },
      )
      .lean<TopicRow>();
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

  /** The answers of the solved topics that have one of these tags, of the latest so many. */
  async answersWith(cohortId: Types.ObjectId, tags: readonly string[], limit: number): Promise<Types.ObjectId[]> {
    const rows = await this.topics
      .find({ cohortId, tags: { $in: tags }, solved: true, deletedAt: null }, { answerId: 1 })
      .sort({ lastPostAt: -1 })
      .limit(limit)
      .lean<Pick<TopicRow, 'answerId'>[]>();
    return rows.flatMap(({ answerId }) => answerId ?? []);
  }

  async addVotes(topicId: Types.ObjectId, votes: number, session: ClientSession): Promise<void> {
    await this.topics.updateOne({ _id: topicId }, { $inc: { votes } }, { session });
  }

  /** Makes a post the answer. False when it was already, or the topic is gone. */
  async accept(
    topicId: Types.ObjectId,
    postId: Types.ObjectId,
    chosen: NonNullable<TopicRow['chosen']>,
    session: ClientSession,
  ): Promise<boolean> {
    const result = await this.topics.updateOne(
      { _id: topicId, deletedAt: null, answerId: { $ne: postId } },
      { $set: { answerId: postId, solved: true, chosen } },
      { session },
    );
    return result.modifiedCount === 1;
  }

  /** The topic has no answer any more. False when it had none. */
  async withdrawAnswer(topicId: Types.ObjectId, session: ClientSession): Promise<boolean> {
    const result = await this.topics.updateOne(
      { _id: topicId, solved: true },
      { ...WITHOUT_ANSWER, $unset: { chosen: 1 } },
      { session },
    );
    return result.modifiedCount === 1;
  }

  /** Its author is to be asked which post is the answer, once. False where they were, or need not. */
  async askToChoose(topicId: Types.ObjectId, at: Date, session: ClientSession): Promise<boolean> {
    const result = await this.topics.updateOne(
      { _id: topicId, deletedAt: null, solved: false, kind: { $ne: 'discussion' }, askedToChooseAt: null },
      { $set: { askedToChooseAt: at } },
      { session },
    );
    return result.modifiedCount === 1;
  }
}

/** By what search finds a topic, of what is written of it; title and tags change together. */
export const foundBy = ({ title, tags, words }: Partial<Pick<TopicRow, 'title' | 'tags' | 'words'>>) => ({
  ...(words && { tokens: topicTokens(words) }),
  ...(title !== undefined && tags && { titleTokens: titleTokens(title, tags) }),
});

const WITHOUT_ANSWER = { $set: { answerId: null, solved: false } } as const;
