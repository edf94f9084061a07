import { Injectable } from '@nestjs/common';
import type { SubscriptionLevel, TopicSummary } from '../contracts/forums.js';
import { idOf, toId, toIds } from '../infra/mongo/ids.js';
import { EVER, placeWithin } from '../infra/mongo/time-place.js';
import { FollowingsRepository } from './followings.repository.js';
import { PostsRepository } from './posts.repository.js';
import { wholeText } from './threads/thread-quote.js';
import { stateOf, hexes } from './topic.js';
import { type TopicFacts, TopicsRepository } from './topics.repository.js';

/** A topic as later rooms need it. */
export interface TopicRef {
  id: string;
  cohortId: string;
  title: string;
  authorId: string;
  /** The post that was accepted. */
  answerId: string | null;
  tags: string[];
  state: TopicSummary['state'];
  posts: number;
  createdAt: Date;
}

/** A post as later rooms need it; `body` is markdown with what it quotes of chat, null for a deleted one. */
export interface PostRef {
  id: string;
  topicId: string;
  cohortId: string;
  number: number;
  authorId: string;
  body: string | null;
  mentions: string[];
  createdAt: Date;
}

/** What people are told of in the forum: a post, or that it was accepted as the answer. */
export interface ForumNews {
  what: 'post' | 'answer';
  topicId: string;
  postId: string;
}

/** A topic whose thread in chat is to be told that it goes on there, or (`goesOn` false: it was deleted) no longer does. */
export interface ThreadToTell {
  channelId: string;
  messageId: string;
  goesOn: boolean;
}

/** A topic as search shows it; `words` are the folded ones of title, tags and question. */
export interface TopicFound extends TopicRef {
  excerpt: string;
  words: string[];
  lastPostAt: Date;
}

/** Where search looks: in [from, before), after the place of what it has seen (newest first, then by id). */
export interface TopicSearch {
  beginnings: readonly string[];
  authorIds: readonly string[] | null;
  from: Date | null;
  before: Date | null;
  after: { at: number; id: string } | null;
}

const MAX_UNANSWERED = 200;

/** Topics for the rooms after this one (reminders, notifications, the staff board). It checks nobody's rights. */
@Injectable()
export class TopicsReader {
  constructor(
    private readonly topics: TopicsRepository,
    private readonly posts: PostsRepository,
    private readonly followings: FollowingsRepository,
  ) {}

  /** The topics nobody has answered, those who wait longest first; at most 200. */
  async unanswered(cohortId: string): Promise<TopicRef[]> {
    const id = toId(cohortId);
    if (!id) return [];
    const rows = await this.topics.page(id, { state: 'unanswered' }, 'oldest', null, MAX_UNANSWERED);
    return rows.slice(0, MAX_UNANSWERED).map(toRef);
  }

  /** Topics with words that begin so, the latest first; those of one instant by id. */
  async search(cohortIds: readonly string[], only: TopicSearch, limit: number): Promise<TopicFound[]> {
    const { beginnings, authorIds, from, before, after } = only;
    const range = { from: from ?? new Date(0), after: placeWithin(after, before ?? EVER) };
    const asked = { beginnings, authorIds: authorIds && toIds(authorIds), ...range };
    const rows = await this.topics.search(toIds(cohortIds), asked, limit);
    return rows.map((row) => ({ ...toRef(row), excerpt: row.excerpt, words: row.words, lastPostAt: row.lastPostAt }));
  }

  /** Null for an unknown or deleted topic. */
  async byId(topicId: string): Promise<TopicRef | null> {
    const id = toId(topicId);
    const row = id && (await this.topics.byId(id));
    return row ? toRef(row) : null;
  }

  /** Deleted ones are left out. */
  async byIds(topicIds: readonly string[]): Promise<TopicRef[]> {
    return (await this.topics.byIds(toIds(topicIds))).map(toRef);
  }

  /** Who has chosen (or was given) a level, of each of some topics: by the topic's id, then by the person's. One query. */
  async levelsOf(topicIds: readonly string[]): Promise<Map<string, ReadonlyMap<string, SubscriptionLevel>>> {
    return await this.followings.levelsOf(toIds(topicIds));
  }

  /** Which of some topics a person has muted, by their ids. One query, or none. */
  async mutedAmong(topicIds: readonly string[], userId: string): Promise<ReadonlySet<string>> {
    return topicIds.length === 0 ? new Set() : await this.followings.mutedAmong(toIds(topicIds), idOf(userId));
  }

  /** Null for an unknown post. */
  async post(postId: string): Promise<PostRef | null> {
    const id = toId(postId);
    const [row] = id ? await this.posts.byIds([id]) : [];
    if (!row) return null;
    return {
      id: String(row._id),
      topicId: String(row.topicId),
      cohortId: String(row.cohortId),
      number: row.number,
      authorId: String(row.authorId),
      body: row.deletedAt ? null : wholeText(row.body ?? '', row.quotes),
      mentions: hexes(row.mentions),
      createdAt: row.createdAt,
    };
  }

  /** What its thread of chat is to know of a topic as it is; null where it continues none. */
  async threadToTell(topicId: string): Promise<ThreadToTell | null> {
    const row = await this.topics.evenDeleted(idOf(topicId));
    if (!row?.thread) return null;
    const { channelId, messageId } = row.thread;
    return { channelId: String(channelId), messageId: String(messageId), goesOn: !row.deletedAt };
  }

  /** Who has chosen (or was given) a level; all others follow at `normal`. */
  async subscribers(topicId: string): Promise<{ userId: string; level: SubscriptionLevel }[]> {
    const id = toId(topicId);
    return id ? await this.followings.subscribers(id) : [];
  }
}

function toRef(row: TopicFacts): TopicRef {
  return {
    id: String(row._id),
    cohortId: String(row.cohortId),
    title: row.title,
    authorId: String(row.authorId),
    answerId: row.answerId ? String(row.answerId) : null,
    tags: row.tags,
    state: stateOf(row),
    posts: row.posts,
    createdAt: row.createdAt,
  };
}
