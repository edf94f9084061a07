import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { ActorsNow } from '../cohorts/members/actors-now.js';
import type { CohortActor } from '../common/actor.js';
import { Clock } from '../common/times/clock.js';
import { decodeCursor, encodeCursor, pageOf } from '../common/cursor.js';
import { type Problem, forbidden, invalidField, notFound } from '../common/problem.js';
import { draftKeys } from '../contracts/draft-keys.js';
import type { Post, PostsQuery, WriteReply } from '../contracts/forums.js';
import { EventBus } from '../infra/events/event-bus.js';
import { isDuplicateKey } from '../infra/mongo/errors.js';
import { idOf, sentId, toId } from '../infra/mongo/ids.js';
import { Transactions } from '../infra/mongo/transactions.js';
import { Outbox } from '../infra/outbox/outbox.js';
import { countNamed } from '../infra/redis/naming.js';
import { RateLimits } from '../infra/redis/rate-limits.js';
import { countText } from '../infra/redis/text-of-day.js';
import { PostFiles } from './attachments/post-files.js';
import { ForumDrafts } from './drafts/forum-drafts.service.js';
import { ForumTexts } from './forum-texts.js';
import { type PostCreated, postCreated } from './forums.events.js';
import { postAbilities } from './forums.policy.js';
import { ForumsPresenter } from './forums.presenter.js';
import { closedProblem, mayTouch } from './moderation/closing.js';
import type { PostRow } from './post.schema.js';
import { newPoll } from './polls/poll.js';
import { pollText } from './polls/poll-rule.js';
import { PostsRepository } from './posts.repository.js';
import { PostQuotes } from './quotes/post-quotes.service.js';
import { quotedIn } from '../common/texts/forum/quote-marks.js';
import { OwnFollowing } from './reading/own-following.js';
import { hexes, kindOf, leadOf } from './topic.js';
import { lengthOfPost } from './threads/thread-quote.js';
import { isTooSoon } from './slow/slow-mode.js';
import { SlowTurns } from './slow/slow-turns.js';
import { type TopicFacts, TopicsRepository } from './topics.repository.js';
import { TopicsService } from './topics.service.js';

const WRITING = { name: 'posts', points: 60, seconds: 600 };
/** Far more than hands write. Each post, a deleted one too, is counted for who has not read it. */
const WRITING_A_DAY = { name: 'posts-of-day', points: 500, seconds: 86_400 };

/** What people write in a topic. */
@Injectable()
export class PostsService {
  constructor(
    private readonly topicsService: TopicsService,
    private readonly topics: TopicsRepository,
    private readonly posts: PostsRepository,
    private readonly files: PostFiles,
    private readonly drafts: ForumDrafts,
    private readonly following: OwnFollowing,
    private readonly turns: SlowTurns,
    private readonly quotes: PostQuotes,
    private readonly texts: ForumTexts,
    private readonly present: ForumsPresenter,
    private readonly actors: ActorsNow,
    private readonly transactions: Transactions,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
    private readonly bus: EventBus,
    private readonly outbox: Outbox,
  ) {}

  /** Posts of a topic in their order, the question first: from the start, from a number on, or those before a number. Throws 404. */
  async list(
    actor: CohortActor,
    topicId: string,
    query: PostsQuery,
  ): Promise<{ items: Post[]; nextCursor: string | null }> {
    const topic = await this.topicsService.find(actor, topicId);
    const page = await this.pageOf(topic, query);
    return { ...page, items: await this.present.postsOf(actor, topic, page.items) };
  }

  private async pageOf(
    topic: TopicFacts,
    { limit, cursor, from = 1, before }: PostsQuery,
  ): Promise<{ items: PostRow[]; nextCursor: string | null }> {
    if (before !== undefined)
      return { items: await this.posts.pageBefore(topic._id, before, limit), nextCursor: encodeCursor([before - 1]) };
    const after = cursor === undefined ? from - 1 : numberFrom(cursor);
    const rows = await this.posts.page(topic._id, after, limit);
    return pageOf(rows, limit, (row) => [row.number], lengthOfPost);
  }

  /** A reply that was sent before, by its `clientId`, is answered as it is now, and told to nobody. Throws 404, 409 `topic_closed`, `topic_locked`, `slow_mode`, 422 as {@link PostFiles.take} and {@link newPoll}, 429 (`text_day_full` as {@link countText}). */
  async reply(actor: CohortActor, topicId: string, { clientId, ...input }: WriteReply): Promise<Post> {
    const topic = await this.topicsService.find(actor, topicId);
    await this.limits.takeAll([
      [WRITING, actor.userId],
      [WRITING_A_DAY, actor.userId],
    ]);
    const authorId = idOf(actor.userId);
    const postId = sentId('reply', String(topic._id), actor.userId, clientId);
    // The time at which its poll closes may have come since it was sent.
    if (input.poll && (await this.posts.find(topic.cohortId, postId)))
      return await this.sentBefore(actor, topic, postId, input.draft);
    const poll = input.poll && newPoll(input.poll, this.clock.now());
    await countText(this.limits, actor.userId, `${input.body}${pollText(poll)}`);
    const body = await this.quotes.kept(topic._id, input.body);
    const { mentions } = await this.texts.read(actor.cohortId, body);
    await countNamed(this.limits, actor.userId, mentions.length + quotedIn(body).length);
    const post = { _id: postId, authorId, body, mentions, ...(poll && { poll }) };
    const written = await this.insertReply(actor, topic, post, input);
    if (!written) return await this.sentBefore(actor, topic, postId, input.draft);
    await this.following.wrote(topic._id, authorId);
    this.bus.publish(postCreated, written.fact);
    return await this.show(actor, written.topic, String(postId));
  }

