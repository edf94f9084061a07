import { Injectable, type OnModuleInit } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { ChannelsReader } from '../../chat/channels/channels-reader.js';
import { messageDeleted, messageSent } from '../../chat/chat.events.js';
import type { Message } from '../../contracts/chat/chat.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { JobQueues, defineJob } from '../../infra/queue/job-queues.js';
import { ChatNoticeRows, watchKey } from '../inbox/chat-notice-rows.js';
import { ChatQuotes } from '../inbox/chat-quotes.js';
import { withName } from '../words/quote.js';
import { DeafReaders } from '../rules/deaf-readers.js';
import { Notifier } from '../notifier.js';

const watchedChannel = defineJob<{ channelId: string }>('watched-channel', 'alarms');

/** What is said within this time is looked at together; whoever has the channel open has read it by then. */
const GATHER_MS = 4000;
/** Messages that come while a look is on its way are seen by it. */
const ASKED_FOR_MS = GATHER_MS - 500;
const MAX_COUNTED = 200;

/** Tells who watches a channel that something is said there: one notice that grows until they have read it, however much it is. */
@Injectable()
export class WatchedChannelNotices implements OnModuleInit {
  /** By channel: until when a look that this process asked for is still to come. */
  private readonly asked = new Map<string, number>();

  constructor(
    private readonly bus: EventBus,
    private readonly queues: JobQueues,
    private readonly channels: ChannelsReader,
    private readonly people: People,
    private readonly deaf: DeafReaders,
    private readonly rows: ChatNoticeRows,
    private readonly quotes: ChatQuotes,
    private readonly notifier: Notifier,
  ) {}

  onModuleInit(): void {
    this.bus.on(messageSent, ({ channelId, kind }) => (kind === 'direct' ? undefined : this.askFor(channelId)));
    // What is unread without it is another thing.
    this.bus.on(messageDeleted, ({ channelId }) => this.askFor(channelId));
    this.queues.process(watchedChannel, ({ channelId }) => this.tell(channelId));
  }

  /** Of many messages in a row one asks: a busy channel that nobody watches costs a job every few seconds. */
  private async askFor(channelId: string): Promise<void> {
    const now = performance.now();
    if ((this.asked.get(channelId) ?? 0) > now) return;
    for (const [id, until] of this.asked) if (until <= now) this.asked.delete(id);
    this.asked.set(channelId, now + ASKED_FOR_MS);
    await this.queues.add(watchedChannel, { channelId }, { delay: GATHER_MS });
  }

  /**
   * Tells each watcher what they have not read, here or in the inbox, by its last message and the count; again for the same says nothing
   * new.
   */
  async tell(channelId: string): Promise<void> {
    const channel = await this.channels.find(channelId);
    if (!channel || channel.kind === 'direct') return;
    const watchers = await this.channels.watchers(channelId);
    if (watchers.length === 0) return;
    const from = Math.min(...watchers.map(({ readSeq }) => readSeq));
    const messages = (await this.channels.latestAfter(channelId, from, MAX_COUNTED)).filter(isSaid);
    const deafTo = await this.deafTo(
      messages,
      channel.cohortId,
      watchers.map(({ userId }) => userId),
    );
    const names = await this.people.byId([...new Set(messages.map(({ senderId }) => senderId))]);
    const quoted = new Map<string, Message>();
    const head = messages.at(-1)?.seq ?? 0;
    const behind = watchers.filter(({ readSeq }) => readSeq < head);
    for (const [userId, place] of await this.rows.placesOf('chat.watched', channelId, behind)) {
      // Who is named in a message, alone or with all who are in the channel, hears of it by that.
      const news = messages.filter(
        (one) =>
          one.seq > place &&
          one.senderId !== userId &&
          !one.mentionsAll &&
          !one.mentions.includes(userId) &&
          !deafTo.get(one.senderId)?.has(userId),
      );
      const last = news.at(-1);
      if (!last) continue;
      quoted.set(last.id, last);
      const by = names.get(last.senderId)?.name ?? '';
      await this.notifier.notify({
        userIds: [userId],
        cohortId: channel.cohortId,
        kind: 'chat.watched',
        params: {
          ...{ channelId, messageId: last.id, seq: last.seq, by, byId: last.senderId, count: news.length },
          ...{ channel: channel.name, channelKey: channel.nameKey },
          excerpt: withName(by, await this.quotes.of(last)),
          rev: last.rev,
        },
        link: channel.cohortId === null ? `/chat/${channelId}` : `/c/${channel.cohortId}/chat/${channelId}`,
        why: 'watching',
        key: watchKey(channelId, place),
        gathered: news.length,
      });
    }
    // Who read on while their notice was on its way has read that, too.
    if (quoted.size > 0) await this.rows.read(channelId, await this.channels.watchers(channelId));
    for (const { id, rev } of quoted.values()) await this.quotes.follow(channelId, id, rev);
  }

  /** By who wrote: who of the watchers hears nothing from them. */
  private async deafTo(
    messages: readonly Message[],
    cohortId: string | null,
    watchers: readonly string[],
  ): Promise<Map<string, Set<string>>> {
    const senders = [...new Set(messages.map(({ senderId }) => senderId))];
    return new Map(
      await Promise.all(
        senders.map(async (senderId) => [senderId, await this.deaf.to(senderId, cohortId, watchers)] as const),
      ),
    );
  }
}

const isSaid = ({ deletedAt, threadId }: Message) => deletedAt === null && threadId === null;
