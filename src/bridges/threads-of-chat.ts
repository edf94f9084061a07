import { Injectable, type OnModuleInit } from '@nestjs/common';
import { messageDeleted } from '../chat/chat.events.js';
import { ChannelsReader } from '../chat/channels/channels-reader.js';
import { MessagesService } from '../chat/messages/messages.service.js';
import { CohortsRepository } from '../cohorts/cohorts.repository.js';
import { Nights } from '../cohorts/nights/nights.js';
import type { Message } from '../contracts/chat/chat.js';
import type { CohortActor } from '../common/actor.js';
import { withGroupWords } from '../common/texts/groups.js';
import { Problem } from '../common/problem.js';
import type { ThreadRef } from '../contracts/forums.js';
import { postsMoved, topicCreated, topicEnded, topicRestored } from '../forums/forums.events.js';
import { ThreadQuotes } from '../forums/threads/thread-quotes.service.js';
import { type CarriedThread, Threads, ThreadsPort } from '../forums/threads/threads.js';
import { TopicsReader } from '../forums/topics-reader.js';
import { idOf } from '../infra/mongo/ids.js';
import { Outbox } from '../infra/outbox/outbox.js';

/**
 * A thread of chat that goes on as a topic of the forum: gives the forum its messages, and tells the thread of its topic, or of the
 * topic's end, and the topic of messages that are gone, by the outbox.
 */
@Injectable()
export class ThreadsOfChat extends Threads implements OnModuleInit {
  constructor(
    port: ThreadsPort,
    private readonly channels: ChannelsReader,
    private readonly messages: MessagesService,
    private readonly topics: TopicsReader,
    private readonly quotes: ThreadQuotes,
    private readonly cohorts: CohortsRepository,
    private readonly outbox: Outbox,
    private readonly nights: Nights,
  ) {
    super();
    port.provide(this);
  }

  onModuleInit(): void {
    for (const kind of [topicCreated, topicEnded, topicRestored])
      this.outbox.on<{ topicId: string }>(kind, 'threads of chat', ({ topicId }) => this.tell(topicId));
    // A topic that was merged goes on in another one.
    this.outbox.on(postsMoved, 'threads of chat', ({ fromTopicId }) => this.tell(fromTopicId));
    this.outbox.on(topicCreated, 'quotations of chat', (topic) => this.quotes.compareIn(topic));
    this.outbox.on(messageDeleted, 'quotations of chat', ({ messageId }) => this.quotes.blank([messageId]));
    this.nights.compareAll(() => this.quotes.compare());
  }

  /** Groups are called as in the language of the cohort: all of it reads the topic. */
  override async read(actor: CohortActor, thread: ThreadRef): Promise<CarriedThread | null> {
    const [carried, cohort] = await Promise.all([
      this.channels.shareableThread(actor.userId, actor.cohortId, thread),
      this.cohorts.byId(idOf(actor.cohortId)),
    ]);
    const locale = cohort?.locale ?? 'en';
    // Files stay with who may read the channel: the forum, which more people read, is told their names.
    const said = ({ body, attachments }: Message) =>
      [withGroupWords(body, locale), ...attachments.map(({ name }) => name)].join('\n').trim();
    if (!carried) return null;
    const messages = carried.messages.map((message) => ({
      ...{ messageId: message.id, authorId: message.senderId, bot: message.bot?.name ?? null, body: said(message) },
    }));
    return { messages, staying: carried.staying };
  }

  override async living(messageIds: readonly string[]): Promise<ReadonlySet<string>> {
    return await this.channels.living(messageIds);
  }

  override async isReadable(userId: string, { channelId, messageId }: ThreadRef): Promise<boolean> {
    const [isMember, message] = await Promise.all([
      this.channels.isMember(channelId, userId),
      this.channels.message(channelId, messageId),
    ]);
    return isMember && message !== null;
  }

  /** Tells the thread that a topic continues how that stands. Read again once told: its beginning and its end may be told at once, by two workers. */
  private async tell(topicId: string): Promise<void> {
    let told: boolean | null = null;
    for (;;) {
      const thread = await this.topics.threadToTell(topicId);
      if (!thread || thread.goesOn === told) return;
      const { channelId, messageId, goesOn } = thread;
      await this.messages.setTopic(channelId, messageId, thread.topicId, goesOn).catch(unlessGone);
      told = goesOn;
    }
  }
}

/** A message that was deleted needs to know nothing. */
function unlessGone(error: unknown): void {
  if (!(error instanceof Problem && error.status === 404)) throw error;
}
