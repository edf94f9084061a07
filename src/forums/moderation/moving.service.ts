import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { ActorsNow } from '../../cohorts/members/actors-now.js';
import type { CohortActor } from '../../common/actor.js';
import { conflict, invalidField, notFound } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import { MAX_MOVED } from '../../contracts/limits.js';
import type { MergeTopic, MovePosts } from '../../contracts/forum-moderation.js';
import type { Topic } from '../../contracts/forums.js';
import { idOf, newId, toId, toIds } from '../../infra/mongo/ids.js';
import { Bookmarks } from '../bookmarks/bookmarks.service.js';
import { EmptiedTopics } from '../deleting/emptied-topics.js';
import { ForumTexts } from '../forum-texts.js';
import type { PostRow } from '../post.schema.js';
import { wholeText } from '../threads/thread-quote.js';
import { TopicThreadsRepository } from '../threads/topic-threads.repository.js';
import { leadOf, topicWords } from '../topic.js';
import { type TopicFacts, TopicsRepository } from '../topics.repository.js';
import { TopicsService } from '../topics.service.js';
import { type TopicDeed, refusalOf } from './closing.js';
import { DuplicatesService } from './duplicates.service.js';
import { MovesRepository } from './moves.repository.js';
import { PostCarrying } from './post-carrying.js';
import { TopicActsRepository } from './topic-acts.repository.js';
import { TopicDeeds } from './topic-deeds.js';
import { TopicStatesRepository } from './topic-states.repository.js';

/** A topic that posts go to. */
type Target = Pick<TopicFacts, '_id' | 'authorId'> & { isNew: boolean };

/** Moves replies to another topic or a new one, and merges topics: all of it or nothing. */
@Injectable()
export class MovingService {
  constructor(
    private readonly service: TopicsService,
    private readonly topics: TopicsRepository,
    private readonly moves: MovesRepository,
    private readonly carrying: PostCarrying,
    private readonly threads: TopicThreadsRepository,
    private readonly duplicates: DuplicatesService,
    private readonly states: TopicStatesRepository,
    private readonly emptied: EmptiedTopics,
    private readonly bookmarks: Bookmarks,
    private readonly acts: TopicActsRepository,
    private readonly texts: ForumTexts,
    private readonly deeds: TopicDeeds,
    private readonly actors: ActorsNow,
    private readonly clock: Clock,
  ) {}

  /** Answers with the topic where they are. Throws 404, 403, 409 `posts_gone`, 422 `/postIds` `is_question`, `/toTopicId` `unknown`, `same_topic`. */
  async move(actor: CohortActor, topicId: string, input: MovePosts): Promise<Topic> {
    const from = await this.found(actor, topicId, 'move');
    const toTopicId =
      input.toTopicId === undefined ? undefined : await this.targetOf(actor, from, input.toTopicId, '/toTopicId');
    const postIds = [...new Map(toIds(input.postIds).map((id) => [String(id), id])).values()];
    const [byId, at, newTopicId] = [idOf(actor.userId), this.clock.now(), newId()];
    const to = await this.deeds.whole(async (session) => {
      const now = await this.still(actor, from, 'move', session);
      const rows = await this.moves.living(now._id, postIds, session);
      if (rows.some(({ number }) => number === 1)) throw invalidField('/postIds', 'is_question');
      const [first] = rows;
      if (!first || rows.length < new Set(input.postIds).size)
        throw conflict('posts_gone', 'One of these posts was deleted or moved meanwhile.', { there: rows.length });
      const target = toTopicId
        ? { ...(await this.there(toTopicId, session)), isNew: false }
        : await this.begin(now, newTopicId, { first, rows, input }, session);
      const [levels, beginsId] = target.isNew ? (['all', String(target.authorId)] as const) : (['authors'] as const);
      await this.carrying.carry(
        { from: now, to: target, rows, byId, at, levels, ...(beginsId && { beginsId }) },
        session,
      );
      await this.emptied.end(now, { byId, at }, session);
      const act = { cohortId: now.cohortId, byId, at, why: input.why ?? null, posts: rows.length };
      await this.acts.add(
        [
          { ...act, topicId: now._id, what: 'moved_away', otherId: target._id },
          { ...act, topicId: target._id, what: 'moved_here', otherId: now._id },
        ],
        session,
      );
      return target._id;
    });
    return await this.told(actor, from._id, to);
  }

