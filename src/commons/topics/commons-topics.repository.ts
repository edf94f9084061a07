import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, QueryFilter, Types } from 'mongoose';
import type { CommonsTopicsQuery } from '../../contracts/commons/commons.js';
import { type Behind, EVER, type TimePlace, behind } from '../../infra/mongo/time-place.js';
import type { CommonsTopicRow } from '../commons.schema.js';

type WithWords = CommonsTopicRow & { words: string[]; answerWords: string[] };
const FIRST = new Date(0);

type State = NonNullable<CommonsTopicsQuery['state']>;

/** As in the forum: an answer is chosen, or nobody but its author wrote. */
const inState = (state: State): QueryFilter<WithWords> =>
  state === 'solved' ? { solved: true } : { solved: false, others: 0, kind: { $ne: 'discussion' } };

/** What a list is narrowed to, and the last one that was seen. */
interface CommonsListAsk {
  beginnings: readonly string[];
  tag: string | undefined;
  state: State | undefined;
  after: TimePlace | null;
}

/** Those that were opened after one. */
const beyond = (after: TimePlace | null): QueryFilter<WithWords> =>
  after
    ? { $or: [{ openedAt: { $gt: after.at, $lte: EVER } }, { openedAt: after.at, _id: { $gt: after.id } }] }
    : { openedAt: { $gte: FIRST, $lte: EVER } };

const facts = { words: 0, answerWords: 0 } as const;

/** The only user of the `commons-topics` collection. */
@Injectable()
export class CommonsTopicsRepository {
  constructor(@InjectModel('CommonsTopic') private readonly topics: Model<WithWords>) {}

  async insert(topic: WithWords, session: ClientSession): Promise<void> {
    await this.topics.create([topic], { session });
  }

  /** One that is there: not of those that staff removed. */
  async find(topicId: Types.ObjectId, session: ClientSession | null = null): Promise<CommonsTopicRow | null> {
    return await this.topics.findOne({ _id: topicId, removed: null }, facts).session(session).lean<CommonsTopicRow>();
  }

  async byIds(topicIds: readonly Types.ObjectId[]): Promise<CommonsTopicRow[]> {
    return await this.topics.find({ _id: { $in: topicIds }, removed: null }, facts).lean<CommonsTopicRow[]>();
  }

  /** Which a topic of a cohort became, also where staff removed it. */
  async from(topicId: Types.ObjectId, session: ClientSession | null = null): Promise<CommonsTopicRow | null> {
    return await this.topics.findOne({ fromTopicId: topicId }, facts).session(session).lean<CommonsTopicRow>();
  }

  /** The latest first, those that nobody answered the oldest first; one more than `limit` where there are more; `beginnings` are folded. */
  async page({ beginnings, tag, state, after }: CommonsListAsk, limit: number): Promise<CommonsTopicRow[]> {
    const words = beginnings.map((word) => ({ words: { $regex: `^${word}` } }));
    const isOldest = state === 'unanswered';
    return await this.topics
      .find(
        {
          ...(isOldest ? beyond(after) : { $or: behind(after ?? { at: EVER, id: null }, 'lastAt', FIRST) }),
          removed: null,
          ...(state && inState(state)),
          ...(tag !== undefined && { tags: tag }),
          ...(words.length > 0 && { $and: words }),
        },
        facts,
      )
      .sort(isOldest ? { openedAt: 1, _id: 1 } : { lastAt: -1, _id: -1 })
      .limit(limit + 1)
      .lean<CommonsTopicRow[]>();
  }

  /** Topics that have a word with each of these beginnings (folded), in which something last came since `from`, the latest first, from a place on; by some authors where they are named, in all these states and in none of those. */
  async search(
    only: {
      beginnings: readonly string[];
      authorIds: readonly Types.ObjectId[] | null;
      states: readonly State[];
      notStates: readonly State[];
      from: Date;
      after: Behind;
    },
    limit: number,
  ): Promise<WithWords[]> {
    const words: QueryFilter<WithWords>[] = [
      ...only.beginnings.map((word) => ({ words: { $regex: `^${word}` } })),
      ...only.states.map(inState),
      ...only.notStates.map((state) => ({ $nor: [inState(state)] })),
    ];
    return await this.topics
      .find({
        $or: behind(only.after, 'lastAt', only.from),
        removed: null,
        ...(only.authorIds && { authorId: { $in: only.authorIds } }),
        ...(words.length > 0 && { $and: words }),
      })
      .sort({ lastAt: -1, _id: -1 })
      .limit(limit)
      .lean<WithWords[]>();
  }

  /** A post came. False where the topic is gone. */
  async add(
    topicId: Types.ObjectId,
    { at, authorId, isOthers }: { at: Date; authorId: Types.ObjectId; isOthers: boolean },
    session: ClientSession,
  ): Promise<boolean> {
    const came = { $inc: { posts: 1, others: isOthers ? 1 : 0 }, $set: { lastAt: at, lastAuthorId: authorId } };
    return (await this.topics.updateOne({ _id: topicId, removed: null }, came, { session })).matchedCount === 1;
  }

  async set(
    topicId: Types.ObjectId,
    change: Partial<Omit<WithWords, '_id' | 'cohortId' | 'fromTopicId' | 'fromPostId' | 'authorId' | 'openedAt'>>,
    session: ClientSession,
  ): Promise<boolean> {
    const set = await this.topics.updateOne({ _id: topicId, removed: null }, { $set: change }, { session });
    return set.matchedCount === 1;
  }

  async delete(topicId: Types.ObjectId, session: ClientSession): Promise<void> {
    await this.topics.deleteOne({ _id: topicId }, { session });
  }
}
