import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { grouped } from '../../common/grouped.js';
import type { TopicSummary } from '../../contracts/forums.js';
import { FollowingsRepository, type Stand } from '../followings.repository.js';
import { type PlaceOfPost, PostsRepository } from '../posts.repository.js';
import type { NumberedTopic } from '../topics.repository.js';
import { unreadOf } from './unread-rule.js';

/** How far somebody has read a topic, and what else is known of them there. */
export type Reading = Pick<TopicSummary, 'readNumber' | 'unread'> & Partial<Stand>;

/** Counts what is unread from pointers and posts, never from counters that drift. */
@Injectable()
export class UnreadPosts {
  constructor(
    private readonly followings: FollowingsRepository,
    private readonly posts: PostsRepository,
  ) {}

  /** By the topic's id. Three queries at most, however many topics. */
  async of(userId: Types.ObjectId, topics: readonly NumberedTopic[]): Promise<(topicId: Types.ObjectId) => Reading> {
    if (topics.length === 0) return () => ({ readNumber: 0, unread: 0 });
    const [stands, noNews] = await Promise.all([
      this.followings.standsOf(userId, idsOf(topics)),
      this.noNewsIn(userId, topics),
    ]);
    const standWith = (topicId: Types.ObjectId) => stands.get(String(topicId));
    const unreadIn = counted(topics, noNews, (topicId) => standWith(topicId)?.readNumber ?? 0);
    return (topicId) => {
      const stand = standWith(topicId);
      return { ...stand, readNumber: stand?.readNumber ?? 0, unread: unreadIn(topicId) };
    };
  }

  /** The same where it is known how far they have read, and nothing of the topics yet. Two queries. */
  async among(
    userId: Types.ObjectId,
    topicIds: readonly Types.ObjectId[],
  ): Promise<(topic: NumberedTopic, readNumber: number) => number> {
    const [own, deleted] = await Promise.all([this.posts.ownIn(userId, topicIds), this.posts.deletedIn(topicIds)]);
    const noNews = { own: byTopic(own), deleted: byTopic(deleted) };
    return (topic, readNumber) => counted([topic], noNews, () => readNumber)(topic._id);
  }

  /** What is not news to somebody: their own posts, and what was deleted where anything was. */
  private async noNewsIn(userId: Types.ObjectId, topics: readonly NumberedTopic[]): Promise<NoNews> {
    const [own, deleted] = await Promise.all([
      this.posts.ownIn(userId, idsOf(topics)),
      this.posts.deletedIn(idsOf(topics.filter(({ posts, lastNumber }) => posts < lastNumber))),
    ]);
    return { own: byTopic(own), deleted: byTopic(deleted) };
  }
}

/** By the topic, the numbers of its posts that are no news. */
interface NoNews {
  own: (topicId: Types.ObjectId) => number[];
  deleted: (topicId: Types.ObjectId) => number[];
}

function counted(
  topics: readonly NumberedTopic[],
  { own, deleted }: NoNews,
  readNumberOf: (topicId: Types.ObjectId) => number,
): (topicId: Types.ObjectId) => number {
  const counts = new Map(
    topics.map(({ _id, lastNumber, imported }) => {
      const noNews = { own: own(_id), deleted: deleted(_id) };
      // What came from elsewhere was said long ago.
      const readNumber = Math.max(readNumberOf(_id), imported ?? 0);
      return [String(_id), lastNumber > readNumber ? unreadOf(lastNumber, readNumber, noNews) : 0];
    }),
  );
  return (topicId) => counts.get(String(topicId)) ?? 0;
}

const idsOf = (topics: readonly NumberedTopic[]) => topics.map(({ _id }) => _id);

function byTopic(places: readonly PlaceOfPost[]): (topicId: Types.ObjectId) => number[] {
  const groups = grouped(places, ({ topicId }) => String(topicId));
  return (topicId) => (groups.get(String(topicId)) ?? []).map(({ number }) => number);
}