  /** Answers with the other topic. Throws 404, 403, 409 `too_many_posts`, 422 `/intoTopicId` `unknown`, `same_topic`. */
  async merge(actor: CohortActor, topicId: string, { intoTopicId, why }: MergeTopic): Promise<Topic> {
    const from = await this.found(actor, topicId, 'merge');
    const into = await this.targetOf(actor, from, intoTopicId, '/intoTopicId');
    const [byId, at] = [idOf(actor.userId), this.clock.now()];
    await this.deeds.whole(async (session) => {
      const [now, to] = [await this.still(actor, from, 'merge', session), await this.there(into, session)];
      const rows = await this.moves.all(now._id, MAX_MOVED + 1, session);
      if (rows.length > MAX_MOVED)
        throw conflict('too_many_posts', 'This topic has too many posts to be merged.', { most: MAX_MOVED });
      await this.carrying.carry({ from: now, to, rows, byId, at, levels: 'all', heading: now.title }, session);
      await this.moves.end(now._id, to._id, at, session);
      await this.bookmarks.follow(now, session);
      if (to.duplicateOf?.equals(now._id)) await this.openAgain(to, session);
      if (now.thread) await this.passThread(now.thread, to, session);
      const act = { cohortId: now.cohortId, byId, at, why: why ?? null, posts: rows.length };
      await this.acts.add([{ ...act, topicId: to._id, what: 'merged_here', otherId: now._id }], session);
    });
    return await this.told(actor, from._id, into._id);
  }

  /** A new topic that the first of some replies begins, as old as that is. */
  private async begin(
    from: TopicFacts,
    topicId: Types.ObjectId,
    { first, rows, input }: { first: PostRow; rows: readonly PostRow[]; input: MovePosts },
    session: ClientSession,
  ): Promise<Target> {
    const { cohortId } = from;
    const text = wholeText(first.body ?? '', first.quotes);
    const { excerpt } = await this.texts.read(String(cohortId), text);
    const title = input.title ?? '';
    const tags = [...new Set(input.tags ?? from.tags)];
    await this.moves.begin(
      {
        ...{ _id: topicId, cohortId, authorId: first.authorId, questionId: first._id, kind: input.kind, title, tags },
        ...{ excerpt, words: topicWords(title, tags, text, first.poll), votes: first.votes },
        ...{ lastPostAt: first.createdAt, lastAuthorId: first.authorId },
        // Nobody writes in a topic before it is begun.
        createdAt: rows.reduce((oldest, { createdAt }) => (createdAt < oldest ? createdAt : oldest), first.createdAt),
      },
      session,
    );
    return { _id: topicId, authorId: first.authorId, isNew: true };
  }

  /** It was a duplicate of what is merged into it. */
  private async openAgain(to: TopicFacts, session: ClientSession): Promise<void> {
    await this.duplicates.forget(to, session);
    await this.states.open(to._id, session);
  }

  /** Its thread of chat goes on in the other topic, also where that goes on with another one. */
  private async passThread(thread: NonNullable<TopicFacts['thread']>, to: TopicFacts, session: ClientSession) {
    await this.threads.free(thread.messageId, session);
    await this.threads.take(thread.messageId, to._id, session);
    if (!to.thread) await this.moves.goOnWith(to._id, thread, session);
  }

  private async found(actor: CohortActor, topicId: string, deed: TopicDeed): Promise<TopicFacts> {
    const topic = await this.service.find(actor, topicId);
    const refusal = refusalOf(deed, actor, leadOf(topic));
    if (refusal) throw refusal;
    return topic;
  }

  private async targetOf(actor: CohortActor, from: TopicFacts, topicId: string, field: string): Promise<TopicFacts> {
    const id = toId(topicId);
    const topic = id && (await this.topics.find(idOf(actor.cohortId), id));
    if (!topic) throw invalidField(field, 'unknown');
    if (topic._id.equals(from._id)) throw invalidField(field, 'same_topic');
    return topic;
  }

  /** The same as it is in a transaction, for who may still do that with it as they stand there. Throws 404, 403. */
  private async still(
    actor: CohortActor,
    topic: TopicFacts,
    deed: TopicDeed,
    session: ClientSession,
  ): Promise<TopicFacts> {
    const now = await this.there(topic, session);
    const refusal = refusalOf(deed, await this.actors.asMember(actor, session), leadOf(now));
    if (refusal) throw refusal;
    return now;
  }

  private async there({ cohortId, _id }: TopicFacts, session: ClientSession): Promise<TopicFacts> {
    const topic = await this.topics.find(cohortId, _id, session);
    if (!topic) throw notFound();
    return topic;
  }

  private async told(actor: CohortActor, from: Types.ObjectId, to: Types.ObjectId): Promise<Topic> {
    this.deeds.changed(actor, from);
    this.deeds.changed(actor, to);
    return await this.service.get(actor, String(to));
  }
}
