import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { ActorsNow } from '../cohorts/members/actors-now.js';
import type { CohortActor } from '../common/actor.js';
import { Clock } from '../common/times/clock.js';
import { conflict, forbidden, notFound } from '../common/problem.js';
import type { Post, Topic } from '../contracts/forums.js';
import { EventBus } from '../infra/events/event-bus.js';
import { isDuplicateKey } from '../infra/mongo/errors.js';
import { idOf } from '../infra/mongo/ids.js';
import { reactionOf, reactionsAfter } from '../infra/mongo/reactions.js';
import { Transactions } from '../infra/mongo/transactions.js';
import { Outbox } from '../infra/outbox/outbox.js';
import { answerAccepted, topicChanged } from './forums.events.js';
import { topicAbilities } from './forums.policy.js';
import { AnswerAsking } from './moderation/answer-asking.js';
import { TopicActsRepository } from './moderation/topic-acts.repository.js';
import { PostVotesRepository } from './votes/post-votes.repository.js';
import { PostsRepository } from './posts.repository.js';
import { PostsService } from './posts.service.js';
import { kindOf, leadOf } from './topic.js';
import { type TopicFacts, TopicsRepository } from './topics.repository.js';
import { TopicsService } from './topics.service.js';

/** What people think of a post: it helped (vote), what they feel (reactions), it is the answer. */
@Injectable()
export class OpinionsService {
  constructor(
    private readonly topicsService: TopicsService,
    private readonly postsService: PostsService,
    private readonly topics: TopicsRepository,
    private readonly posts: PostsRepository,
    private readonly votes: PostVotesRepository,
    private readonly acts: TopicActsRepository,
    private readonly asking: AnswerAsking,
    private readonly actors: ActorsNow,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly bus: EventBus,
    private readonly outbox: Outbox,
  ) {}

  /** One vote a person and post, however often it is asked. Throws 404; 403 `own_post`; 409 `topic_locked`. */
  async vote(actor: CohortActor, postId: string): Promise<void> {
    const { topic, post } = await this.postsService.load(actor, postId);
    if (post.deletedAt) throw notFound();
    if (String(post.authorId) === actor.userId) throw forbidden('own_post', 'One does not vote for oneself.');
    const at = this.clock.now();
    try {
      const isNew = await this.transactions.run(async (session) => {
        const now = await this.postsService.open(actor, post._id, session);
        const counted = await this.votes.vote(now._id, idOf(actor.userId), at, session);
        if (counted && now.number === 1) await this.topics.addVotes(now.topicId, 1, session);
        if (counted) await this.asking.thanked(actor, now, session);
        return counted;
      });
      if (isNew) this.counted(actor, topic._id);
    } catch (error) {
      // The same vote came twice at once: the other one counts.
      if (!isDuplicateKey(error)) throw error;
    }
  }

  /** Throws 404, 409 `topic_locked`. */
  async unvote(actor: CohortActor, postId: string): Promise<void> {
    const { topic, post } = await this.postsService.load(actor, postId);
    const wasThere = await this.transactions.run(async (session) => {
      const now = await this.postsService.open(actor, post._id, session);
      const counted = await this.votes.unvote(now._id, idOf(actor.userId), session);
      if (counted && now.number === 1) await this.topics.addVotes(now.topicId, -1, session);
      return counted;
    });
    if (wasThere) this.counted(actor, topic._id);
  }

  /** Puts an emoji on a post, or (`on` false) takes it back. Throws 404; 422 for what is not one emoji; 409 `topic_locked`, and beyond 20 kinds on one post. */
  async react(actor: CohortActor, postId: string, emoji: string, on: boolean): Promise<Post> {
    const { topic, post } = await this.postsService.load(actor, postId);
    const one = reactionOf(emoji, idOf(actor.userId), on);
    const isNew = await this.transactions.run(async (session) => {
      const now = await this.postsService.open(actor, post._id, session);
      const next = reactionsAfter(now.reactions ?? [], one);
      if (next && !(await this.posts.react(post._id, next, session))) throw notFound();
      if (next && on) await this.asking.thanked(actor, now, session);
      return next !== null;
    });
    if (isNew) this.counted(actor, topic._id);
    return await this.postsService.show(actor, topic, postId);
  }

  /** Says which post answers the topic. Throws 404, 403; 409 `not_an_answer` for the question or a deleted post, `not_a_question` in a discussion. */
  async accept(actor: CohortActor, topicId: string, postId: string): Promise<Topic> {
    const topic = await this.topicsService.find(actor, topicId);
    this.demandAccept(actor, topic);
    const { post } = await this.postsService.load(actor, postId);
    if (!post.topicId.equals(topic._id)) throw notFound();
    const at = this.clock.now();
    const isNew = await this.transactions.run(async (session) => {
      await this.demandStill(actor, topic, session);
      if (!(await this.posts.touchAccepted({ _id: post._id, topicId: topic._id }, at, session))) {
        throw conflict('not_an_answer', 'Only a reply that is still there can be the answer.');
      }
      if (!(await this.topics.accept(topic._id, post._id, { byId: idOf(actor.userId), at }, session))) return false;
      await this.acts.add([{ ...this.by(actor, topic), what: 'answer_chosen', postId: post._id }], session);
      const ids = { cohortId: actor.cohortId, topicId: String(topic._id), postId: String(post._id) };
      await this.outbox.write(answerAccepted, ids, session);
      return true;
    });
    if (isNew) this.bus.publish(topicChanged, { cohortId: actor.cohortId, topicId: String(topic._id) });
    return await this.topicsService.get(actor, topicId);
  }

  /** The topic is open again. Throws 404, 403. */
  async withdraw(actor: CohortActor, topicId: string): Promise<Topic> {
    const topic = await this.topicsService.find(actor, topicId);
    this.demandAccept(actor, topic);
    const fact = { cohortId: actor.cohortId, topicId: String(topic._id) };
    const isOpen = await this.transactions.run(async (session) => {
      await this.demandStill(actor, topic, session);
      if (!(await this.topics.withdrawAnswer(topic._id, session))) return false;
      await this.acts.add([{ ...this.by(actor, topic), what: 'answer_withdrawn' }], session);
      await this.outbox.write(topicChanged, fact, session);
      return true;
    });
    if (isOpen) this.bus.publish(topicChanged, fact);
    return await this.topicsService.get(actor, topicId);
  }

  private by(actor: CohortActor, { _id: topicId, cohortId }: TopicFacts) {
    return { cohortId, topicId, byId: idOf(actor.userId), at: this.clock.now() };
  }

  /** The same of the topic as it is by then. */
  private async demandStill(actor: CohortActor, { cohortId, _id }: TopicFacts, session: ClientSession): Promise<void> {
    const now = await this.topics.find(cohortId, _id, session);
    if (!now) throw notFound();
    this.demandAccept(await this.actors.asMember(actor, session), now);
  }

  private demandAccept(actor: CohortActor, topic: TopicFacts): void {
    this.postsService.demandOpen(actor, topic);
    if (!topicAbilities(actor, { ...leadOf(topic), kind: 'question' }).accept) throw forbidden();
    if (kindOf(topic) !== 'question') throw conflict('not_a_question', 'A discussion has no answer.');
  }

  private counted({ cohortId }: CohortActor, topicId: { toString: () => string }): void {
    this.bus.publish(topicChanged, { cohortId, topicId: String(topicId) });
  }
}
