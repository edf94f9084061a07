import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { ActorsNow } from '../cohorts/members/actors-now.js';
import type { CohortActor } from '../common/actor.js';
import { decodeCursor, pageOf } from '../common/cursor.js';
import { forbidden, invalidField, notFound } from '../common/problem.js';
import { draftKeys } from '../contracts/draft-keys.js';
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
import { Outbox } from '../infra/outbox/outbox.js';
import { DraftsRepository } from './drafts/drafts.repository.js';
import { FollowingsRepository } from './followings.repository.js';
import { forumLevelChanged, topicChanged } from './forums.events.js';
import { topicAbilities } from './forums.policy.js';
import { ForumsPresenter } from './forums.presenter.js';
import { PostsRepository } from './posts.repository.js';
import { asOfTopic } from './levels/level-rule.js';
import { TopicLevels } from './levels/topic-levels.js';
import { type AskPage, OwnLists } from './lists/own-lists.js';
import { PinnedFirst } from './lists/pinned-first.js';
import { closedProblem, mayTouch } from './moderation/closing.js';
import { leadOf, topicWords } from './topic.js';
import { wholeText } from './threads/thread-quote.js';
import { ThreadsPort } from './threads/threads.js';
import { SlowTurns } from './slow/slow-turns.js';
import { WorkshopsPort } from './workshops.port.js';
import { type TopicFacts, TopicsRepository } from './topics.repository.js';

const MAX_TAGS = 100;

/** Topics of a cohort: finding, renaming, following. */
@Injectable()
export class TopicsService {
  constructor(
    private readonly topics: TopicsRepository,
    private readonly posts: PostsRepository,
    private readonly followings: FollowingsRepository,
    private readonly drafts: DraftsRepository,
    private readonly threads: ThreadsPort,
    private readonly workshops: WorkshopsPort,
    private readonly present: ForumsPresenter,
    private readonly own: OwnLists,
    private readonly pinnedFirst: PinnedFirst,
    private readonly levels: TopicLevels,
    private readonly turns: SlowTurns,
    private readonly actors: ActorsNow,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly bus: EventBus,
  ) {}

  /** A page of topics: those that are pinned and then the latest first, or those who wait longest first where nobody has answered. */
  async list(actor: CohortActor, query: TopicsQuery): Promise<{ items: TopicSummary[]; nextCursor: string | null }> {
    const order = query.sort ?? (query.state === 'unanswered' ? 'oldest' : 'latest');
    const { mine, workshop, list, ...filter } = query;
    const workshopId = workshop === undefined ? undefined : toId(workshop);
    if (workshopId === null) return { items: [], nextCursor: null };
    if (isPlain(query)) {
      const latest = await this.pinnedFirst.page(idOf(actor.cohortId), filter, query.cursor, query.limit);
      return { ...latest, items: await this.present.topics(actor, latest.items) };
    }
    const after = query.cursor === undefined ? null : placeFrom(query.cursor);
    const narrowed = {
      ...filter,
      ...(mine === 'true' && { mine: idOf(actor.userId) }),
      ...(workshopId && { workshopId }),
    };
    const ask: AskPage = async (own, limit) =>
      await this.topics.page(idOf(actor.cohortId), { ...narrowed, ...(own && { own }) }, order, after, limit);
    const show = async (rows: readonly TopicFacts[]) => await this.present.topics(actor, rows);
    const placeOf = (row: TopicFacts) => this.topics.placeOf(row, order);
    if (!list) {
      const page = pageOf(await ask(undefined, query.limit), query.limit, placeOf);
      return { ...page, items: await show(page.items) };
    }
    const { rows, shown } = await this.own.page(actor, list, { ask, show, limit: query.limit });
    return { ...pageOf(rows, query.limit, placeOf), items: shown.slice(0, query.limit) };
  }

  async counts(actor: CohortActor): Promise<TopicCounts> {
    const cohortId = idOf(actor.cohortId);
    const [all, fresh, unanswered, solved, mine, tags] = await Promise.all([
      this.topics.count(cohortId, {}),
      this.own.freshTo(actor).then((own) => this.topics.count(cohortId, { own })),
      this.topics.count(cohortId, { state: 'unanswered' }),
      this.topics.count(cohortId, { state: 'solved' }),
      this.topics.count(cohortId, { mine: idOf(actor.userId) }),
      this.topics.tags(cohortId, MAX_TAGS),
    ]);
    return { all, fresh, unanswered, solved, mine, tags };
  }

