import { Injectable } from '@nestjs/common';
import type { CohortActor } from '../common/actor.js';
import { Clock } from '../common/times/clock.js';
import { decodeCursor, pageOf } from '../common/cursor.js';
import { forbidden, invalidField, notFound } from '../common/problem.js';
import type { Post, WritePost, WriteReply } from '../contracts/forums.js';
import type { PageQuery } from '../contracts/primitives.js';
import { EventBus } from '../infra/events/event-bus.js';
import { isDuplicateKey } from '../infra/mongo/errors.js';
import { idOf, sentId, toId } from '../infra/mongo/ids.js';
import { Transactions } from '../infra/mongo/transactions.js';
import { Outbox } from '../infra/outbox/outbox.js';
import { RateLimits } from '../infra/redis/rate-limits.js';
import { FollowingsRepository } from './followings.repository.js';
import { ForumTexts } from './forum-texts.js';
import { type PostCreated, postCreated, topicChanged, topicEnded } from './forums.events.js';
import { postAbilities } from './forums.policy.js';
import { ForumsPresenter } from './forums.presenter.js';
import { PostFlagsRepository } from './post-flags.repository.js';
import type { PostRow } from './post.schema.js';
import { PostsRepository } from './posts.repository.js';
import { MAX_QUOTED, hexes, topicWords } from './topic.js';
import { wholeText } from './threads/thread-quote.js';
import { TopicThreadsRepository } from './threads/topic-threads.repository.js';
import { type TopicFacts, TopicsRepository } from './topics.repository.js';
import { TopicsService } from './topics.service.js';

const WRITING = { name: 'posts', points: 60, seconds: 600 };

/** What people write in a topic. */
@Injectable()
export class PostsService {
  constructor(
    private readonly topicsService: TopicsService,
    private readonly topics: TopicsRepository,
    private readonly posts: PostsRepository,
    private readonly followings: FollowingsRepository,
    private readonly flags: PostFlagsRepository,
    private readonly threads: TopicThreadsRepository,
    private readonly texts: ForumTexts,
    private readonly present: ForumsPresenter,
    private readonly transactions: Transactions,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
    private readonly bus: EventBus,
    private readonly outbox: Outbox,
  ) {}

  /** All posts of a topic in their order, the question first. Throws 404. */
  async list(
    actor: CohortActor,
    topicId: string,
    query: PageQuery,
  ): Promise<{ items: Post[]; nextCursor: string | null }> {
    const topic = await this.topicsService.find(actor, topicId);
    const after = query.cursor === undefined ? 0 : numberFrom(query.cursor);
    const page = pageOf(await this.posts.page(topic._id, after, query.limit), query.limit, (row) => [row.number]);
    return { ...page, items: await this.present.postsOf(actor, topic, page.items) };
  }

  /** A reply that was sent before, by its `clientId`, is answered as it is now, and told to nobody. Throws 404, 429. */
  async reply(actor: CohortActor, topicId: string, { clientId, ...input }: WriteReply): Promise<Post> {
    const topic = await this.topicsService.find(actor, topicId);
    await this.limits.take(WRITING, actor.userId);
    const authorId = idOf(actor.userId);
    const postId = sentId('reply', String(topic._id), actor.userId, clientId);
    const { mentions } = await this.texts.read(actor.cohortId, input.body);
    const written = await this.insertReply(topic, { _id: postId, authorId, body: input.body, mentions });
    await this.followings.suggestLevel(topic._id, authorId, 'tracking');
    if (!written) return await this.show(actor, topic, String(postId));
    this.bus.publish(postCreated, written.fact);
    return await this.show(actor, written.topic, String(postId));
  }

