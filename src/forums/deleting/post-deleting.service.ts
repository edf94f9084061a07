import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { ActorsNow } from '../../cohorts/members/actors-now.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { forbidden, notFound } from '../../common/problem.js';
import type { Post } from '../../contracts/forums.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { ForumTexts } from '../forum-texts.js';
import { postDeleted, postRestored, topicChanged, topicEnded, topicRestored } from '../forums.events.js';
import { FlagSettling } from '../flags/flag-settling.js';
import type { PostRow } from '../post.schema.js';
import { PostsRepository } from '../posts.repository.js';
import { PostsService } from '../posts.service.js';
import { ThreadsPort } from '../threads/threads.js';
import { TopicThreadsRepository } from '../threads/topic-threads.repository.js';
import { wholeText } from '../threads/thread-quote.js';
import { MAX_QUOTED, topicWords } from '../topic.js';
import { type TopicFacts, TopicsRepository } from '../topics.repository.js';
import { DeletedTopicsRepository } from './deleted-topics.repository.js';
import { isKept, mayRestore, mayRevive } from './deletion.js';

/** Deletes posts, and takes that back while their words are kept. */
@Injectable()
export class PostDeleting {
  constructor(
    private readonly service: PostsService,
    private readonly topics: TopicsRepository,
    private readonly deleted: DeletedTopicsRepository,
    private readonly posts: PostsRepository,
    private readonly flags: FlagSettling,
    private readonly begun: TopicThreadsRepository,
    private readonly threads: ThreadsPort,
    private readonly texts: ForumTexts,
    private readonly actors: ActorsNow,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly bus: EventBus,
    private readonly outbox: Outbox,
  ) {}

  /** Leaves a tombstone. A question takes its topic along while nobody has answered, and so does the last post. Throws 404, 403. */
  async delete(actor: CohortActor, postId: string): Promise<void> {
    const { topic: found, post } = await this.service.load(actor, postId);
    this.service.demand(actor, found, post, 'delete');
    const [at, byId] = [this.clock.now(), idOf(actor.userId)];
    const removed = String(post.authorId) !== actor.userId;
    const topicId = await this.transactions.run(async (session) => {
      const me = await this.actors.asMember(actor, session);
      const now = await this.placeOf(post, session, false);
      if (now && !now.post.deletedAt) this.service.demand(me, now.topic, now.post, 'delete');
      const buriedIn = await this.bury(post, { at, byId, removed }, session);
      // Who wrote it takes nothing away that staff were asked to look at.
      if (buriedIn && removed) await this.flags.settleOf(post._id, { outcome: 'hidden', byId, at }, session);
      return buriedIn ?? found._id;
    });
    this.changed({ cohortId: found.cohortId, _id: topicId });
  }

  /**
   * In a transaction: takes a post away because it was flagged; `byId` of staff, null for what its flags hid. One that is deleted already belongs to staff from then on. False
   * when nothing changed.
   */
  async hide(
    post: PostRow,
    { at, byId }: { at: Date; byId: Types.ObjectId | null },
    session: ClientSession,
  ): Promise<boolean> {
    const hidden = byId ? 'staff' : 'flags';
    const by = { at, byId, removed: true, hidden } as const;
    // Its author may have deleted the topic, and brings it back perhaps.
    if (await this.bury(post, by, session, { evenEnded: true })) return true;
    return byId !== null && (await this.posts.keepHidden(post._id, byId, session));
  }

  /** Leaves a tombstone, in a transaction; the topic in which it does. Null when it was one already, or its topic is gone. */
  private async bury(
    loaded: PostRow,
    { removed, ...by }: { at: Date; byId: Types.ObjectId | null; removed: boolean; hidden?: 'flags' | 'staff' },
    session: ClientSession,
    { evenEnded = false } = {},
  ): Promise<Types.ObjectId | null> {
    const place = await this.placeOf(loaded, session, evenEnded);
    if (!place) return null;
    const { topic, post } = place;
    const wasAnswer = Boolean(topic.answerId?.equals(post._id));
    if (!(await this.posts.bury(post._id, { ...by, wasAnswer }, session))) return null;
    const topicId = String(topic._id);
    const fact = { cohortId: String(topic.cohortId), topicId, postId: String(post._id) };
    await this.outbox.write(postDeleted, fact, session);
    const byOther = !post.authorId.equals(topic.authorId);
    const latest = await this.posts.latest(topic._id, session);
    await this.topics.removePost(topic._id, { postId: post._id, byOther, latest }, session);
    const isQuestion = post.number === 1;
    // Somebody else's post can bring the topic back without its question.
    if (isQuestion) await this.blankQuestion(topic, session);
    const ended = { postId: post._id, removed, ...(by.byId && { byId: by.byId }) };
    if (await this.deleted.end(topic._id, { at: by.at, ended, withQuestion: isQuestion }, session)) {
      if (topic.thread) await this.begun.free(topic.thread.messageId, session);
      await this.outbox.write(topicEnded, { topicId }, session);
    }
    return topic._id;
  }

