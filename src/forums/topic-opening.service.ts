import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { ActorsNow } from '../cohorts/members/actors-now.js';
import type { CohortActor } from '../common/actor.js';
import { Clock } from '../common/times/clock.js';
import { invalidField } from '../common/problem.js';
import { quotedIn } from '../common/texts/forum/quote-marks.js';
import type { Attach } from '../contracts/files.js';
import { draftKeys } from '../contracts/draft-keys.js';
import type { CreateTopic, ThreadRef, Topic, TopicKind } from '../contracts/forums.js';
import { EventBus } from '../infra/events/event-bus.js';
import { isDuplicateKey } from '../infra/mongo/errors.js';
import { idOf, newId, sentId } from '../infra/mongo/ids.js';
import { Transactions } from '../infra/mongo/transactions.js';
import { Outbox } from '../infra/outbox/outbox.js';
import { countNamed } from '../infra/redis/naming.js';
import { RateLimits } from '../infra/redis/rate-limits.js';
import { countText } from '../infra/redis/text-of-day.js';
import { PostFiles } from './attachments/post-files.js';
import { ForumDrafts } from './drafts/forum-drafts.service.js';
import { FollowingsRepository } from './followings.repository.js';
import { ForumTexts } from './forum-texts.js';
import { type TopicCreated, topicCreated } from './forums.events.js';
import { newPoll } from './polls/poll.js';
import { pollText } from './polls/poll-rule.js';
import type { PollRow } from './polls/poll.schema.js';
import { PostsRepository } from './posts.repository.js';
import type { QuotedRow } from './post.schema.js';
import { fitting, wholeText } from './threads/thread-quote.js';
import { type CarriedThread, ThreadsPort } from './threads/threads.js';
import { TopicThreadsRepository } from './threads/topic-threads.repository.js';
import { MAX_QUOTED, hexes, mentionedIds, topicWords } from './topic.js';
import { TopicsRepository } from './topics.repository.js';
import { TopicsService } from './topics.service.js';
import { WorkshopsPort } from './workshops.port.js';

const ASKING = { name: 'topics', points: 20, seconds: 600 };

/** What is written when a topic opens. */
interface Question {
  kind: TopicKind;
  title: string;
  tags: string[];
  /** Its author's own words. */
  body: string;
  /** With what it quotes. */
  whole: string;
  quotes?: QuotedRow[];
  staying?: number;
  attachments: readonly Attach[];
  poll: PollRow | undefined;
  /** The revision of the draft that it was. */
  draft: number | undefined;
  mentions: Types.ObjectId[];
  excerpt: string;
  thread: ThreadRef | undefined;
  workshop: string | undefined;
}

