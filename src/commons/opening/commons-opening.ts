import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { ActorsNow } from '../../cohorts/members/actors-now.js';
import { Members } from '../../cohorts/members/members.service.js';
import type { CohortActor } from '../../common/actor.js';
import { conflict, forbidden, invalidField, notFound } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import type { CommonsStanding } from '../../contracts/commons/commons.js';
import { type CarriedPost, CommonsCarrying } from '../../forums/commons/commons-carrying.js';
import { closedProblem, mayTouch } from '../../forums/moderation/closing.js';
import { kindOf, leadOf } from '../../forums/topic.js';
import type { TopicFacts } from '../../forums/topics.repository.js';
import { TopicsService } from '../../forums/topics.service.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import { idOf, newId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { RateLimits } from '../../infra/redis/rate-limits.js';
import { commonsAsked } from '../commons.events.js';
import type { CommonsPostRow, CommonsTopicRow } from '../commons.schema.js';
import { CommonsAnswers } from '../answers/commons-answers.js';
import { CommonsHolding } from '../flags/commons-holding.js';
import { CommonsPostsRepository } from '../posts/commons-posts.repository.js';
import { CommonsSettling } from '../topics/commons-settling.js';
import { CommonsTopicsRepository } from '../topics/commons-topics.repository.js';
import { CommonsAsksRepository } from './commons-asks.repository.js';
import { CommonsStandings } from './commons-standings.js';

/** A post that comes; `copy` where it comes from another topic of the commons. */
type Fresh = CarriedPost & { copy: CommonsPostRow | null };

/** Each may ask many people. */
const OPENING = { name: 'commons-openings', points: 30, seconds: 3600 };

/**
 * Brings a topic of a cohort to the commons: as copies of what each of those who wrote in it gives of their own words, and of nothing else (docs/adr/0061). A copy is not reached by what becomes of the
 * rights in the cohort; it goes when the post that it is of is deleted.
 */
@Injectable()
export class CommonsOpening {
  constructor(
    private readonly forum: TopicsService,
    private readonly standings: CommonsStandings,
    private readonly carrying: CommonsCarrying,
    private readonly topics: CommonsTopicsRepository,
    private readonly posts: CommonsPostsRepository,
    private readonly asks: CommonsAsksRepository,
    private readonly settling: CommonsSettling,
    private readonly holding: CommonsHolding,
    private readonly answers: CommonsAnswers,
    private readonly members: Members,
    private readonly actors: ActorsNow,
    private readonly cohorts: CohortsRepository,
    private readonly transactions: Transactions,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
  ) {}

  /** Opens it (its author), or brings one's words where it is open; what is there stays. Throws 404, 409 `not_open`, `removed_by_staff`, `topic_locked`, 422 `/postIds`, 429. */
  async carry(actor: CohortActor, topicId: string, postIds: readonly string[]): Promise<CommonsStanding> {
    const found = await this.forum.find(actor, topicId);
    mustTouch(actor, found);
    await this.limits.take(OPENING, actor.userId);
    await this.againWhenDoubled(async (session) => {
      // As it is by now: its title, too.
      const { me, topic } = await this.standing(actor, found._id, session);
      mustTouch(me, topic);
      const chosen = await this.chosen(topic, idOf(actor.userId), postIds, session);
      const open = await this.topics.from(topic._id, session);
      if (open?.removed) throw removedProblem();
      const fresh = await this.fresh(chosen, open, session);
      if (!open) await this.open(actor, topic, fresh, session);
      else if (fresh.length > 0) {
        // With the question its title is back, as it is by now.
        const { title, tags } = topic;
        if (fresh.some(({ id }) => id.equals(open.fromPostId)))
          await this.topics.set(open._id, { title, tags }, session);
        await this.bring(idOf(actor.userId), open, fresh, session);
      }
      const brought = fresh.map(({ id }) => id);
      await this.answers.bring(topic, brought, session);
      await this.asks.answer(topic._id, idOf(actor.userId), 'yes', this.clock.now(), session);
    });
    return await this.standings.of(actor, topicId);
  }