  /** The topic with the reply in it, and what was told of it; null where it was written before. Throws 404 when the topic was deleted meanwhile. */
  private async insertReply(
    topic: TopicFacts,
    post: Pick<PostRow, '_id' | 'authorId' | 'body' | 'mentions'>,
  ): Promise<{ topic: TopicFacts; fact: PostCreated } | null> {
    const { authorId } = post;
    const [at, byOther] = [this.clock.now(), !topic.authorId.equals(authorId)];
    try {
      return await this.transactions.run(async (session) => {
        if (!(await this.topics.addPost(topic._id, { authorId, at, byOther }, session))) throw notFound();
        const now = await this.topics.find(topic.cohortId, topic._id, session);
        if (!now) throw notFound();
        const { cohortId, lastNumber: number } = now;
        await this.posts.insert({ ...post, cohortId, topicId: topic._id, number, createdAt: at }, session);
        const fact = {
          ...{ cohortId: String(cohortId), topicId: String(topic._id), topicAuthorId: String(topic.authorId) },
          ...{ postId: String(post._id), number, authorId: String(authorId), mentions: hexes(post.mentions) },
        };
        await this.outbox.write(postCreated, fact, session);
        return { topic: now, fact };
      });
    } catch (error) {
      if (isDuplicateKey(error, '_id_')) return null;
      throw error;
    }
  }

  /** New words by the author. Throws 404, 403. */
  async edit(actor: CohortActor, postId: string, input: WritePost): Promise<Post> {
    const { topic, post } = await this.load(actor, postId);
    this.demand(actor, topic, post, 'edit');
    const text = wholeText(input.body, post.quotes);
    const { mentions, excerpt } = await this.texts.read(actor.cohortId, text, post.quotes && MAX_QUOTED);
    await this.transactions.run(async (session) => {
      const change = { body: input.body, mentions, editedAt: this.clock.now() };
      if (!(await this.posts.edit(post._id, change, session))) throw notFound();
      if (post.number !== 1) return;
      const now = await this.topics.find(topic.cohortId, topic._id, session);
      if (!now) throw notFound();
      await this.topics.update(topic._id, { excerpt, words: topicWords(now.title, now.tags, text) }, session);
    });
    this.changed(actor, topic);
    return await this.show(actor, topic, postId);
  }

  /** Leaves a tombstone; a topic in which nothing else was said goes altogether. Throws 404, 403. */
  async delete(actor: CohortActor, postId: string): Promise<void> {
    const { topic, post } = await this.load(actor, postId);
    this.demand(actor, topic, post, 'delete');
    const at = this.clock.now();
    await this.transactions.run(async (session) => {
      if (!(await this.posts.bury(post._id, at, session))) return;
      // Who wrote it takes nothing away that staff were asked to look at.
      if (String(post.authorId) !== actor.userId) await this.flags.resolveOf(post._id, at, session);
      const byOther = !post.authorId.equals(topic.authorId);
      const latest = await this.posts.latest(topic._id, session);
      await this.topics.removePost(topic._id, { postId: post._id, byOther, latest }, session);
      if (post.number === 1) {
        await this.topics.update(topic._id, { excerpt: '…', words: topicWords(topic.title, topic.tags, '') }, session);
      }
      if (!(await this.topics.deleteEmpty(topic._id, at, session)) || !topic.thread) return;
      await this.threads.free(topic.thread.messageId, session);
      await this.outbox.write(topicEnded, { topicId: String(topic._id) }, session);
    });
    this.changed(actor, topic);
  }

  /** Finds a post of the cohort with its topic. Throws 404. */
  async load(actor: CohortActor, postId: string): Promise<{ topic: TopicFacts; post: PostRow }> {
    const id = toId(postId);
    const post = id && (await this.posts.find(idOf(actor.cohortId), id));
    const topic = post && (await this.topics.find(post.cohortId, post.topicId));
    if (!post || !topic) throw notFound();
    return { topic, post };
  }

  private demand(actor: CohortActor, topic: TopicFacts, post: PostRow, act: 'edit' | 'delete'): void {
    if (post.deletedAt) throw notFound();
    const abilities = postAbilities(actor, {
      authorId: String(post.authorId),
      number: post.number,
      deleted: false,
      topicAuthorId: String(topic.authorId),
    });
    if (!abilities[act]) throw forbidden();
  }

  private async show(actor: CohortActor, topic: TopicFacts, postId: string): Promise<Post> {
    const [post] = await this.present.postsOf(actor, topic, await this.posts.byIds([idOf(postId)]));
    if (!post) throw notFound();
    return post;
  }

  private changed(actor: CohortActor, topic: TopicFacts): void {
    this.bus.publish(topicChanged, { cohortId: actor.cohortId, topicId: String(topic._id) });
  }
}

function numberFrom(cursor: string): number {
  const [number] = decodeCursor(cursor, 1);
  if (typeof number !== 'number') throw invalidField('/cursor', 'wrong_format');
  return number;
}
