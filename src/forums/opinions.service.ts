import { Injectable } from '@nestjs/common';
import type { CohortActor } from '../common/actor.js';
import { Clock } from '../common/times/clock.js';
import { conflict, forbidden, notFound } from '../common/problem.js';
import type { Topic } from '../contracts/forums.js';
import { EventBus } from '../infra/events/event-bus.js';
import { isDuplicateKey } from '../infra/mongo/errors.js';
import { idOf } from '../infra/mongo/ids.js';
import { Transactions } from '../infra/mongo/transactions.js';
import { Outbox } from '../infra/outbox/outbox.js';
import { answerAccepted, topicChanged } from './forums.events.js';
import { topicAbilities } from './forums.policy.js';
import { PostsRepository } from './posts.repository.js';
import { PostsService } from './posts.service.js';
import { TopicsRepository } from './topics.repository.js';
import { TopicsService } from './topics.service.js';

/** What people think of a post: it helped (vote), it is the answer. */
@Injectable()
export class OpinionsService {
  constructor(
    private readonly topicsService: TopicsService,
    private readonly postsService: PostsService,
    private readonly topics: TopicsRepository,
    private readonly posts: PostsRepository,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly bus: EventBus,
    private readonly outbox: Outbox,
  ) {}

  /** One vote a person and post, however often it is asked. Throws 404; 403 `own_post`. */
  async vote(actor: CohortActor, postId: string): Promise<void> {
    const { topic, post } = await this.postsService.load(actor, postId);
    if (post.deletedAt) throw notFound();
    if (String(post.authorId) === actor.userId) throw forbidden('own_post', 'One does not vote for oneself.');
    const at = this.clock.now();
    try {
      await this.transactions.run(async (session) => {
        const counted = await this.posts.vote(post._id, idOf(actor.userId), at, session);
        if (counted && post.number === 1) await this.topics.addVotes(topic._id, 1, session);
      });
    } catch (error) {
      // The same vote came twice at once: the other one counts.
      if (!isDuplicateKey(error)) throw error;
    }
    this.changed(actor, topic._id);
  }

  /** Throws 404. */
  async unvote(actor: CohortActor, postId: string): Promise<void> {
    const { topic, post } = await this.postsService.load(actor, postId);
    await this.transactions.run(async (session) => {
      const counted = await this.posts.unvote(post._id, idOf(actor.userId), session);
      if (counted && post.number === 1) await this.topics.addVotes(topic._id, -1, session);
    });
    this.changed(actor, topic._id);
  }

  /** Says which post answers the topic. Throws 404, 403; 409 `not_an_answer` for the question or a deleted post. */
  async accept(actor: CohortActor, topicId: string, postId: string): Promise<Topic> {
    const topic = await this.topicsService.find(actor, topicId);
    if (!topicAbilities(actor, { authorId: String(topic.authorId) }).accept) throw forbidden();
    const { post } = await this.postsService.load(actor, postId);
    if (!post.topicId.equals(topic._id)) throw notFound();
    const at = this.clock.now();
    const isNew = await this.transactions.run(async (session) => {
      if (!(await this.posts.touchAccepted(post._id, at, session))) {
        throw conflict('not_an_answer', 'Only a reply that is still there can be the answer.');
      }
      if (!(await this.topics.accept(topic._id, post._id, session))) return false;
      await this.outbox.write(answerAccepted, { topicId: String(topic._id), postId: String(post._id) }, session);
      return true;
    });
    if (isNew) this.changed(actor, topic._id);
    return await this.topicsService.get(actor, topicId);
  }

  /** The topic is open again. Throws 404, 403. */
  async withdraw(actor: CohortActor, topicId: string): Promise<Topic> {
    const topic = await this.topicsService.find(actor, topicId);
    if (!topicAbilities(actor, { authorId: String(topic.authorId) }).accept) throw forbidden();
    if (await this.topics.withdrawAnswer(topic._id)) this.changed(actor, topic._id);
    return await this.topicsService.get(actor, topicId);
  }

  private changed(actor: CohortActor, topicId: { toString: () => string }): void {
    this.bus.publish(topicChanged, { cohortId: actor.cohortId, topicId: String(topicId) });
  }
}