  /** No, thank you: what I wrote stays where it is. The same again is nothing. Throws 404, also for who was not asked. */
  async decline(actor: CohortActor, topicId: string): Promise<CommonsStanding> {
    const topic = await this.forum.find(actor, topicId);
    await this.transactions.run(async (session) => {
      await this.standing(actor, topic._id, session);
      const ask = await this.asks.of(topic._id, idOf(actor.userId), session);
      if (!ask) throw notFound();
      // Who has words there takes them away there.
      if (ask.answer === null) await this.asks.answer(topic._id, idOf(actor.userId), 'no', this.clock.now(), session);
    });
    return await this.standings.of(actor, topicId);
  }

  /** Staff ask its author to open it: once, whoever asks. Throws 404, 403, 409 `already_open`, `removed_by_staff`, `author_left`, 429. */
  async wish(actor: CohortActor, topicId: string): Promise<CommonsStanding> {
    const topic = await this.forum.find(actor, topicId);
    mustWish(actor, topic);
    const open = await this.topics.from(topic._id);
    if (open) throw open.removed ? removedProblem() : conflict('already_open', 'This topic is open to all cohorts.');
    if ((await this.members.among(actor.cohortId, [String(topic.authorId)])).length === 0)
      throw conflict('author_left', 'Its author is not in this cohort any more, and cannot be asked.');
    await this.limits.take(OPENING, actor.userId);
    try {
      await this.transactions.run(async (session) => {
        mustWish((await this.standing(actor, topic._id, session)).me, topic);
        const asked = await this.asks.askedIn(topic._id, session);
        if (!asked.has(String(topic.authorId))) await this.ask(actor, topic, [String(topic.authorId)], session);
      });
    } catch (error) {
      // Somebody else of staff asks at this very moment.
      if (!isDuplicateKey(error)) throw error;
    }
    return await this.standings.of(actor, topicId);
  }

  /** The topic, and who acts, as both are by then. The cohort is held: whoever takes the actor out comes first, and is seen here, or comes after. Throws 404. */
  private async standing(
    actor: CohortActor,
    topicId: Types.ObjectId,
    session: ClientSession,
  ): Promise<{ me: CohortActor; topic: TopicFacts }> {
    const topic = await this.forum.findIn(actor, topicId, session);
    await this.cohorts.holdAny(topic.cohortId, session);
    return { me: await this.actors.asMember(actor, session), topic };
  }

  /** The posts that were chosen, which are all mine, there, and of my words alone. */
  private async chosen(
    topic: TopicFacts,
    userId: Types.ObjectId,
    postIds: readonly string[],
    session: ClientSession,
  ): Promise<CarriedPost[]> {
    const mine = await this.carrying.of(topic._id, userId, session);
    const chosen = mine.filter(({ id }) => postIds.includes(String(id)));
    if (chosen.length < new Set(postIds).size) throw invalidField('/postIds', 'unknown');
    if (chosen.some(({ isMixed, body }) => isMixed || body === '')) throw invalidField('/postIds', 'not_own');
    return chosen;
  }

  /** Those that are not there yet. What was moved in the cohort since may have its copy in another topic, and comes from there. */
  private async fresh(
    chosen: readonly CarriedPost[],
    open: CommonsTopicRow | null,
    session: ClientSession,
  ): Promise<Fresh[]> {
    const ids = chosen.map(({ id }) => id);
    const copies = await this.posts.copiesOf(ids, session);
    if (copies.some(({ removedAt }) => removedAt !== null)) throw removedProblem();
    const copyOf = new Map(copies.map((copy) => [String(copy.fromPostId), copy]));
    return chosen.flatMap((post): Fresh[] => {
      const copy = copyOf.get(String(post.id)) ?? null;
      return copy && open?._id.equals(copy.topicId) ? [] : [{ ...post, copy }];
    });
  }

