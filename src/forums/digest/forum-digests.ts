import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { BatchPerKey } from '../../common/batch-per-key.js';
import { grouped } from '../../common/grouped.js';
import { excerptOf } from '../../common/markdown/excerpt.js';
import { withoutQuoted } from '../../common/texts/forum/quote-marks.js';
import { idOf, toIds } from '../../infra/mongo/ids.js';
import { TopicAsksRepository } from '../asking/topic-asks.repository.js';
import { TopicLevels } from '../levels/topic-levels.js';
import { PostsRepository } from '../posts.repository.js';
import { hexes, kindOf, withNames } from '../topic.js';
import { type TopicFacts, TopicsRepository } from '../topics.repository.js';
import { type Answer, bestAnswers } from './best-answers.js';
import { DigestRowsRepository, type ReplyRow } from './digest-rows.repository.js';
import { fittingQuestions } from './fitting-questions.js';

/** A member whom a digest is for. */
export interface DigestMember {
  userId: string;
  gives: readonly string[];
  /** When their last digest left, or would have. */
  since: Date;
  /** Questions with this tag they are told of anyway. */
  besides: string | null;
}

/** An answer worth reading; names are empty for former members. */
export interface DigestAnswer {
  cohortId: string;
  topicId: string;
  title: string;
  number: number;
  by: string;
  /** How it begins. */
  text: string;
}

/** A question that waits for what its reader gives. */
export interface DigestQuestion {
  cohortId: string;
  topicId: string;
  title: string;
  by: string;
  askedAt: Date;
  gives: string;
}

/** What a forum has for one member. */
export interface ForumDigest {
  answers: DigestAnswer[];
  questions: DigestQuestion[];
}

/** So many questions that wait are looked at, the latest. */
const MAX_WAITING = 200;
const MAX_TEXT = 160;

/** What of a cohort's forum goes into digests. Those that leave at once are gathered together: the same few queries for one member or all. */
@Injectable()
export class ForumDigests {
  private readonly gathering = new BatchPerKey<DigestMember, ForumDigest>((cohortId, members) =>
    this.gather(cohortId, members),
  );

  constructor(
    private readonly rows: DigestRowsRepository,
    private readonly topics: TopicsRepository,
    private readonly posts: PostsRepository,
    private readonly levels: TopicLevels,
    private readonly asks: TopicAsksRepository,
    private readonly people: People,
  ) {}

  /** For a member of the cohort: whoever asks knows that they are one. */
  async of(cohortId: string, member: DigestMember): Promise<ForumDigest> {
    return await this.gathering.ask(cohortId, member);
  }

  private async gather(cohortId: string, members: readonly DigestMember[]): Promise<ForumDigest[]> {
    const id = idOf(cohortId);
    const since = new Date(Math.min(...members.map((one) => one.since.getTime())));
    const [answered, waiting] = await Promise.all([
      this.answersSince(cohortId, since),
      this.topics.page(id, { state: 'unanswered' }, 'latest', null, MAX_WAITING),
    ]);
    const topics = new Map([...answered.topics.values(), ...waiting].map((topic) => [String(topic._id), topic]));
    const [levels, asks] = await Promise.all([
      this.levels.ofAll([...topics.values()]),
      this.asks.ofPeople(
        toIds(members.map(({ userId }) => userId)),
        waiting.map(({ _id }) => _id),
      ),
    ]);
    const askedOf = grouped(asks, ({ userId }) => String(userId));
    const questions = waiting.map((topic) => ({
      ...{ id: String(topic._id), authorId: String(topic.authorId), tags: topic.tags, createdAt: topic.createdAt },
    }));
    const chosen = members.map(({ userId, gives, since: from, besides }) => {
      const muted = new Set([...topics.keys()].filter((one) => levels.get(one)?.get(userId)?.level === 'muted'));
      const without = new Set([...muted, ...(askedOf.get(userId) ?? []).map(({ topicId }) => String(topicId))]);
      return {
        answers: bestAnswers({ userId, since: from, muted }, answered.answers),
        questions: fittingQuestions(
          { userId, gives, without },
          questions.filter(({ tags }) => besides === null || !tags.includes(besides)),
        ),
      };
    });
    return await this.worded(cohortId, chosen, topics);
  }

  /** The replies that may be among the best of somebody, each of a question that is there. Four queries. */
  private async answersSince(cohortId: string, since: Date) {
    const id = idOf(cohortId);
    const [accepted, recent] = await Promise.all([
      this.rows.acceptedSince(id, since),
      this.rows.topicsSince(id, since),
    ]);
    const [thanked, others] = await Promise.all([
      this.rows.thankedSince(
        recent.map(({ _id }) => _id),
        since,
      ),
      this.topics.byIds(accepted.map(({ topicId }) => topicId)),
    ]);
    const questions = [...recent, ...others].filter((topic) => kindOf(topic) === 'question');
    const topics = new Map(questions.map((topic) => [String(topic._id), topic]));
    const replies = new Map([...accepted, ...thanked].map((row) => [String(row._id), row]));
    const answers = [...replies.values()].flatMap((row) => {
      const topic = topics.get(String(row.topicId));
      return topic ? [toAnswer(row, topic)] : [];
    });
    return { answers, topics };
  }

  /** Two queries. */
  private async worded(
    cohortId: string,
    chosen: readonly { answers: Answer[]; questions: ReturnType<typeof fittingQuestions>[number][] }[],
    topics: ReadonlyMap<string, TopicFacts>,
  ): Promise<ForumDigest[]> {
    const answerIds = chosen.flatMap(({ answers }) => answers.map(({ id }) => id));
    const rows = (await this.posts.byIds(toIds([...new Set(answerIds)]))).filter(({ deletedAt }) => !deletedAt);
    const bodies = new Map(rows.map((row) => [String(row._id), row]));
    const authors = chosen.flatMap(({ answers, questions }) => [...answers, ...questions].map((one) => one.authorId));
    const faces = await this.people.byId([...authors, ...rows.flatMap(({ mentions }) => hexes(mentions))]);
    const names = new Map([...faces].map(([userId, { name }]) => [userId, name]));
    const nameOf = (userId: string) => names.get(userId) ?? '';
    const titleOf = (topicId: string) => topics.get(topicId)?.title ?? '';
    return chosen.map(({ answers, questions }) => ({
      answers: answers.flatMap(({ id, topicId, authorId }) => {
        const row = bodies.get(id);
        if (!row) return [];
        // Its own words: those of a post that it quotes may be gone by now, or go.
        const text = excerptOf(withNames(withoutQuoted(row.body ?? ''), names), MAX_TEXT) || '…';
        return [{ cohortId, topicId, title: titleOf(topicId), number: row.number, by: nameOf(authorId), text }];
      }),
      questions: questions.map(({ id, authorId, createdAt, gives }) => ({
        ...{ cohortId, topicId: id, title: titleOf(id), by: nameOf(authorId), askedAt: createdAt },
        gives,
      })),
    }));
  }
}

function toAnswer(row: ReplyRow, topic: TopicFacts): Answer {
  const reactors = new Set((row.reactions ?? []).flatMap(({ userIds }) => hexes(userIds)));
  const isAnswer = topic.answerId?.equals(row._id) ?? false;
  return {
    ...{ id: String(row._id), topicId: String(row.topicId), authorId: String(row.authorId) },
    askedBy: String(topic.authorId),
    acceptedAt: (isAnswer && row.acceptedAt) || null,
    createdAt: row.createdAt,
    thanks: Math.max(row.votes, [...reactors].filter((userId) => userId !== String(row.authorId)).length),
  };
}