/** Opens topics: asked in the forum, or begun as a thread of chat. */
@Injectable()
export class TopicOpening {
  constructor(
    private readonly service: TopicsService,
    private readonly topics: TopicsRepository,
    private readonly posts: PostsRepository,
    private readonly files: PostFiles,
    private readonly drafts: ForumDrafts,
    private readonly followings: FollowingsRepository,
    private readonly texts: ForumTexts,
    private readonly threads: ThreadsPort,
    private readonly workshops: WorkshopsPort,
    private readonly begun: TopicThreadsRepository,
    private readonly actors: ActorsNow,
    private readonly transactions: Transactions,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
    private readonly bus: EventBus,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Its author watches it. What was sent before, by its `clientId`, is answered as the topic that it made, and told to nobody. A thread that is a topic already, asked for twice or by two people at once, answers that topic. Throws 422
   * `/fromThread` `unknown` for a thread that one may not read, `/aboutWorkshop` `unknown` for a workshop that one may not see, as {@link PostFiles.take}, and 429 (`text_day_full` as {@link countText}).
   */
  async open(actor: CohortActor, input: CreateTopic): Promise<Topic> {
    await this.limits.take(ASKING, actor.userId);
    const { fromThread, aboutWorkshop } = input;
    if (aboutWorkshop !== undefined && (await this.workshops.provider.titleFor(actor, aboutWorkshop)) === null)
      throw invalidField('/aboutWorkshop', 'unknown');
    if (!fromThread) return await this.write(actor, input, { messages: [], staying: 0 });
    const thread = await this.threads.provider.read(actor, fromThread);
    if (!thread) throw invalidField('/fromThread', 'unknown');
    return (await this.topicOf(actor, fromThread)) ?? (await this.write(actor, input, thread));
  }

  private async write(actor: CohortActor, input: CreateTopic, thread: CarriedThread): Promise<Topic> {
    const body = input.body ?? '';
    const messages = fitting(body, thread.messages);
    const whole = wholeText(body, messages);
    if (whole === '') throw invalidField('/body', 'required');
    const ids = { topicId: sentId('topic', actor.cohortId, actor.userId, input.clientId), postId: newId() };
    // The time at which its poll closes may have come since it was sent.
    if (input.poll && (await this.topics.evenDeleted(ids.topicId)))
      return await this.madeBefore(actor, input, ids.topicId);
    const poll = input.poll && newPoll(input.poll, this.clock.now());
    await countText(this.limits, actor.userId, `${whole}${pollText(poll)}`);
    const text = await this.texts.read(actor.cohortId, whole, input.fromThread && MAX_QUOTED);
    const quotes = messages.map(({ messageId, authorId, bot, body: said }) => ({
      ...{ messageId: idOf(messageId), authorId: idOf(authorId), bot, body: said },
    }));
    const staying = thread.staying + thread.messages.length - messages.length;
    const tags = [...new Set(input.tags)];
    // Who is only named in a quotation was told when it was written.
    const told = new Set([...mentionedIds(body), ...messages.map(({ authorId }) => authorId)]);
    const fact = {
      ...{ cohortId: actor.cohortId, topicId: String(ids.topicId), postId: String(ids.postId) },
      ...{ authorId: actor.userId, mentions: hexes(text.mentions).filter((id) => told.has(id)) },
    };
    // Whom it quotes is told as well.
    await countNamed(this.limits, actor.userId, fact.mentions.length + quotedIn(body).length);
    const attachments = input.attachments ?? [];
    try {
      const isMade = await this.insert(actor, ids, fact, {
        ...{ ...text, kind: input.kind, title: input.title, tags, body, whole, attachments, poll },
        ...(quotes.length > 0 && { quotes }),
        ...(staying > 0 && { staying }),
        ...{ thread: input.fromThread, workshop: input.aboutWorkshop, draft: input.draft },
      });
      if (!isMade) return await this.madeBefore(actor, input, ids.topicId);
    } catch (error) {
      if (!isDuplicateKey(error, '_id_')) throw error;
      return await this.madeBefore(actor, input, ids.topicId);
    }
    await this.followings.suggestLevel(ids.topicId, idOf(actor.userId), 'watching');
    this.bus.publish(topicCreated, fact);
    return await this.service.get(actor, String(ids.topicId));
  }

  /** False for one that was made before, whose files are not there to be sent again. */
  private async insert(
    actor: CohortActor,
    { topicId, postId }: { topicId: Types.ObjectId; postId: Types.ObjectId },
    fact: TopicCreated,
    question: Question,
  ): Promise<boolean> {
    const { kind, title, tags, body, whole, attachments: wanted, quotes, staying } = question;
    const { mentions, excerpt, poll, thread, workshop, draft } = question;
    const [cohortId, authorId, at] = [idOf(actor.cohortId), idOf(actor.userId), this.clock.now()];
    const shared = { cohortId, authorId, createdAt: at };
    const begun = thread && { channelId: idOf(thread.channelId), messageId: idOf(thread.messageId) };
    const quoted = { ...(quotes && { quotes }), ...(staying !== undefined && { staying }) };
    const topic = {
      ...shared,
      ...{ _id: topicId, questionId: postId, kind, title, tags, excerpt },
      words: topicWords(title, tags, whole, poll),
      lastPostAt: at,
      lastAuthorId: authorId,
      ...(begun && { thread: begun }),
      ...(workshop !== undefined && { workshopId: idOf(workshop) }),
    };
    return await this.transactions.run(async (session) => {
      await this.actors.asMember(actor, session);
      await this.drafts.posted(actor.userId, draftKeys.topic(actor.cohortId, workshop), draft, session);
      if (wanted.length > 0 && (await this.topics.evenDeleted(topicId, session))) return false;
      if (begun) await this.begun.take(begun.messageId, topicId, session);
      await this.topics.insert(topic, session);
      const place = { _id: postId, cohortId, topicId };
      const attachments = wanted.length > 0 && (await this.files.take(wanted, place, authorId, session));
      const more = { ...quoted, ...(attachments && { attachments }), ...(poll && { poll }) };
      await this.posts.insert({ ...shared, ...place, number: 1, body, mentions, ...more }, session);
      await this.outbox.write(topicCreated, fact, session);
      return true;
    });
  }

  /** Of this thread, or sent before by the same person. Throws 404 when it is deleted. */
  private async madeBefore(actor: CohortActor, input: CreateTopic, topicId: Types.ObjectId): Promise<Topic> {
    const { fromThread, aboutWorkshop, draft } = input;
    const begun = draftKeys.topic(actor.cohortId, aboutWorkshop);
    await this.transactions.run((session) => this.drafts.posted(actor.userId, begun, draft, session));
    const ofThread = fromThread && (await this.topicOf(actor, fromThread));
    if (ofThread) return ofThread;
    const { _id } = await this.service.find(actor, String(topicId));
    await this.followings.suggestLevel(_id, idOf(actor.userId), 'watching');
    return await this.service.get(actor, String(_id));
  }

  private async topicOf(actor: CohortActor, { messageId }: ThreadRef): Promise<Topic | null> {
    const topicId = await this.begun.topicOf(idOf(messageId));
    return topicId && (await this.service.get(actor, String(topicId)));
  }
}
