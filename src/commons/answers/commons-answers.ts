import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import type { Actor } from '../../common/actor.js';
import { conflict, forbidden, notFound } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import type { CommonsTopic } from '../../contracts/commons/commons.js';
import { kindOf } from '../../forums/topic.js';
import type { TopicFacts } from '../../forums/topics.repository.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { RateLimits } from '../../infra/redis/rate-limits.js';
import { CommonsAccess } from '../../cohorts/commons/commons-access.js';
import { choosesAnswer } from '../commons.policy.js';
import type { CommonsTopicRow } from '../commons.schema.js';
import { CommonsPostsRepository } from '../posts/commons-posts.repository.js';
import { CommonsSettling } from '../topics/commons-settling.js';
import { CommonsTopics } from '../topics/commons-topics.service.js';
import { CommonsTopicsRepository } from '../topics/commons-topics.repository.js';

const CHOOSING = { name: 'commons-answers', points: 60, seconds: 600 };

/** Which reply answers a question of the commons. Every act throws 403 for who is in no cohort. */
@Injectable()
export class CommonsAnswers {
  constructor(
    private readonly access: CommonsAccess,
    private readonly service: CommonsTopics,
    private readonly topics: CommonsTopicsRepository,
    private readonly posts: CommonsPostsRepository,
    private readonly settling: CommonsSettling,
    private readonly transactions: Transactions,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
  ) {}

  /** Says which reply it is, in the place of one that was; the same again is nothing. Throws 404, 403, 409 `not_an_answer` for the question and for what is gone or hidden, `not_a_question`, 429. */
  async choose(actor: Actor, topicId: string, postId: string): Promise<CommonsTopic> {
    const found = await this.load(actor, topicId);
    const replyId = toId(postId);
    const reply = replyId && (await this.posts.find(replyId));
    if (!reply?.topicId.equals(found._id)) throw notFound();
    await this.limits.take(CHOOSING, actor.userId);
    await this.transactions.run(async (session) => {
      const topic = await this.demand(actor, found._id, session);
      // Touched, so that deleting, removing or hiding it at this moment conflicts.
      const post = await this.posts.touch(reply._id, session);
      const isReply = post?.topicId.equals(topic._id) && !post.fromPostId?.equals(topic.fromPostId);
      if (!post || !isReply || post.hiddenAt)
        throw conflict('not_an_answer', 'Only a reply that all can read can be the answer.');
      if (topic.answerId?.equals(post._id)) return;
      await this.set(topic._id, { byId: idOf(actor.userId), at: this.clock.now() }, post._id, session);
    });
    return await this.service.get(actor, topicId);
  }

  /** The question has no answer any more. Throws 404, 403, 409 `not_a_question`, 429. */
  async withdraw(actor: Actor, topicId: string): Promise<CommonsTopic> {
    const { _id } = await this.load(actor, topicId);
    await this.limits.take(CHOOSING, actor.userId);
    await this.transactions.run(async (session) => {
      await this.demand(actor, _id, session);
      await this.topics.set(_id, { answerId: null, chosen: null }, session);
      await this.settling.settle(_id, session);
    });
    return await this.service.get(actor, topicId);
  }

  /** What its author chose as the answer in the cohort is the answer here, too, as its words come; not in the place of what was chosen here. In the transaction that brings them. */
  async bring(from: TopicFacts, broughtIds: readonly Types.ObjectId[], session: ClientSession): Promise<void> {
    const { answerId, chosen, authorId } = from;
    if (!answerId || !chosen?.byId.equals(authorId) || !broughtIds.some((id) => id.equals(answerId))) return;
    const topic = await this.topics.from(from._id, session);
    const [copy] = await this.posts.copiesOf([answerId], session);
    if (!topic || topic.answerId || !copy || copy.removedAt) return;
    await this.set(topic._id, { byId: authorId, at: chosen.at }, copy._id, session);
  }

  private async set(
    topicId: Types.ObjectId,
    chosen: NonNullable<CommonsTopicRow['chosen']>,
    answerId: Types.ObjectId,
    session: ClientSession,
  ): Promise<void> {
    if (!(await this.topics.set(topicId, { answerId, chosen }, session))) throw notFound();
    await this.settling.settle(topicId, session);
  }

  private async load(actor: Actor, topicId: string): Promise<CommonsTopicRow> {
    await this.access.enter(actor);
    const id = toId(topicId);
    const topic = id && (await this.topics.find(id));
    if (!topic) throw notFound();
    return topic;
  }

  /** The topic as it is in a transaction, for who chooses its answer by then. */
  private async demand(actor: Actor, topicId: Types.ObjectId, session: ClientSession): Promise<CommonsTopicRow> {
    const topic = await this.topics.find(topicId, session);
    if (!topic) throw notFound();
    const me = await this.access.held(actor, topic.cohortId, session);
    if (!choosesAnswer(me, { authorId: String(topic.authorId), cohortId: String(topic.cohortId) })) throw forbidden();
    if (kindOf(topic) !== 'question') throw conflict('not_a_question', 'A discussion has no answer.');
    return topic;
  }
}
