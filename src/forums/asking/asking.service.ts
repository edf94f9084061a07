import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { People } from '../../auth/people.js';
import { UsersRepository } from '../../auth/users.repository.js';
import { Members } from '../../cohorts/members/members.service.js';
import type { CohortActor } from '../../common/actor.js';
import { conflict, forbidden } from '../../common/problem.js';
import { Clock, DAY } from '../../common/times/clock.js';
import type { PossibleHelpers } from '../../contracts/forum/asking.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import { idOf, newId, toIds } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { RateLimits } from '../../infra/redis/rate-limits.js';
import { helperAsked } from '../forums.events.js';
import { faceOf } from '../forums.presenter.js';
import { PostsRepository } from '../posts.repository.js';
import { kindOf, leadOf } from '../topic.js';
import { type TopicFacts, TopicsRepository } from '../topics.repository.js';
import { TopicsService } from '../topics.service.js';
import { ASKED_ENOUGH, type Candidate, likelyHelpers, sparedHelpers } from './helper-rule.js';
import type { TopicAskRow } from './topic-ask.schema.js';
import { TopicAsksRepository } from './topic-asks.repository.js';

const ASKING = { name: 'topic-asks', points: 20, seconds: 3600 };
const LATELY = 7 * DAY;
/** Of the solved questions with its tags, the latest so many are looked at. */
const MAX_ANSWERS = 300;

/** Finds who may know the answer of a question that waits, and asks them. */
@Injectable()
export class AskingService {
  constructor(
    private readonly topicsService: TopicsService,
    private readonly topics: TopicsRepository,
    private readonly posts: PostsRepository,
    private readonly asks: TopicAsksRepository,
    private readonly members: Members,
    private readonly users: UsersRepository,
    private readonly people: People,
    private readonly limits: RateLimits,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Nobody where it waits for no answer: it may have got one since it was looked at. Throws 404, 403. A fixed number of queries. */
  async helpers(actor: CohortActor, topicId: string): Promise<PossibleHelpers> {
    const topic = await this.mayAsk(actor, topicId);
    return isWaiting(topic) ? await this.present(topic) : { items: [], spared: [] };
  }

  /** Asks those of some people who may know, each once a question. Throws 404, 403, 409 `not_waiting`, 429. */
  async ask(actor: CohortActor, topicId: string, userIds: readonly string[]): Promise<PossibleHelpers> {
    const topic = await this.mayAsk(actor, topicId);
    if (!isWaiting(topic))
      throw conflict('not_waiting', 'Only a question without an answer looks for somebody who knows.');
    await this.limits.take(ASKING, actor.userId);
    const asked = new Set((await this.asks.ofTopic(topic._id)).map(({ userId }) => String(userId)));
    const likely = likelyHelpers(topic.tags, await this.candidates(topic));
    const named = likely.filter(({ userId }) => userIds.includes(userId) && !asked.has(userId));
    const at = this.clock.now();
    const rows = named.map(({ userId }) => ({
      ...{ _id: newId(), cohortId: topic.cohortId, topicId: topic._id, userId: idOf(userId) },
      ...{ byId: idOf(actor.userId), at },
    }));
    try {
      if (rows.length > 0)
        await this.transactions.run(async (session) => {
          const left = await this.notAskedEnough(topic, rows, session);
          if (left.length > 0) await this.asks.add(left, session);
          for (const { _id } of left) await this.outbox.write(helperAsked, { askId: String(_id) }, session);
        });
    } catch (error) {
      // Somebody else asks them at this very moment.
      if (!isDuplicateKey(error)) throw error;
    }
    return await this.present(topic);
  }

  /** Counted once each is held: whoever asks one of them for another question at this moment comes before or after. */
  private async notAskedEnough(
    { _id, cohortId }: TopicFacts,
    rows: readonly TopicAskRow[],
    session: ClientSession,
  ): Promise<TopicAskRow[]> {
    // Within a transaction one writes one thing after the other.
    for (const { userId } of rows) await this.people.hold(userId, session);
    const lately = await this.asks.countSince(cohortId, this.lately(), _id, session);
    return rows.filter(({ userId }) => (lately.get(String(userId)) ?? 0) < ASKED_ENOUGH);
  }

  private lately(): Date {
    return new Date(this.clock.now().getTime() - LATELY);
  }

  private async mayAsk(actor: CohortActor, topicId: string): Promise<TopicFacts> {
    const topic = await this.topicsService.find(actor, topicId);
    if (actor.role !== 'staff' && String(topic.authorId) !== actor.userId) throw forbidden();
    return topic;
  }

  private async present(topic: TopicFacts): Promise<PossibleHelpers> {
    const [members, asks] = await Promise.all([this.candidates(topic), this.asks.ofTopic(topic._id)]);
    const askedAt = new Map(asks.map(({ userId, at }) => [String(userId), at.toISOString()]));
    // Who was asked for this question stays named with it, whatever they are asked for after.
    const candidates = members.map((one) => (askedAt.has(one.userId) ? { ...one, askedLately: 0 } : one));
    const [likely, spared] = [likelyHelpers(topic.tags, candidates), sparedHelpers(topic.tags, candidates)];
    const faces = await this.people.byId([...likely, ...spared].map(({ userId }) => userId));
    return {
      spared: spared.map(({ userId }) => faceOf(userId, faces)),
      items: likely.map(({ userId, gives, answers }) => ({
        person: faceOf(userId, faces),
        ...{ gives, answers, askedAt: askedAt.get(userId) ?? null },
      })),
    };
  }

  private async candidates({ _id, cohortId, authorId, tags }: TopicFacts): Promise<Candidate[]> {
    const members = (await this.members.list(String(cohortId))).filter(({ userId }) => userId !== String(authorId));
    const [listed, answers, lately] = await Promise.all([
      this.users.listed(toIds(members.map(({ userId }) => userId))),
      this.answersBy(cohortId, tags),
      this.asks.countSince(cohortId, this.lately(), _id),
    ]);
    return listed.map((person) => {
      const userId = String(person._id);
      return {
        ...{ userId, gives: person.gives },
        ...{ answers: answers.get(userId) ?? 0, askedLately: lately.get(userId) ?? 0 },
      };
    });
  }

  /** How many questions with one of these tags each person answered, by their id. Two queries. */
  private async answersBy(cohortId: Types.ObjectId, tags: readonly string[]): Promise<Map<string, number>> {
    if (tags.length === 0) return new Map();
    const answerIds = await this.topics.answersWith(cohortId, tags, MAX_ANSWERS);
    const posts = await this.posts.authorsOf(answerIds);
    const counts = new Map<string, number>();
    for (const { authorId } of posts) counts.set(String(authorId), (counts.get(String(authorId)) ?? 0) + 1);
    return counts;
  }
}

const isWaiting = (topic: TopicFacts) => kindOf(topic) === 'question' && !topic.solved && !leadOf(topic).closed;
