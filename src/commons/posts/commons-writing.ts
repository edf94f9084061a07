import { Injectable } from '@nestjs/common';
import type { Actor } from '../../common/actor.js';
import { conflict, forbidden, notFound } from '../../common/problem.js';
import { withoutMarkedQuotes } from '../../common/texts/forum/own-words.js';
import { Clock } from '../../common/times/clock.js';
import type { CommonsPost, EditCommonsPost, WriteCommonsPost } from '../../contracts/commons/commons.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import { idOf, sentId, toId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { RateLimits } from '../../infra/redis/rate-limits.js';
import { countText } from '../../infra/redis/text-of-day.js';
import { CommonsAccess, type CommonsActor } from '../../cohorts/commons/commons-access.js';
import { CommonsPresenter } from '../commons.presenter.js';
import { commonsReplied } from '../commons.events.js';
import { commonsPostAbilities } from '../commons.policy.js';
import type { CommonsPostRow, CommonsTopicRow } from '../commons.schema.js';
import { CommonsFlagsRepository } from '../flags/commons-flags.repository.js';
import { CommonsHolding } from '../flags/commons-holding.js';
import { CommonsSettling } from '../topics/commons-settling.js';
import { CommonsTopicsRepository } from '../topics/commons-topics.repository.js';
import { CommonsPostsRepository } from './commons-posts.repository.js';

/** With what one writes in the forum of a cohort: who writes there has so many less here. */
const WRITING = { name: 'posts', points: 60, seconds: 600 };
const WRITING_A_DAY = { name: 'posts-of-day', points: 500, seconds: 86_400 };

/** What people write in the commons. Every act throws 403 for who is in no cohort. */
@Injectable()
export class CommonsWriting {
  constructor(
    private readonly access: CommonsAccess,
    private readonly topics: CommonsTopicsRepository,
    private readonly posts: CommonsPostsRepository,
    private readonly flags: CommonsFlagsRepository,
    private readonly holding: CommonsHolding,
    private readonly settling: CommonsSettling,
    private readonly present: CommonsPresenter,
    private readonly transactions: Transactions,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
  ) {}

  /** What was sent before, by its `clientId`, is answered as it is now, and told to nobody. Throws 404, 429. */
  async reply(actor: Actor, topicId: string, { body: typed, clientId }: WriteCommonsPost): Promise<CommonsPost> {
    const me = await this.access.enter(actor);
    const id = toId(topicId);
    const topic = id && (await this.topics.find(id));
    if (!topic) throw notFound();
    await this.limitsOf(me, typed);
    const [authorId, at] = [idOf(me.userId), this.clock.now()];
    const _id = sentId('commons', String(topic._id), me.userId, clientId);
    const body = withoutMarkedQuotes(typed);
    try {
      await this.transactions.run(async (session) => {
        await this.access.held(actor, topic.cohortId, session);
        const isOthers = !topic.authorId.equals(authorId);
        if (!(await this.topics.add(topic._id, { at, authorId, isOthers }, session))) throw notFound();
        await this.posts.insert([{ _id, topicId: topic._id, authorId, body, createdAt: at, cameAt: at }], session);
        await this.outbox.write(commonsReplied, { topicId: String(topic._id), postId: String(_id) }, session);
      });
    } catch (error) {
      if (!isDuplicateKey(error, '_id_')) throw error;
    }
    return await this.show(me, String(_id));
  }

  /** Throws 404, 403, 409 `edited_meanwhile`, 429. */
  async edit(actor: Actor, postId: string, { body: typed, seen }: EditCommonsPost): Promise<CommonsPost> {
    const me = await this.access.enter(actor);
    const { topic, post } = await this.load(postId);
    this.demand(me, topic, post, 'edit');
    const body = withoutMarkedQuotes(typed);
    if (body === post.body) return await this.show(me, postId);
    await this.limitsOf(me, typed);
    // Whom it names and who is not there is `@…` for its author, too: what they saw is compared as they saw it.
    const [shown] = await this.present.postsOf(me, [topic], [post]);
    if (shown?.body !== seen) throw editedMeanwhile();
    await this.transactions.run(async (session) => {
      const at = this.clock.now();
      await this.access.held(actor, topic.cohortId, session);
      const { topicId } = (await this.posts.find(post._id, session)) ?? post;
      if (!(await this.posts.edit(post._id, post.body ?? '', body, at, session))) throw editedMeanwhile();
      await this.settling.settle(topicId, session);
    });
    return await this.show(me, postId);
  }

  /** Its author takes it away, and nothing of it is left but that flags hid it; of one that staff remove it is seen that they did. The last one takes the topic along. Throws 404, 403. */
  async delete(actor: Actor, postId: string): Promise<void> {
    const me = await this.access.enter(actor);
    const { topic, post } = await this.load(postId);
    this.demand(me, topic, post, 'delete');
    const by = { byId: idOf(me.userId), at: this.clock.now() };
    const isMine = post.authorId.equals(by.byId);
    await this.transactions.run(async (session) => {
      this.demand(await this.access.held(actor, topic.cohortId, session), topic, post, 'delete');
      const { topicId } = (await this.posts.find(post._id, session)) ?? post;
      const gone = isMine ? await this.posts.delete(post._id, session) : null;
      if (gone) await this.holding.letGo([gone], session);
      else if (!isMine && (await this.posts.remove(post._id, by, session)))
        await this.flags.forget([post._id], session);
      else return;
      await this.settling.settle(topicId, session, isMine ? undefined : by);
    });
  }

  /** A post in a topic that is there, also one that staff removed. Throws 404. */
  async load(postId: string): Promise<{ topic: CommonsTopicRow; post: CommonsPostRow }> {
    const id = toId(postId);
    const post = id && (await this.posts.find(id));
    const topic = post && (await this.topics.find(post.topicId));
    if (!post || !topic) throw notFound();
    return { topic, post };
  }

  private demand(me: CommonsActor, topic: CommonsTopicRow, post: CommonsPostRow, act: 'edit' | 'delete'): void {
    if (post.removedAt) throw notFound();
    const facts = { authorId: String(post.authorId), topicCohortId: String(topic.cohortId) };
    const may = commonsPostAbilities(me, { ...facts, isRemoved: false, isHidden: post.hiddenAt !== null });
    if (!may[act]) throw forbidden();
  }

  private async limitsOf({ userId }: CommonsActor, text: string): Promise<void> {
    await this.limits.takeAll([
      [WRITING, userId],
      [WRITING_A_DAY, userId],
    ]);
    await countText(this.limits, userId, text);
  }

  private async show(me: CommonsActor, postId: string): Promise<CommonsPost> {
    const { topic, post } = await this.load(postId);
    const [shown] = await this.present.postsOf(me, [topic], [post]);
    if (!shown) throw notFound();
    return shown;
  }
}

const editedMeanwhile = () => conflict('edited_meanwhile', 'It says something else by now.');