  private async open(
    actor: CohortActor,
    topic: TopicFacts,
    fresh: readonly Fresh[],
    session: ClientSession,
  ): Promise<void> {
    if (!topic.authorId.equals(actor.userId))
      throw conflict('not_open', 'Only its author opens a topic to all cohorts.');
    if (!fresh.some(({ id }) => id.equals(topic.questionId))) throw invalidField('/postIds', 'question_missing');
    const [_id, at] = [newId(), this.clock.now()];
    // Opened at this very moment: it conflicts, and is found when this is tried again.
    if (!(await this.carrying.link(topic._id, _id, session))) throw notFound();
    await this.topics.insert(
      {
        ...{ _id, cohortId: topic.cohortId, fromTopicId: topic._id, fromPostId: topic.questionId },
        ...{ authorId: topic.authorId, title: topic.title, tags: topic.tags, excerpt: '…', words: [], posts: 0 },
        ...{ kind: kindOf(topic), others: 0, solved: false, answerId: null, chosen: null, answerWords: [] },
        ...{ openedAt: at, lastAt: at, lastAuthorId: topic.authorId },
      },
      session,
    );
    await this.bring(topic.authorId, { _id, cohortId: topic.cohortId }, fresh, session);
    const writers = await this.carrying.writersOf(topic._id, session);
    const asked = await this.asks.askedIn(topic._id, session);
    const others = [...writers.keys()].filter((userId) => userId !== actor.userId && !asked.has(userId));
    await this.ask(actor, topic, await this.members.among(actor.cohortId, others), session);
  }

  /** What flags hid before comes hidden. Throws 404 where one of them is deleted at this very moment. */
  private async bring(
    authorId: Types.ObjectId,
    { _id: topicId, cohortId }: Pick<CommonsTopicRow, '_id' | 'cohortId'>,
    fresh: readonly Fresh[],
    session: ClientSession,
  ): Promise<void> {
    const cameAt = this.clock.now();
    const ids = fresh.map(({ id }) => id);
    if ((await this.carrying.hold(ids, cameAt, session)) < ids.length) throw notFound();
    const moved = fresh.flatMap(({ copy }) => copy ?? []);
    for (const copy of moved) if (!(await this.posts.move(copy, { topicId, cameAt }, session))) throw notFound();
    const copies = fresh
      .filter(({ copy }) => !copy)
      .map(({ id, body, createdAt }) => ({
        ...{ _id: newId(), topicId, authorId, fromPostId: id, body, createdAt, cameAt },
      }));
    await this.posts.insert(await this.holding.asHeld(cohortId, copies, session), session);
    await this.settling.settle(topicId, session);
    const left = new Map(moved.map((copy) => [String(copy.topicId), copy.topicId]));
    for (const topic of left.values()) await this.settling.settle(topic, session);
  }

  private async ask(
    actor: CohortActor,
    topic: TopicFacts,
    userIds: readonly string[],
    session: ClientSession,
  ): Promise<void> {
    const at = this.clock.now();
    const rows = userIds.map((userId) => ({
      ...{ _id: newId(), cohortId: topic.cohortId, topicId: topic._id, userId: idOf(userId) },
      ...{ byId: idOf(actor.userId), at, answer: null, answeredAt: null },
    }));
    if (rows.length === 0) return;
    await this.asks.add(rows, session);
    for (const { _id } of rows) await this.outbox.write(commonsAsked, { askId: String(_id) }, session);
  }

  /** Sent twice at once, the second finds what the first one did. */
  private async againWhenDoubled(work: (session: ClientSession) => Promise<void>): Promise<void> {
    try {
      await this.transactions.run(work);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      await this.transactions.run(work);
    }
  }
}

/** Throws 403. */
function mustWish({ role, userId }: CohortActor, { authorId }: TopicFacts): void {
  if (role !== 'staff' || authorId.equals(userId)) throw forbidden();
}

/** Throws 409 `topic_locked`. */
function mustTouch(actor: CohortActor, topic: TopicFacts): void {
  const { closed } = leadOf(topic);
  if (closed && !mayTouch(actor, closed)) throw closedProblem(closed);
}

const removedProblem = () => conflict('removed_by_staff', 'Staff took this out of the commons.');
