import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import type { Actor } from '../../common/actor.js';
import { grouped } from '../../common/grouped.js';
import { conflict, forbidden, notFound } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import { People } from '../../auth/people.js';
import type { CommonsFlags } from '../../contracts/commons/commons.js';
import type { FlagPost } from '../../contracts/forum/flags.js';
import { MAX_FLAGGED_SHOWN } from '../../contracts/limits.js';
import { hidesByItself } from '../../forums/flags/flag-rule.js';
import { faceOf } from '../../forums/forums.presenter.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import { idOf, newId, toIds } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { RateLimits } from '../../infra/redis/rate-limits.js';
import { CommonsAccess, type CommonsActor } from '../../cohorts/commons/commons-access.js';
import { CommonsPresenter } from '../commons.presenter.js';
import { commonsFlagged } from '../commons.events.js';
import { keepsOrder } from '../commons.policy.js';
import type { CommonsPostRow } from '../commons.schema.js';
import { CommonsPostsRepository } from '../posts/commons-posts.repository.js';
import { CommonsWriting } from '../posts/commons-writing.js';
import { CommonsSettling } from '../topics/commons-settling.js';
import { CommonsTopicsRepository } from '../topics/commons-topics.repository.js';
import { CommonsFlagsRepository } from './commons-flags.repository.js';

const FLAGS = { name: 'commons-flags', points: 30, seconds: 3600 };
/** So many flags are read for one answer. */
const MOST = 300;

/** Whether staff looked at it as it says now: what was edited since may be hidden again. */
const isKeptAsItIs = ({ keptAt, editedAt, createdAt }: CommonsPostRow): boolean =>
  Boolean(keptAt && keptAt >= (editedAt ?? createdAt));

/** Asks those who keep order to look at posts of the commons. Three people hide one until they have. */
@Injectable()
export class CommonsFlagging {
  constructor(
    private readonly access: CommonsAccess,
    private readonly writing: CommonsWriting,
    private readonly topics: CommonsTopicsRepository,
    private readonly posts: CommonsPostsRepository,
    private readonly flags: CommonsFlagsRepository,
    private readonly settling: CommonsSettling,
    private readonly present: CommonsPresenter,
    private readonly people: People,
    private readonly transactions: Transactions,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
  ) {}

  /** Once a person; again is nothing. Throws 404, 409 `own_words`, 429. */
  async flag(actor: Actor, postId: string, why: FlagPost): Promise<void> {
    const me = await this.access.enter(actor);
    const { topic, post } = await this.writing.load(postId);
    if (post.removedAt) throw notFound();
    if (post.authorId.equals(me.userId))
      throw conflict('own_words', 'You wrote this yourself: change it, or delete it.');
    if (post.hiddenAt && !keepsOrder(me, String(topic.cohortId))) throw notFound();
    await this.limits.take(FLAGS, me.userId);
    const [userId, at] = [idOf(me.userId), this.clock.now()];
    try {
      await this.transactions.run(async (session) => {
        await this.access.held(actor, topic.cohortId, session);
        const flag = { _id: newId(), cohortId: topic.cohortId, postId: post._id, userId, ...why, at };
        await this.flags.add([flag], session);
        await this.afterFlag(post._id, session);
      });
    } catch (error) {
      if (!isDuplicateKey(error, 'once')) throw error;
    }
  }

  /** The post is touched, so that of two who flag at once each counts the other. */
  private async afterFlag(postId: Types.ObjectId, session: ClientSession) {
    const post = await this.posts.touch(postId, session);
    if (!post) throw notFound();
    const people = (await this.flags.of([postId], session)).length;
    const hides = !post.hiddenAt && hidesByItself({ people, isSeenByStaff: isKeptAsItIs(post) });
    if (hides) {
      await this.posts.hide(postId, this.clock.now(), session);
      await this.settling.settle(post.topicId, session);
    }
    if (hides || people === 1)
      await this.outbox.write(commonsFlagged, { postId: String(postId), hidden: hides }, session);
  }

  /** What I may decide, who waits longest first; never of what I wrote myself: who flagged it is not mine to read. */
  async list(actor: Actor): Promise<CommonsFlags> {
    const me = await this.access.enter(actor);
    if (!me.isAdmin && me.staffIn.size === 0) throw forbidden();
    const rows = await this.flags.waiting(me.isAdmin ? null : toIds([...me.staffIn]), MOST);
    const byPost = [...grouped(rows, ({ postId }) => String(postId))].slice(0, MAX_FLAGGED_SHOWN);
    const found = await this.posts.byIds(toIds(byPost.map(([postId]) => postId)));
    const posts = found.filter(({ authorId }) => !authorId.equals(me.userId));
    const topics = await this.topics.byIds(posts.map(({ topicId }) => topicId));
    const titles = new Map(topics.map(({ _id, title }) => [String(_id), title]));
    const [shown, faces] = await Promise.all([
      this.present.postsOf(me, topics, posts),
      this.people.byId(rows.map(({ userId }) => String(userId))),
    ]);
    const topicOf = new Map(posts.map(({ _id, topicId }) => [String(_id), String(topicId)]));
    const items = byPost.flatMap(([postId, flags]) => {
      const post = shown.find(({ id }) => id === postId);
      const topicId = topicOf.get(postId);
      const since = flags[0]?.at;
      if (!post || !topicId || !since) return [];
      return {
        ...{ topicId, title: titles.get(topicId) ?? '', post, since: since.toISOString() },
        flags: flags.map(({ userId, kind, reason, at }) => ({
          ...{ by: faceOf(userId, faces), kind, reason, at: at.toISOString() },
        })),
      };
    });
    return { items };
  }

  /** It stays, and its flags hide it no more by themselves. Throws 404, 403, also for who wrote it. */
  async keep(actor: Actor, postId: string): Promise<void> {
    const me = await this.access.enter(actor);
    const { topic, post } = await this.writing.load(postId);
    if (post.removedAt) throw notFound();
    const mayKeep = (one: CommonsActor) => keepsOrder(one, String(topic.cohortId)) && !post.authorId.equals(one.userId);
    if (!mayKeep(me)) throw forbidden();
    await this.transactions.run(async (session) => {
      if (!mayKeep(await this.access.held(actor, topic.cohortId, session))) throw forbidden();
      const { topicId } = (await this.posts.find(post._id, session)) ?? post;
      await this.posts.keep(post._id, this.clock.now(), session);
      await this.flags.forget([post._id], session);
      await this.settling.settle(topicId, session);
    });
  }
}