  /** A reply that stands already, as it is now; its draft goes all the same. */
  private async sentBefore(
    actor: CohortActor,
    topic: TopicFacts,
    postId: Types.ObjectId,
    draft: number | undefined,
  ): Promise<Post> {
    const begun = draftKeys.reply(String(topic._id));
    await this.transactions.run((session) => this.drafts.posted(actor.userId, begun, draft, session));
    await this.following.wrote(topic._id, idOf(actor.userId));
    return await this.show(actor, topic, String(postId));
  }

  /** The topic with the reply in it, and what was told of it; null where it was written before. Throws 404 when the topic was deleted meanwhile, 409 when it was closed, or is slow. */
  private async insertReply(
    actor: CohortActor,
    topic: TopicFacts,
    post: Pick<PostRow, '_id' | 'authorId' | 'body' | 'mentions' | 'poll'>,
    { attachments: wanted = [], draft }: Pick<WriteReply, 'attachments' | 'draft'>,
  ): Promise<{ topic: TopicFacts; fact: PostCreated } | null> {
    const { authorId } = post;
    const [at, byOther] = [this.clock.now(), !topic.authorId.equals(authorId)];
    const begun = draftKeys.reply(String(topic._id));
    try {
      return await this.transactions.run(async (session) => {
        await this.drafts.posted(String(authorId), begun, draft, session);
        // The files of what was sent before are not there to be sent again.
        if (wanted.length > 0 && (await this.posts.find(topic.cohortId, post._id, session))) return null;
        const me = await this.actors.asMember(actor, session);
        const reply = { authorId, at, byOther, evenLocked: me.role === 'staff' };
        const now = await this.topics.addPost(topic._id, reply, session);
        if (!now && (await this.posts.find(topic.cohortId, post._id, session))) return null;
        if (!now) throw await this.whyClosed(topic, session);
        await this.turns.take(me, now, at, session);
        const { cohortId, lastNumber: number } = now;
        const place = { _id: post._id, cohortId, topicId: topic._id };
        const attachments = wanted.length > 0 && (await this.files.take(wanted, place, authorId, session));
        const row = { ...post, ...place, number, createdAt: at, ...(attachments && { attachments }) };
        await this.posts.insert(row, session);
        const fact = {
          ...{ cohortId: String(cohortId), topicId: String(topic._id), topicAuthorId: String(topic.authorId) },
          ...{ postId: String(post._id), number, authorId: String(authorId), mentions: hexes(post.mentions) },
        };
        await this.outbox.write(postCreated, fact, session);
        return { topic: now, fact };
      });
    } catch (error) {
      // Sent again, it waits for no turn.
      const isSent =
        isDuplicateKey(error, '_id_') || (isTooSoon(error) && (await this.posts.find(topic.cohortId, post._id)));
      if (!isSent) throw error;
      return null;
    }
  }

  private async whyClosed(topic: TopicFacts, session: ClientSession): Promise<Problem> {
    const now = await this.topics.find(topic.cohortId, topic._id, session);
    const closed = now && leadOf(now).closed;
    return closed ? closedProblem(closed) : notFound();
  }

  /** A post as it is in a transaction, in the topic where it is by then, for who acts as they stand there. Throws 404 where it is gone, or they are, 409 `topic_locked` for who may do nothing there. */
  async open(actor: CohortActor, postId: Types.ObjectId, session: ClientSession): Promise<PostRow> {
    const post = await this.posts.find(idOf(actor.cohortId), postId, session);
    const topic = post && (await this.topics.find(post.cohortId, post.topicId, session));
    if (!post || post.deletedAt || !topic) throw notFound();
    this.demandOpen(await this.actors.asMember(actor, session), topic);
    return post;
  }

  /** Throws 409 `topic_locked` for who may do nothing in a topic. */
  demandOpen(actor: CohortActor, topic: TopicFacts): void {
    const { closed } = leadOf(topic);
    if (closed && !mayTouch(actor, closed)) throw closedProblem(closed);
  }

  /** Finds a post of the cohort with its topic. Throws 404. */
  async load(actor: CohortActor, postId: string): Promise<{ topic: TopicFacts; post: PostRow }> {
    const id = toId(postId);
    const post = id && (await this.posts.find(idOf(actor.cohortId), id));
    const topic = post && (await this.topics.find(post.cohortId, post.topicId));
    if (!post || !topic) throw notFound();
    return { topic, post };
  }

  /** Throws 404 for a deleted one, 403 for who may not, 409 `topic_locked`. */
  demand(actor: CohortActor, topic: TopicFacts, post: PostRow, act: 'edit' | 'delete' | 'wiki'): void {
    if (post.deletedAt) throw notFound();
    this.demandOpen(actor, topic);
    const abilities = postAbilities(
      actor,
      {
        authorId: String(post.authorId),
        number: post.number,
        deleted: false,
        wiki: post.wiki ?? false,
        topicAuthorId: String(topic.authorId),
        topicKind: kindOf(topic),
      },
      this.clock.now(),
    );
    if (!abilities[act]) throw forbidden();
  }

  /** A post as it is now. Throws 404. */
  async show(actor: CohortActor, topic: TopicFacts, postId: string): Promise<Post> {
    const [post] = await this.present.postsOf(actor, topic, await this.posts.byIds([idOf(postId)]));
    if (!post) throw notFound();
    return post;
  }
}

function numberFrom(cursor: string): number {
  const [number] = decodeCursor(cursor, 1);
  if (typeof number !== 'number') throw invalidField('/cursor', 'wrong_format');
  return number;
}
