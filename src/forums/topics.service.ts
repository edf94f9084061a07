import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import type { CohortActor } from '../common/actor.js';
import { decodeCursor, pageOf } from '../common/cursor.js';
import { forbidden, invalidField, notFound } from '../common/problem.js';
import type {
  SubscriptionLevel,
  ThreadRef,
  Topic,
  TopicCounts,
  TopicSummary,
  TopicsQuery,
  UpdateTopic,
} from '../contracts/forums.js';
import { EventBus } from '../infra/events/event-bus.js';
import { idOf, toId } from '../infra/mongo/ids.js';
import { Transactions } from '../infra/mongo/transactions.js';
import { FollowingsRepository } from './followings.repository.js';
import { topicChanged } from './forums.events.js';
import { topicAbilities } from './forums.policy.js';
import { ForumsPresenter } from './forums.presenter.js';
import { PostsRepository } from './posts.repository.js';
import { likeness, tellingWords, topicWords } from './topic.js';
import { wholeText } from './threads/thread-quote.js';
import { ThreadsPort } from './threads/threads.js';
import { WorkshopsPort } from './workshops.port.js';
import { type TopicFacts, TopicsRepository } from './topics.repository.js';

const MAX_CANDIDATES = 100;
const MAX_SIMILAR = 5;
const MAX_TAGS = 100;

/** Topics of a cohort: finding, renaming, following. */
@Injectable()
export class TopicsService {
  constructor(
    private readonly topics: TopicsRepository,
    private readonly posts: PostsRepository,
    private readonly followings: FollowingsRepository,
    private readonly threads: ThreadsPort,
    private readonly workshops: WorkshopsPort,
    private readonly present: ForumsPresenter,
    private readonly transactions: Transactions,
    private readonly bus: EventBus,
  ) {}

  /** A page of topics: the latest first, or those who wait longest first where nobody has answered. */
  async list(actor: CohortActor, query: TopicsQuery): Promise<{ items: TopicSummary[]; nextCursor: string | null }> {
    const order = query.sort ?? (query.state === 'unanswered' ? 'oldest' : 'latest');
    const { mine, workshop, ...filter } = query;
    const workshopId = workshop === undefined ? undefined : toId(workshop);
    if (workshopId === null) return { items: [], nextCursor: null };
    const rows = await this.topics.page(
      idOf(actor.cohortId),
      { ...filter, ...(mine === 'true' && { mine: idOf(actor.userId) }), ...(workshopId && { workshopId }) },
      order,
      query.cursor === undefined ? null : placeFrom(query.cursor),
      query.limit,
    );
    const page = pageOf(rows, query.limit, (row) => this.topics.placeOf(row, order));
    return { ...page, items: await this.present.topics(page.items) };
  }

  async counts(actor: CohortActor): Promise<TopicCounts> {
    const cohortId = idOf(actor.cohortId);
    const [all, unanswered, solved, mine, tags] = await Promise.all([
      this.topics.count(cohortId, {}),
      this.topics.count(cohortId, { state: 'unanswered' }),
      this.topics.count(cohortId, { state: 'solved' }),
      this.topics.count(cohortId, { mine: idOf(actor.userId) }),
      this.topics.tags(cohortId, MAX_TAGS),
    ]);
    return { all, unanswered, solved, mine, tags };
  }

  /** Topics like a title that is being typed, the most alike first. */
  async similar(actor: CohortActor, title: string): Promise<TopicSummary[]> {
    const words = tellingWords(title);
    if (words.length === 0) return [];
    const rows = await this.topics.withAnyWord(idOf(actor.cohortId), words, MAX_CANDIDATES);
    const ranked = rows
      .map((row) => ({ row, score: likeness(row, words) }))
      .sort((a, b) => b.score - a.score)
      .slice(0, MAX_SIMILAR);
    return await this.present.topics(ranked.map(({ row }) => row));
  }

  /** Throws 404. */
  async get(actor: CohortActor, topicId: string): Promise<Topic> {
    const topic = await this.find(actor, topicId);
    const [rows, subscription, [summary], thread, workshop] = await Promise.all([
      this.posts.byIds([topic.questionId, ...(topic.answerId ? [topic.answerId] : [])]),
      this.followings.levelOf(topic._id, idOf(actor.userId)),
      this.present.topics([topic]),
      this.threadOf(actor, topic),
      this.workshopOf(actor, topic),
    ]);
    const posts = await this.present.postsOf(actor, topic, rows);
    const question = posts.find((post) => post.id === String(topic.questionId));
    if (!summary || !question) throw notFound();
    return {
      ...summary,
      cohortId: actor.cohortId,
      question,
      answer: posts.find((post) => post.isAnswer) ?? null,
      thread,
      workshop,
      subscription,
      abilities: topicAbilities(actor, { authorId: String(topic.authorId) }),
    };
  }

  /** New title or tags. Throws 404, 403. */
  async update(actor: CohortActor, topicId: string, change: UpdateTopic): Promise<Topic> {
    const topic = await this.find(actor, topicId);
    if (!topicAbilities(actor, { authorId: String(topic.authorId) }).edit) throw forbidden();
    await this.transactions.run(async (session) => {
      const now = await this.topics.find(topic.cohortId, topic._id, session);
      const question = await this.posts.find(topic.cohortId, topic.questionId, session);
      if (!now) throw notFound();
      const title = change.title ?? now.title;
      const tags = change.tags ? [...new Set(change.tags)] : now.tags;
      await this.topics.update(
        topic._id,
        { title, tags, words: topicWords(title, tags, wholeText(question?.body ?? '', question?.quotes)) },
        session,
      );
    });
    this.bus.publish(topicChanged, { cohortId: actor.cohortId, topicId: String(topic._id) });
    return await this.get(actor, topicId);
  }

  /** How closely I follow a topic. Throws 404. */
  async follow(actor: CohortActor, topicId: string, level: SubscriptionLevel): Promise<void> {
    const topic = await this.find(actor, topicId);
    await this.followings.setLevel(topic._id, idOf(actor.userId), level);
  }

  /** A topic of the actor's cohort. Throws 404. */
  async find(actor: CohortActor, topicId: string): Promise<TopicFacts> {
    const id = toId(topicId);
    const topic = id && (await this.topics.find(idOf(actor.cohortId), id));
    if (!topic) throw notFound();
    return topic;
  }

  /** The workshop that it follows up, for who sees that one. */
  private async workshopOf(actor: CohortActor, { workshopId }: TopicFacts): Promise<Topic['workshop']> {
    if (!workshopId) return null;
    const id = String(workshopId);
    const title = await this.workshops.provider.titleFor(actor, id);
    return title === null ? null : { id, title };
  }

  /** The thread that it continues, for who may follow the link. */
  private async threadOf(actor: CohortActor, { thread }: TopicFacts): Promise<ThreadRef | null> {
    if (!thread) return null;
    const ref = { channelId: String(thread.channelId), messageId: String(thread.messageId) };
    return (await this.threads.provider.isReadable(actor.userId, ref)) ? ref : null;
  }
}

function placeFrom(cursor: string): { value: number; id: Types.ObjectId } {
  const [value, hex] = decodeCursor(cursor, 2);
  const id = typeof hex === 'string' ? toId(hex) : null;
  if (typeof value !== 'number' || !id || Number.isNaN(new Date(value).getTime()))
    throw invalidField('/cursor', 'wrong_format');
  return { value, id };
}