  /** Throws 404. */
  async get(actor: CohortActor, topicId: string): Promise<Topic> {
    const topic = await this.find(actor, topicId);
    const postIds = [topic.questionId, ...(topic.answerId ? [topic.answerId] : [])];
    const [posts, [shown], thread, workshop, levelOf, first, begun, nextReplyAt] = await Promise.all([
      this.posts.byIds(postIds).then((rows) => this.present.postsOf(actor, topic, rows)),
      this.present.read(actor, [topic]),
      this.threadOf(actor, topic),
      this.workshopOf(actor, topic),
      this.levels.ofPerson(idOf(actor.userId), [topic]),
      topic.duplicateOf ? this.topics.find(topic.cohortId, topic.duplicateOf) : null,
      this.drafts.begun(idOf(actor.userId), topic.cohortId, draftKeys.reply(String(topic._id))),
      this.turns.nextOf(actor, topic),
    ]);
    const question = posts.find((post) => post.id === String(topic.questionId));
    if (!shown || !question) throw notFound();
    const { summary, reading, slow, chosen } = shown;
    return {
      ...summary,
      cohortId: actor.cohortId,
      question,
      answer: posts.find((post) => post.isAnswer) ?? null,
      chosen,
      duplicateOf: first && { id: String(first._id), title: first.title },
      thread,
      workshop,
      handbookPage: topic.handbookPage ? String(topic.handbookPage) : null,
      commonsTopic: topic.commonsTopic ? String(topic.commonsTopic) : null,
      subscription: asOfTopic(levelOf(topic, reading).level),
      readAt: reading.readAt?.toISOString() ?? null,
      draft: begun.revision,
      edits: begun.postIds,
      slow,
      nextReplyAt: nextReplyAt?.toISOString() ?? null,
      abilities: topicAbilities(actor, leadOf(topic)),
    };
  }

  /** New title or tags; the same again is told to nobody. Throws 404, 403, 409 `topic_locked`. */
  async update(actor: CohortActor, topicId: string, change: UpdateTopic): Promise<Topic> {
    const topic = await this.find(actor, topicId);
    demandEdit(actor, topic);
    const fact = { cohortId: actor.cohortId, topicId: String(topic._id) };
    const isNew = await this.transactions.run(async (session) => {
      const now = await this.topics.find(topic.cohortId, topic._id, session);
      const question = await this.posts.find(topic.cohortId, topic.questionId, session);
      if (!now) throw notFound();
      demandEdit(await this.actors.asMember(actor, session), now);
      const text = wholeText(question?.body ?? '', question?.quotes);
      const title = change.title ?? now.title;
      const tags = change.tags ? [...new Set(change.tags)] : now.tags;
      if (title === now.title && isDeepStrictEqual(tags, now.tags)) return false;
      await this.topics.update(
        topic._id,
        { title, tags, words: topicWords(title, tags, text, question?.poll) },
        session,
      );
      await this.outbox.write(topicChanged, fact, session);
      return true;
    });
    if (isNew) this.bus.publish(topicChanged, fact);
    return await this.get(actor, topicId);
  }

  /** How closely I follow a topic. Throws 404. */
  async follow(actor: CohortActor, topicId: string, level: SubscriptionLevel): Promise<void> {
    const topic = await this.find(actor, topicId);
    await this.transactions.run(async (session) => {
      // The same level again changes nothing of what they are reminded of.
      if (await this.followings.setLevel(topic._id, idOf(actor.userId), level, session))
        await this.outbox.write(forumLevelChanged, { cohortId: actor.cohortId, userId: actor.userId }, session);
    });
  }

  /** A topic of the actor's cohort. Throws 404. */
  async find(actor: CohortActor, topicId: string): Promise<TopicFacts> {
    const id = toId(topicId);
    const topic = id && (await this.topics.find(idOf(actor.cohortId), id));
    if (!topic) throw notFound();
    return topic;
  }

  /** The same as it is in a transaction. Throws 404. */
  async findIn(actor: CohortActor, topicId: Types.ObjectId, session: ClientSession): Promise<TopicFacts> {
    const topic = await this.topics.find(idOf(actor.cohortId), topicId, session);
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

/** Throws 403, 409 `topic_locked`. */
function demandEdit(actor: CohortActor, topic: TopicFacts): void {
  const { closed } = leadOf(topic);
  if (closed && !mayTouch(actor, closed)) throw closedProblem(closed);
  if (!topicAbilities(actor, leadOf(topic)).edit) throw forbidden();
}

/** Nothing but a tag narrows it, and no order was chosen: what is pinned stands first. */
const isPlain = ({ q, state, list, mine, workshop, sort }: TopicsQuery) =>
  [q, state, list, workshop, sort].every((one) => one === undefined) && mine !== 'true';

function placeFrom(cursor: string): { value: number; id: Types.ObjectId } {
  const [value, hex] = decodeCursor(cursor, 2);
  const id = typeof hex === 'string' ? toId(hex) : null;
  if (typeof value !== 'number' || !id || Number.isNaN(new Date(value).getTime()))
    throw invalidField('/cursor', 'wrong_format');
  return { value, id };
}