  /** It may have gone to another topic meanwhile; null where that is deleted. */
  private async placeOf(
    { cohortId, _id }: PostRow,
    session: ClientSession,
    evenEnded: boolean,
  ): Promise<{ topic: TopicFacts; post: PostRow } | null> {
    const post = await this.posts.find(cohortId, _id, session);
    if (!post) return null;
    const topic = evenEnded
      ? await this.topics.evenDeleted(post.topicId, session)
      : await this.topics.find(cohortId, post.topicId, session);
    return topic && { topic, post };
  }

  /** A deleted post is there again, and its topic with it; what is there already stays as it is. Throws 404 for what is gone for good, 403. */
  async restore(actor: CohortActor, postId: string): Promise<Post> {
    const { topic, post } = await this.loadDeleted(actor, postId);
    const done = { outcome: 'kept', byId: idOf(actor.userId), at: this.clock.now() } as const;
    const looked = async (session: ClientSession) => {
      // Who took their own words away and brings them back decides nothing.
      if (!post.authorId.equals(done.byId)) await this.flags.settleOf(post._id, done, session);
    };
    if (post.deletedAt) await this.showAgain(actor, topic, post, looked);
    const now = await this.service.load(actor, postId);
    return await this.service.show(actor, now.topic, postId);
  }

  /** Brings a deleted post back after `before`, in one transaction. Throws as {@link restore}, and what `before` throws. */
  async showAgain(
    actor: CohortActor,
    topic: TopicFacts,
    post: PostRow,
    before: (session: ClientSession) => Promise<void>,
  ): Promise<void> {
    await this.blankQuotes(post);
    await this.whileThreadsMove(async (session) => {
      await before(session);
      await this.bringBack(actor, post, session);
    });
    await this.changedWhereItIs(topic, post);
  }

  /**
   * The same of a post that is hidden because it was flagged, as it stands once `before` is done; one that is there, or that its author deleted, stays as it is. Throws 404 where its
   * words are gone.
   */
  async showHidden(
    actor: CohortActor,
    topic: TopicFacts,
    post: PostRow,
    before: (session: ClientSession) => Promise<void>,
  ): Promise<void> {
    if (post.deletedAt) await this.blankQuotes(post);
    await this.whileThreadsMove(async (session) => {
      await before(session);
      const now = await this.posts.withKept(post.cohortId, post._id, session);
      if (!now?.deletedAt || !now.hidden) return;
      if (!now.keptSince) throw notFound();
      await this.bringBack(actor, now, session);
    });
    await this.changedWhereItIs(topic, post);
  }

  private async bringBack(
    actor: CohortActor,
    { _id: postId, cohortId, keptSince }: PostRow,
    session: ClientSession,
  ): Promise<void> {
    const post = await this.posts.withKept(cohortId, postId, session);
    const topic = post && (await this.topics.evenDeleted(post.topicId, session));
    if (!post?.deletedAt || !topic || !keptSince) return;
    const { _id: topicId, authorId } = topic;
    this.demandRestore(await this.actors.asMember(actor, session), topic, post);
    if (!(await this.posts.restore(postId, keptSince, session))) return;
    if (topic.deletedAt) await this.revive(topic, session);
    const byOther = !post.authorId.equals(authorId);
    const latest = await this.posts.latest(topicId, session);
    await this.deleted.addBack(topicId, { byOther, latest, answerId: post.wasAnswer ? postId : null }, session);
    if (post.number === 1) {
      const text = wholeText(post.body ?? '', post.quotes);
      const { excerpt } = await this.texts.read(actor.cohortId, text, post.quotes && MAX_QUOTED);
      await this.topics.update(
        topicId,
        { excerpt, words: topicWords(topic.title, topic.tags, text, post.poll) },
        session,
      );
    }
    const fact = { cohortId: actor.cohortId, topicId: String(topicId), postId: String(postId) };
    await this.outbox.write(postRestored, fact, session);
  }

