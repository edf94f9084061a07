import { Injectable } from '@nestjs/common';
import type { TopicState } from '../common/texts/forum/forum-query.js';
import type { FlagOutcome } from '../contracts/forum/flags.js';
import type { TopicSummary } from '../contracts/forums.js';
import { idOf, toId, toIds } from '../infra/mongo/ids.js';
import { EVER, placeWithin } from '../infra/mongo/time-place.js';
import { FollowingsRepository } from './followings.repository.js';
import type { Held } from './levels/level-rule.js';
import { TopicLevels } from './levels/topic-levels.js';
import { FlagCasesRepository } from './flags/flag-cases.repository.js';
import type { PostRow } from './post.schema.js';
import { PostsRepository } from './posts.repository.js';
import { PostQuotes } from './quotes/post-quotes.service.js';
import { quotedIn, withoutGone, withoutMarks } from '../common/texts/forum/quote-marks.js';
import { wholeText } from './threads/thread-quote.js';
import { hexes, kindOf, stateOf } from './topic.js';
import { type TopicFacts, TopicsRepository } from './topics.repository.js';

/** The level of somebody for a topic, and what it was chosen for. */
export type TopicLevel = Held;

/** A topic as later rooms need it. */
export interface TopicRef {
  id: string;
  cohortId: string;
  title: string;
  authorId: string;
  /** The post that was accepted. */
  answerId: string | null;
  tags: string[];
  kind: TopicSummary['kind'];
  state: TopicSummary['state'];
  /** Nobody is asked to answer it any more: it is closed, locked or a duplicate. */
  isClosed: boolean;
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
  /** Who wrote the posts that it quotes. */
  quotes: string[];
  createdAt: Date;
}

/** What became of a post: deleted, whom it names now, and whether its words may be others than it had. */
export interface PostState {
  id: string;
  isDeleted: boolean;
  mentions: string[];
  isRewritten: boolean;
}

/** What people are told of in the forum: a post, or that it was accepted as the answer. */
export interface ForumNews {
  what: 'post' | 'answer';
  topicId: string;
  postId: string;
}

/** The case of a flagged post, for those who are told of it. */
export interface FlagRef {
  id: string;
  cohortId: string;
  topicId: string;
  number: number;
  /** Of the topic, while it is there. */
  title: string | null;
  authorId: string;
  /** Who flagged the post, in the order in which they did. */
  people: string[];
  /** Its flags hid the post, before staff had looked. */
  isHidden: boolean;
  /** Null while staff have not decided. */
  outcome: FlagOutcome | null;
  toAuthor: string;
  toReporters: string;
}

/** A topic whose thread in chat is to be told that it goes on there, or (`goesOn` false: it was deleted) no longer does. */
export interface ThreadToTell {
  topicId: string;
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
  /** What they all are, and what none is. */
  states: readonly TopicState[];
  notStates: readonly TopicState[];
  from: Date | null;
  before: Date | null;
  after: { at: number; id: string } | null;
}

const A_PAGE = 200;

/** Topics for the rooms after this one (reminders, notifications, the staff board). It checks nobody's rights. */
@Injectable()
export class TopicsReader {
  constructor(
    private readonly topics: TopicsRepository,
    private readonly posts: PostsRepository,
    private readonly cases: FlagCasesRepository,
    private readonly quotes: PostQuotes,
    private readonly followings: FollowingsRepository,
    private readonly levels: TopicLevels,
  ) {}

  /** The topics nobody has answered, those who wait longest first; all of them: one that is left out is reminded of to nobody. */
  async unanswered(cohortId: string): Promise<TopicRef[]> {
    const id = toId(cohortId);
    if (!id) return [];
    const all: TopicFacts[] = [];
    for (let after: Parameters<TopicsRepository['page']>[3] = null; ;) {
      const rows = await this.topics.page(id, { state: 'unanswered' }, 'oldest', after, A_PAGE);
      all.push(...rows.slice(0, A_PAGE));
      const last = rows[A_PAGE - 1];
      if (rows.length <= A_PAGE || !last) return all.map(toRef);
      after = { value: last.createdAt.getTime(), id: last._id };
    }
  }

  /** Topics with words that begin so, the latest first; those of one instant by id. */
  async search(cohortIds: readonly string[], only: TopicSearch, limit: number): Promise<TopicFound[]> {
    const { authorIds, from, before, after, ...what } = only;
    const range = { from: from ?? new Date(0), after: placeWithin(after, before ?? EVER) };
    const asked = { ...what, authorIds: authorIds && toIds(authorIds), ...range };
    const rows = await this.topics.search(toIds(cohortIds), asked, limit);
    return rows.map((row) => ({ ...toRef(row), excerpt: row.excerpt, words: row.words, lastPostAt: row.lastPostAt }));
  }

  /** Which of some tags any topic of a cohort has: a question each, of ten at most. */
  async tagsAmong(cohortId: string, tags: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set(tags.length === 0 ? [] : await this.topics.tagsAmong(idOf(cohortId), tags));
  }

  /** Null for an unknown or deleted topic. */
  async byId(topicId: string): Promise<TopicRef | null> {
    const id = toId(topicId);
    const row = id && (await this.topics.byId(id));
    return row ? toRef(row) : null;
  }

  /** The same, and of one that was merged the topic in which all of it is. */
  async whereNow(topicId: string): Promise<TopicRef | null> {
    const id = toId(topicId);
    const row = id && (await this.topics.evenDeleted(id));
    const now = row && (await this.mergedInto(row));
    return now && !now.deletedAt ? toRef(now) : null;
  }

