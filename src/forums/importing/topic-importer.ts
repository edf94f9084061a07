import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { idOf } from '../../infra/mongo/ids.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { ForumTexts } from '../forum-texts.js';
import { mentionedIds, topicWords } from '../topic.js';
import { type ImportedPostRow, ImportedTopicsRepository } from './imported-topics.repository.js';

/** A topic that was begun elsewhere. Its `id` is made of where it comes from, so that it comes in once. `closed`: by whom it is closed here. */
export interface ImportedTopic {
  id: Types.ObjectId;
  cohortId: Types.ObjectId;
  title: string;
  tags: string[];
  hasAnswer: boolean;
  closed: Types.ObjectId | null;
}

/** A post of it; `isQuestion`: the topic begins with it. */
export interface ImportedPost {
  id: Types.ObjectId;
  authorId: Types.ObjectId;
  body: string;
  /** Whom it may name: those of the cohort, and who came along. Whoever else a mark in it would be is named nowhere. */
  people: ReadonlySet<string>;
  createdAt: Date;
  editedAt: Date | null;
  isQuestion: boolean;
  isAnswer: boolean;
}

const TRIES = 5;

/**
 * Brings topics from elsewhere into a forum, some posts at a time: the numbers and the posts in one transaction, as whoever writes does. Nobody is told of them, and they
 * are news for nobody.
 */
@Injectable()
export class TopicImporter {
  constructor(
    private readonly rows: ImportedTopicsRepository,
    private readonly texts: ForumTexts,
    private readonly transactions: Transactions,
  ) {}

  /** Those of these posts that are here already. */
  async known(ids: readonly Types.ObjectId[]): Promise<Set<string>> {
    return await this.rows.known(ids);
  }

  /**
   * Writes those of these posts that are not here, in the order given. `waiting`: the topic is not here, and they do not begin it. What is left out of a topic that was
   * deleted here stays outside.
   */
  async write(topic: ImportedTopic, posts: readonly ImportedPost[]): Promise<'written' | 'waiting'> {
    const question = posts.find(({ isQuestion }) => isQuestion);
    const excerpt = question ? (await this.texts.read(String(topic.cohortId), question.body)).excerpt : '';
    for (let tries = 1; ; tries += 1) {
      const known = await this.rows.known(posts.map(({ id }) => id));
      const fresh = posts.filter(({ id }) => !known.has(String(id)));
      if (fresh.length === 0) return 'written';
      try {
        return await this.added(topic, fresh, excerpt);
      } catch (error) {
        // Another run brings the same at this moment.
        if (!isDuplicateKey(error) || tries === TRIES) throw error;
      }
    }
  }

  private async added(
    topic: ImportedTopic,
    posts: readonly ImportedPost[],
    excerpt: string,
  ): Promise<'written' | 'waiting'> {
    const [first] = posts;
    const latest = posts.reduce((one, other) => (other.createdAt >= one.createdAt ? other : one));
    const answerId = posts.find(({ isAnswer }) => isAnswer)?.id ?? null;
    return await this.transactions.run(async (session) => {
      const there = await this.rows.topic(topic.id, session);
      if (there?.deletedAt) return 'written';
      if (!there && !first?.isQuestion) return 'waiting';
      const others = posts.filter(
        ({ authorId }) => !authorId.equals(there?.authorId ?? first?.authorId ?? authorId),
      ).length;
      const last = { authorId: latest.authorId, at: latest.createdAt };
      const lastNumber = there
        ? await this.rows.grow(topic.id, { posts: posts.length, others, latest: last, answerId }, session)
        : posts.length;
      if (lastNumber === null) return 'written';
      const numberOf = (at: number) => lastNumber - posts.length + 1 + at;
      if (!there && first)
        await this.rows.insertTopic(
          {
            ...{ _id: topic.id, cohortId: topic.cohortId, authorId: first.authorId, questionId: first.id },
            kind: topic.hasAnswer ? 'question' : 'discussion',
            ...{
              title: topic.title,
              tags: topic.tags,
              excerpt,
              words: topicWords(topic.title, topic.tags, first.body),
            },
            ...{ lastNumber, posts: lastNumber, imported: lastNumber, others, solved: answerId !== null, answerId },
            ...{ lastPostAt: last.at, lastAuthorId: last.authorId, createdAt: first.createdAt },
            ...(topic.closed && { closed: { how: 'closed' as const, byId: topic.closed, at: last.at, why: null } }),
          },
          session,
        );
      await this.rows.insertPosts(
        posts.map((post, at) => rowOf(topic, post, numberOf(at))),
        session,
      );
      return 'written';
    });
  }
}

const rowOf = (topic: ImportedTopic, post: ImportedPost, number: number): ImportedPostRow => ({
  ...{ _id: post.id, cohortId: topic.cohortId, topicId: topic.id, number, authorId: post.authorId, body: post.body },
  ...{
    mentions: mentionedIds(post.body)
      .filter((id) => post.people.has(id))
      .map(idOf),
    createdAt: post.createdAt,
    editedAt: post.editedAt,
  },
  acceptedAt: post.isAnswer ? post.createdAt : null,
});
