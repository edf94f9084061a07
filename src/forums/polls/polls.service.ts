import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import type { CohortActor } from '../../common/actor.js';
import { decodeCursor, pageOf } from '../../common/cursor.js';
import { conflict, forbidden, invalidField, notFound } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import type { PollVoter, VoteInPoll } from '../../contracts/forum/polls.js';
import type { Post } from '../../contracts/forums.js';
import type { PageQuery } from '../../contracts/primitives.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { againWhenDoubled } from '../../infra/mongo/errors.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { topicChanged } from '../forums.events.js';
import { faceOf } from '../forums.presenter.js';
import type { PostRow } from '../post.schema.js';
import { PostsService } from '../posts.service.js';
import { hexes } from '../topic.js';
import type { TopicFacts } from '../topics.repository.js';
import { mayClose } from './poll.js';
import { changeOf, isOpenPoll, refusedChoice } from './poll-rule.js';
import type { PollRow } from './poll.schema.js';
import { PollVotesRepository } from './poll-votes.repository.js';

/** Votes in the polls of posts. */
@Injectable()
export class Polls {
  constructor(
    private readonly posts: PostsService,
    private readonly votes: PollVotesRepository,
    private readonly people: People,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly bus: EventBus,
  ) {}

  /** What somebody chooses, in the place of what they chose before. Throws 404; 409 `poll_closed`, `topic_locked`; 422 `/options` `unknown`, `only_one`. */
  async vote(actor: CohortActor, postId: string, { options }: VoteInPoll): Promise<Post> {
    const { topic, post, poll } = await this.load(actor, postId);
    const chosen = [...new Set(options)].toSorted((one, other) => one - other);
    const refused = refusedChoice(poll, chosen);
    if (refused) throw invalidField('/options', refused);
    if (await this.record(actor, post, chosen)) this.tell(actor, topic);
    return await this.posts.show(actor, topic, postId);
  }

  /** Before it closes by itself. Throws 404, 403, 409 `poll_closed`, `topic_locked`. */
  async close(actor: CohortActor, postId: string): Promise<Post> {
    const { topic, post } = await this.load(actor, postId);
    this.posts.demandOpen(actor, topic);
    if (!mayClose(actor, post.authorId)) throw forbidden();
    const closed = { byId: idOf(actor.userId), at: this.clock.now() };
    await this.transactions.run(async (session) => {
      await this.posts.open(actor, post._id, session);
      if (!(await this.votes.close(post._id, closed, session))) throw pollClosed();
    });
    this.tell(actor, topic);
    return await this.posts.show(actor, topic, postId);
  }

  /** Who voted for what. Throws 404 for an anonymous one. Two queries. */
  async voters(
    actor: CohortActor,
    postId: string,
    { limit, cursor }: PageQuery,
  ): Promise<{ items: PollVoter[]; nextCursor: string | null }> {
    const { post, poll } = await this.load(actor, postId);
    if (poll.anonymous) throw notFound();
    const after = cursor === undefined ? null : toId(String(decodeCursor(cursor, 1)[0]));
    if (cursor !== undefined && !after) throw invalidField('/cursor', 'wrong_format');
    const { items, nextCursor } = pageOf(await this.votes.page(post._id, after, limit), limit, ({ _id }) => [
      String(_id),
    ]);
    const faces = await this.people.byId(hexes(items.map(({ userId }) => userId)));
    return { items: items.map(({ userId, options }) => ({ person: faceOf(userId, faces), options })), nextCursor };
  }

  /** False where it says the same as before. */
  private async record(actor: CohortActor, { _id: postId }: PostRow, options: number[]): Promise<boolean> {
    const userId = idOf(actor.userId);
    // Their first vote may come twice at once: then this one stands in the place of the other.
    return await againWhenDoubled(() =>
      this.transactions.run(async (session) => {
        const now = await this.posts.open(actor, postId, session);
        const at = this.clock.now();
        if (!now.poll || !isOpenPoll(now.poll, at)) throw pollClosed();
        const change = changeOf(await this.votes.chosenIn(postId, userId, session), options);
        if (!change) return false;
        if (!(await this.votes.count(postId, change, at, session))) throw pollClosed();
        await this.votes.set({ postId, userId, options }, session);
        return true;
      }),
    );
  }

  private async load(actor: CohortActor, postId: string): Promise<{ topic: TopicFacts; post: PostRow; poll: PollRow }> {
    const { topic, post } = await this.posts.load(actor, postId);
    if (!post.poll) throw notFound();
    return { topic, post, poll: post.poll };
  }

  private tell({ cohortId }: CohortActor, { _id }: TopicFacts): void {
    this.bus.publish(topicChanged, { cohortId, topicId: String(_id) });
  }
}

const pollClosed = () => conflict('poll_closed', 'This poll is closed.');