  /** Deleted ones are left out. */
  async byIds(topicIds: readonly string[]): Promise<TopicRef[]> {
    return (await this.topics.byIds(toIds(topicIds))).map(toRef);
  }

  /** The level of everybody who chose (or was given) one that holds, of each of some topics: by the topic's id, then by the person's. Two queries. */
  async levelsOf(
    topics: readonly Pick<TopicRef, 'id' | 'cohortId' | 'tags'>[],
  ): Promise<Map<string, ReadonlyMap<string, Held>>> {
    return await this.levels.ofAll(
      topics.map(({ id, cohortId, tags }) => ({ _id: idOf(id), cohortId: idOf(cohortId), tags })),
    );
  }

  /** Which of some topics a person has muted, by their ids. Three queries, or none. */
  async mutedAmong(topicIds: readonly string[], userId: string): Promise<ReadonlySet<string>> {
    if (topicIds.length === 0) return new Set();
    const topics = await this.topics.byIds(toIds(topicIds));
    const stands = await this.followings.standsOf(idOf(userId), toIds(topicIds));
    const levelOf = await this.levels.ofPerson(idOf(userId), topics);
    const isMuted = (topic: TopicFacts) => levelOf(topic, stands.get(String(topic._id))).level === 'muted';
    return new Set(topics.filter(isMuted).map(({ _id }) => String(_id)));
  }

  /** Null for an unknown case. */
  async flagCase(caseId: string): Promise<FlagRef | null> {
    const id = toId(caseId);
    const row = id && (await this.cases.byId(id));
    if (!row) return null;
    // Where it is by now.
    const { topicId, number } = (await this.posts.find(row.cohortId, row.postId)) ?? row;
    const topic = await this.topics.byId(topicId);
    return {
      ...{ id: caseId, cohortId: String(row.cohortId), topicId: String(topicId), number },
      ...{ title: topic?.title ?? null, authorId: String(row.authorId) },
      ...{ people: hexes(row.people), isHidden: row.hiddenAt !== null, outcome: row.outcome ?? null },
      ...{ toAuthor: row.toAuthor, toReporters: row.toReporters },
    };
  }

  /** Null for an unknown post. */
  async post(postId: string): Promise<PostRef | null> {
    return (await this.postsOf([postId]))[0] ?? null;
  }

  /** Deleted ones are among them. */
  async postsOf(postIds: readonly string[]): Promise<PostRef[]> {
    const rows = await this.posts.byIds(toIds(postIds));
    const quoted = await this.quotedOf(rows);
    return rows.map((row) => ({
      id: String(row._id),
      topicId: String(row.topicId),
      cohortId: String(row.cohortId),
      number: row.number,
      authorId: String(row.authorId),
      body: row.deletedAt
        ? null
        : wholeText(withoutMarks(withoutGone(row.body ?? '', (id) => quoted.has(id))), row.quotes),
      mentions: hexes(row.mentions),
      quotes: [...new Set(quotedIn(row.body).flatMap((id) => quoted.get(id) ?? []))],
      createdAt: row.createdAt,
    }));
  }

  /** Who wrote the posts that others quote, by the ids of those posts. */
  private async quotedOf(rows: readonly PostRow[]): Promise<ReadonlyMap<string, string>> {
    const cohorts = new Map(rows.map(({ cohortId }) => [String(cohortId), cohortId]));
    const found = await Promise.all(
      [...cohorts.values()].map((cohortId) =>
        this.quotes.of(
          cohortId,
          rows.filter((row) => row.cohortId.equals(cohortId)),
        ),
      ),
    );
    return new Map(found.flatMap((posts) => [...posts].map(([id, post]) => [id, String(post.authorId)] as const)));
  }

  /** What became of some posts, without their words. What they quote may be gone there. */
  async postStates(postIds: readonly string[]): Promise<PostState[]> {
    return (await this.posts.statesOf(toIds(postIds))).map(
      ({ _id, mentions, editedAt, deletedAt, quotes, isQuoting }) => ({
        ...{ id: String(_id), isDeleted: Boolean(deletedAt), mentions: hexes(mentions) },
        isRewritten: Boolean(editedAt) || (quotes?.length ?? 0) > 0 || isQuoting,
      }),
    );
  }

  /** A topic is merged into one that is there then, so it leads to itself never. */
  private async mergedInto(row: TopicFacts): Promise<TopicFacts> {
    let now = row;
    while (now.mergedInto) {
      const next = await this.topics.evenDeleted(now.mergedInto);
      if (!next) break;
      now = next;
    }
    return now;
  }

  /** What its thread of chat is to know of a topic as it is; null where it continues none. */
  async threadToTell(topicId: string): Promise<ThreadToTell | null> {
    const row = await this.topics.evenDeleted(idOf(topicId));
    if (!row?.thread) return null;
    const { channelId, messageId } = row.thread;
    const now = await this.mergedInto(row);
    return {
      ...{ topicId: String(now._id), channelId: String(channelId), messageId: String(messageId) },
      goesOn: !now.deletedAt,
    };
  }
}

/** A topic as a row is one as later rooms need it. */
export function toRef(row: TopicFacts): TopicRef {
  return {
    id: String(row._id),
    cohortId: String(row.cohortId),
    title: row.title,
    authorId: String(row.authorId),
    answerId: row.answerId ? String(row.answerId) : null,
    tags: row.tags,
    kind: kindOf(row),
    state: stateOf(row),
    isClosed: Boolean(row.closed),
    posts: row.posts,
    createdAt: row.createdAt,
  };
}
