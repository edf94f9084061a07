import { Injectable } from '@nestjs/common';
import type { TopicState } from '../common/texts/forum/forum-query.js';
import { namingOnly } from '../common/texts/forum/own-words.js';
import { TopicsReader } from '../forums/topics-reader.js';
import { toId, toIds } from '../infra/mongo/ids.js';
import { EVER, placeWithin } from '../infra/mongo/time-place.js';
import { CommonsAccess } from '../cohorts/commons/commons-access.js';
import { CommonsAsksRepository } from './opening/commons-asks.repository.js';
import { CommonsPostsRepository } from './posts/commons-posts.repository.js';
import { CommonsTopicsRepository } from './topics/commons-topics.repository.js';

/** Somebody who is asked and has not answered: about a topic of a cohort, which is there. */
export interface WaitingAsk {
  cohortId: string;
  topicId: string;
  title: string;
  userId: string;
  byId: string;
  /** It is their topic, which staff would like to be opened; else it is open, and they are asked for their words. */
  isTheirTopic: boolean;
}

/** A post of the commons that is told of. */
export interface CommonsPostRef {
  topicId: string;
  title: string;
  /** The cohort of which the staff keep order there. */
  cohortId: string;
  authorId: string;
  /** When staff kept it last as it is flagged, in ms; 0 where they never did. */
  keptAt: number;
  /** Who else has words in the topic and is in a cohort still. */
  others: string[];
}

/** A topic of the commons as search shows it; `words` are the folded ones of title, tags, question and answer, `answerWords` those of the answer alone. */
export interface CommonsTopicFound {
  id: string;
  title: string;
  tags: string[];
  answerWords: string[];
  /** Null while no answer is chosen, or it is hidden. */
  answerId: string | null;
  excerpt: string;
  words: string[];
  authorId: string;
  lastAt: Date;
}

/** Where search looks: in [from, before), after the place of what it has seen (newest first, then by id). */
export interface CommonsSearch {
  beginnings: readonly string[];
  authorIds: readonly string[] | null;
  /** What they all are, and what none is. */
  states: readonly TopicState[];
  notStates: readonly TopicState[];
  from: Date | null;
  before: Date | null;
  after: { at: number; id: string } | null;
}

/** The commons for the rooms after this one. */
@Injectable()
export class CommonsReader {
  constructor(
    private readonly access: CommonsAccess,
    private readonly asks: CommonsAsksRepository,
    private readonly topics: CommonsTopicsRepository,
    private readonly posts: CommonsPostsRepository,
    private readonly forum: TopicsReader,
  ) {}

  /** Topics with words that begin so, the latest first; those of one instant by id. Whoever asks knows that they are in the commons. */
  async search(
    { authorIds, from, before, after, ...what }: CommonsSearch,
    limit: number,
  ): Promise<CommonsTopicFound[]> {
    const range = { from: from ?? new Date(0), after: placeWithin(after, before ?? EVER) };
    const rows = await this.topics.search({ ...what, authorIds: authorIds && toIds(authorIds), ...range }, limit);
    return rows.map(({ _id, title, tags, excerpt, words, answerWords, answerId, solved, authorId, lastAt }) => ({
      ...{ id: String(_id), title, tags, excerpt, words, answerWords, authorId: String(authorId), lastAt },
      answerId: solved && answerId ? String(answerId) : null,
    }));
  }

  /** What some answers say, in which nobody is named, and who wrote them, by their id. Whoever asks found them by {@link search}. */
  async answers(postIds: readonly string[]): Promise<ReadonlyMap<string, { body: string; authorId: string }>> {
    const posts = postIds.length > 0 ? await this.posts.byIds(toIds(postIds)) : [];
    const shown = posts.filter(({ removedAt, hiddenAt }) => !removedAt && !hiddenAt);
    return new Map(
      shown.map(({ _id, body, authorId }) => [
        String(_id),
        { body: namingOnly(body ?? '', () => false), authorId: String(authorId) },
      ]),
    );
  }

  /** Null where they answered, or the topic is gone. */
  async waiting(askId: string): Promise<WaitingAsk | null> {
    const id = toId(askId);
    const ask = id && (await this.asks.byId(id));
    if (!ask || ask.answer !== null) return null;
    const topic = await this.forum.byId(String(ask.topicId));
    if (!topic) return null;
    const userId = String(ask.userId);
    return {
      ...{ cohortId: String(ask.cohortId), topicId: topic.id, title: topic.title, userId, byId: String(ask.byId) },
      isTheirTopic: topic.authorId === userId,
    };
  }

  /** Those of some pairs of a topic of a cohort and a person who are asked for it and have not answered, as `<topic> <person>`. One query. */
  async waitingOf(pairs: readonly { id: string; userId: string }[]): Promise<ReadonlyMap<string, true>> {
    const rows = await this.asks.waiting(toIds(pairs.map(({ id }) => id)), toIds(pairs.map(({ userId }) => userId)));
    return new Map(rows.map(({ topicId, userId }) => [`${String(topicId)} ${String(userId)}`, true]));
  }

  /** Null for one that is not shown to all. */
  async post(postId: string): Promise<CommonsPostRef | null> {
    const id = toId(postId);
    const post = id && (await this.posts.find(id));
    const topic = post && !post.removedAt && (await this.topics.find(post.topicId));
    if (!post || !topic) return null;
    const writers = await this.posts.writersOf(topic._id);
    const authorId = String(post.authorId);
    const others = [...new Set([...writers, String(topic.authorId)])].filter((userId) => userId !== authorId);
    return {
      ...{ topicId: String(topic._id), title: topic.title, cohortId: String(topic.cohortId), authorId },
      keptAt: post.keptAt?.getTime() ?? 0,
      others: await this.access.among(others),
    };
  }

  /** Those of some pairs of a post and a person where it is shown to all (neither gone, removed nor hidden) and they are in a cohort, as `<post> <person>`, with the title that its topic has now. A query for each kind of thing. */
  async shownTo(pairs: readonly { id: string; userId: string }[]): Promise<ReadonlyMap<string, { title: string }>> {
    const found = await this.posts.byIds(toIds([...new Set(pairs.map(({ id }) => id))]));
    const posts = found.filter((post) => !post.removedAt && !post.hiddenAt);
    const [topics, people] = await Promise.all([
      this.topics.byIds(posts.map(({ topicId }) => topicId)),
      this.access.among(pairs.map(({ userId }) => userId)),
    ]);
    const titles = new Map(topics.map(({ _id, title }) => [String(_id), title]));
    const titleOf = new Map(posts.map(({ _id, topicId }) => [String(_id), titles.get(String(topicId))]));
    const within = new Set(people);
    return new Map(
      pairs.flatMap(({ id, userId }) => {
        const title = within.has(userId) ? titleOf.get(id) : undefined;
        return title === undefined ? [] : [[`${id} ${userId}`, { title }] as const];
      }),
    );
  }
}