  /** It continues its thread of chat, unless that goes on in another topic by now. */
  private async revive(topic: TopicFacts, session: ClientSession): Promise<void> {
    const { _id, thread } = topic;
    const isTaken = thread && (await this.begun.topicOf(thread.messageId, session)) !== null;
    if (thread && !isTaken) await this.begun.take(thread.messageId, _id, session);
    if (!(await this.deleted.revive(_id, { thread: !isTaken }, session))) throw notFound();
    // A topic that ended before they were blanked with the question has them still.
    const question = await this.posts.find(topic.cohortId, topic.questionId, session);
    if (question?.deletedAt) await this.blankQuestion(topic, session);
    await this.outbox.write(topicRestored, { topicId: String(_id) }, session);
  }

  /** A topic is found by its title and tags alone while its question is deleted. */
  private async blankQuestion({ _id, title, tags }: TopicFacts, session: ClientSession): Promise<void> {
    await this.topics.update(_id, { excerpt: '…', words: topicWords(title, tags, '') }, session);
  }

  /** A thread may go on in another topic at this very moment: then it is asked for again. */
  private async whileThreadsMove(work: (session: ClientSession) => Promise<void>): Promise<void> {
    try {
      await this.transactions.run(work);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      await this.transactions.run(work);
    }
  }

  /** What it quotes of chat may have gone there since. */
  private async blankQuotes({ _id, quotes = [] }: PostRow): Promise<void> {
    const said = quotes.filter(({ body }) => body !== null).map(({ messageId }) => messageId);
    const living = await this.threads.provider.living(said.map(String));
    const gone = said.filter((id) => !living.has(String(id)));
    if (gone.length > 0) await this.transactions.run((session) => this.posts.blank(_id, gone, session));
  }

  /** A post of the cohort that is there, or that the actor may bring back, with its topic. */
  async loadDeleted(actor: CohortActor, postId: string): Promise<{ topic: TopicFacts; post: PostRow }> {
    const id = toId(postId);
    const post = id && (await this.posts.withKept(idOf(actor.cohortId), id));
    const topic = post && (await this.topics.evenDeleted(post.topicId));
    if (!post || !topic || (!post.deletedAt && topic.deletedAt)) throw notFound();
    const mine = String(post.authorId) === actor.userId;
    if (!mine && actor.role !== 'staff') throw topic.deletedAt ? notFound() : forbidden();
    if (post.deletedAt) this.demandRestore(actor, topic, post);
    return { topic, post };
  }

  /** Throws 404 for what is gone for good or went with somebody else's topic, 403 for what others deleted. */
  private demandRestore(actor: CohortActor, topic: TopicFacts, post: PostRow): void {
    const deletion = {
      ...{ authorId: String(post.authorId), byId: post.deletedBy ? String(post.deletedBy) : null },
      ...{
        hidden: post.hidden !== undefined,
        keptSince: post.keptSince ?? null,
        topicRemoved: topic.ended?.removed ?? false,
      },
    };
    const now = this.clock.now();
    if (!isKept(deletion, now)) throw notFound();
    if (!mayRestore(actor, deletion, now)) throw forbidden();
    this.service.demandOpen(actor, topic);
    if (topic.deletedAt && !mayRevive(actor, topic, post)) throw notFound();
  }

  /** It may have gone to another topic meanwhile. */
  private async changedWhereItIs({ cohortId, _id }: TopicFacts, post: PostRow): Promise<void> {
    const now = await this.posts.find(post.cohortId, post._id);
    this.changed({ cohortId, _id: now?.topicId ?? _id });
  }

  /** Who looks at the topic sees what became of it. */
  changed({ _id, cohortId }: Pick<TopicFacts, '_id' | 'cohortId'>): void {
    this.bus.publish(topicChanged, { cohortId: String(cohortId), topicId: String(_id) });
  }
}
