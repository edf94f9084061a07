import { Injectable } from '@nestjs/common';
import { People } from '../auth/people.js';
import type { CohortActor } from '../common/actor.js';
import { Clock } from '../common/times/clock.js';
import { excerptOf } from '../common/markdown/excerpt.js';
import { conflict, forbidden, notFound } from '../common/problem.js';
import type { PostFlag, Topic } from '../contracts/forums.js';
import { EventBus } from '../infra/events/event-bus.js';
import { isDuplicateKey } from '../infra/mongo/errors.js';
import { idOf, toId } from '../infra/mongo/ids.js';
import { Transactions } from '../infra/mongo/transactions.js';
import { FollowingsRepository } from './followings.repository.js';
import { answerAccepted, postFlagged, topicChanged } from './forums.events.js';
import { topicAbilities } from './forums.policy.js';
import { faceOf } from './forums.presenter.js';
import { PostsRepository } from './posts.repository.js';
import { PostsService } from './posts.service.js';
import { hexes } from './topic.js';
import { TopicsRepository } from './topics.repository.js';
import { TopicsService } from './topics.service.js';

const MAX_FLAGS = 200;

/** What people think of a post: it helped (vote), it is the answer, it should be looked at (flag). */
@Injectable()
export class OpinionsService {
  constructor(
    private readonly topicsService: TopicsService,
    private readonly postsService: PostsService,
    private readonly topics: TopicsRepository,
    private readonly posts: PostsRepository,
    private readonly followings: FollowingsRepository,
    private readonly people: People,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly bus: EventBus,
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
      return await this.topics.accept(topic._id, post._id, at, session);
    });
    if (isNew) {
      this.bus.publish(answerAccepted, {
        cohortId: actor.cohortId,
        topicId: String(topic._id),
        topicAuthorId: String(topic.authorId),
        postId: String(post._id),
        authorId: String(post.authorId),
        byId: actor.userId,
      });
      this.changed(actor, topic._id);
    }
    return await this.topicsService.get(actor, topicId);
  }

  /** The topic is open again. Throws 404, 403. */
  async withdraw(actor: CohortActor, topicId: string): Promise<Topic> {
    const topic = await this.topicsService.find(actor, topicId);
    if (!topicAbilities(actor, { authorId: String(topic.authorId) }).accept) throw forbidden();
    if (await this.topics.withdrawAnswer(topic._id)) this.changed(actor, topic._id);
    return await this.topicsService.get(actor, topicId);
  }

  /** Asks staff to look at a post, once a person. Throws 404. */
  async flag(actor: CohortActor, postId: string, reason: string): Promise<void> {
    const { topic, post } = await this.postsService.load(actor, postId);
    if (post.deletedAt) throw notFound();
    const ids = { cohortId: topic.cohortId, topicId: topic._id, postId: post._id, userId: idOf(actor.userId) };
    const isNew = await this.followings.flag({ ...ids, reason, createdAt: this.clock.now() });
    if (!isNew) return;
    const { cohortId, userId } = actor;
    this.bus.publish(postFlagged, { cohortId, topicId: String(topic._id), postId, userId });
  }

  /** What staff were asked to look at, the oldest first. Of their own posts, others of them are asked. */
  async flags(actor: CohortActor): Promise<PostFlag[]> {
    const { flags, posts, topics } = await this.flagged(actor);
    const faces = await this.people.byId([
      ...hexes(flags.map((flag) => flag.userId)),
      ...hexes(posts.map((post) => post.authorId)),
    ]);
    return flags.flatMap((flag) => {
      const post = posts.find((one) => one._id.equals(flag.postId));
      const topic = topics.find((one) => one._id.equals(flag.topicId));
      if (!post || !topic || String(post.authorId) === actor.userId) return [];
      const { _id, number, authorId, body } = post;
      return {
        id: String(flag._id),
        topicId: String(topic._id),
        topicTitle: topic.title,
        post: { id: String(_id), number, author: faceOf(authorId, faces), excerpt: excerptOf(body ?? '') },
        by: faceOf(flag.userId, faces),
        reason: flag.reason,
        createdAt: flag.createdAt.toISOString(),
      };
    });
  }

  /** Staff have looked at it. Throws 404, also for a flag at a post of one's own. */
  async resolveFlag(actor: CohortActor, flagId: string): Promise<void> {
    const id = toId(flagId);
    const flag = id && (await this.followings.openFlag(idOf(actor.cohortId), id));
    const [post] = flag ? await this.posts.byIds([flag.postId]) : [];
    if (!flag || (post && String(post.authorId) === actor.userId)) throw notFound();
    if ((await this.followings.resolveFlags([flag._id], this.clock.now())) === 0) throw notFound();
  }

  /**
   * Open flags with what they are at. One whose post or topic is gone needs nobody any more, and is closed: the list is so long and no longer, and whoever
   * reported and deleted posts of their own would fill it with what nobody sees.
   */
  private async flagged(actor: CohortActor) {
    for (;;) {
      const flags = await this.followings.openFlags(idOf(actor.cohortId), MAX_FLAGS);
      const [posts, topics] = await Promise.all([
        this.posts.byIds(flags.map((flag) => flag.postId)),
        this.topics.byIds(flags.map((flag) => flag.topicId)),
      ]);
      const living = new Set(posts.flatMap(({ _id, deletedAt }) => (deletedAt ? [] : [String(_id)])));
      const there = new Set(hexes(topics.map(({ _id }) => _id)));
      const gone = flags.filter(({ postId, topicId }) => !living.has(String(postId)) || !there.has(String(topicId)));
      if (gone.length === 0) return { flags, posts, topics };
      const ids = gone.map(({ _id }) => _id);
      await this.followings.resolveFlags(ids, this.clock.now());
    }
  }

  private changed(actor: CohortActor, topicId: { toString: () => string }): void {
    this.bus.publish(topicChanged, { cohortId: actor.cohortId, topicId: String(topicId) });
  }
}
