import { Injectable, type OnModuleInit } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { type ChannelRef, ChannelsReader } from '../../chat/channels/channels-reader.js';
import {
  channelMembersChanged,
  channelRead,
  messageDeleted,
  messageEdited,
  type PeopleCalled,
  peopleCalled,
} from '../../chat/chat.events.js';
import { ConcurrencyLimiter } from '../../common/concurrency-limiter.js';
import { throwAll } from '../../common/try-each.js';
import type { Message } from '../../contracts/chat/chat.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { JobQueues, defineJob } from '../../infra/queue/job-queues.js';
import { ChatNoticeRows, addedKey, directKey, mentionKey } from '../inbox/chat-notice-rows.js';
import { ChatQuotes } from '../inbox/chat-quotes.js';
import { DeafReaders } from '../rules/deaf-readers.js';
import { Notifier } from '../notifier.js';

/** Hints, as what is said in a watched channel is: the list of channels shows who came in, and who reads a message sees its words. */
type ChatHint = { channelId: string; joined: string[]; byId: string | null } | { channelId: string; changedId: string };

const chatHint = defineJob<ChatHint>('chat-hint', 'alarms');

/** Messages that call people; of those of before it is not said in which cohort. */
type Call = Omit<PeopleCalled, 'cohortId'> & Partial<PeopleCalled>;

type Where = ChannelRef | (Pick<ChannelRef, 'id' | 'cohortId'> & { kind: 'direct' });

/** Tells people of what is meant for them in chat: they were named, or written to. What they read meanwhile is read here, too. */
@Injectable()
export class ChatNotices implements OnModuleInit {
  private readonly tellings = new ConcurrencyLimiter(10, 4);

  constructor(
    private readonly bus: EventBus,
    private readonly outbox: Outbox,
    private readonly queues: JobQueues,
    private readonly channels: ChannelsReader,
    private readonly people: People,
    private readonly deaf: DeafReaders,
    private readonly rows: ChatNoticeRows,
    private readonly quotes: ChatQuotes,
    private readonly notifier: Notifier,
  ) {}

  onModuleInit(): void {
    this.outbox.on(peopleCalled, 'chat notices', (call) => this.tellAll(call));
    this.bus.on(channelMembersChanged, async ({ channelId, joined, left, byId }) => {
      if (joined.length > 0) await this.queues.add(chatHint, { channelId, joined, byId });
      await this.rows.forget(left, channelId);
    });
    this.bus.on(channelRead, ({ channelId, userId, seq }) => this.rows.read(channelId, [{ userId, readSeq: seq }]));
    for (const kind of [messageEdited, messageDeleted]) {
      this.bus.on(kind, ({ channelId, messageId }) => this.queues.add(chatHint, { channelId, changedId: messageId }));
    }
    this.queues.process(chatHint, (hint) =>
      'joined' in hint
        ? this.tellAdded(hint.channelId, hint.joined, hint.byId)
        : this.quotes.follow(hint.channelId, hint.changedId),
    );
  }

  /** Tells of a message those who are named in it by now, or written to, and have not read it: each once, whoever asks. */
  async tellMessage({ channelId, messageId }: { channelId: string; messageId: string }): Promise<void> {
    await this.tellAll({ channelId, messageIds: [messageId] });
  }

  /** The same of some of a channel, several at a time, so that they share what they read and write. One that fails holds up no other. */
  private async tellAll({ channelId, cohortId, messageIds }: Call): Promise<void> {
    // Of a conversation nothing else is to be known.
    const channel =
      cohortId === null ? { id: channelId, cohortId, kind: 'direct' as const } : await this.channels.find(channelId);
    if (!channel) return;
    const outcomes = await Promise.allSettled(
      messageIds.map((messageId) => this.tellings.go(() => this.tell(channel, messageId))),
    );
    throwAll(outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : [])));
  }

  private async tell(channel: Where, messageId: string): Promise<void> {
    const message = await this.channels.message(channel.id, messageId);
    if (!message || message.deletedAt !== null) return;
    await this.settle(message, await this.tellPeople(channel, message));
  }

  /**
   * Who read the message while its notice was on its way has read that, too: what moves a pointer looks for notices after it, what writes notices looks at the
   * pointers after it, so one of the two sees the other.
   */
  private async settle({ channelId, seq }: Message, meant: readonly string[]): Promise<void> {
    const readers = await this.channels.readers(channelId);
    const read = meant.filter((userId) => (readers.get(userId)?.readSeq ?? 0) >= seq);
    await this.rows.read(
      channelId,
      read.map((userId) => ({ userId, readSeq: seq })),
    );
  }

  /** Returns for whom the message is meant, whether they have read it or not. */
  private async tellPeople(channel: Where, message: Message): Promise<string[]> {
    const { channelId, id: messageId } = message;
    const readers = await this.channels.readers(channelId);
    const deaf = await this.deaf.to(message.senderId, channel.cohortId, [...readers.keys()]);
    const unread = [...readers].filter(
      ([userId, { readSeq }]) => userId !== message.senderId && readSeq < message.seq && !deaf.has(userId),
    );
    const by = (await this.people.byId([message.senderId])).get(message.senderId)?.name ?? '';
    const common = { cohortId: channel.cohortId, link: linkOf(channel) };
    if (channel.kind === 'direct') {
      const places = await this.rows.placesOf(
        'chat.direct',
        channelId,
        unread.flatMap(([userId, { readSeq, muted }]) => (muted ? [] : [{ userId, readSeq }])),
      );
      // All that comes while nothing is read is one notice; what it said and was read, here or in the inbox, is not said again.
      const told = [...places]
        .filter(([, place]) => place < message.seq)
        .map(([userId, place]) => ({ userId, key: directKey(channelId, place) }));
      for (const { userId, key } of told) {
        await this.notifier.notify({
          ...common,
          userIds: [userId],
          kind: 'chat.direct',
          // No more than whose it is: its words are read in the inbox (`told-words.ts`), and on no screen that others see.
          params: { channelId, messageId, seq: message.seq, by, byId: message.senderId, excerpt: '' },
          why: 'participant',
          key,
        });
      }
      await this.notifier.showAgain(await this.rows.cover(told, message));
      return [...readers.keys()];
    }
    const named = new Set(message.mentions);
    await this.notifier.notify({
      ...common,
      // A quiet channel speaks up only for who is named.
      userIds: unread.flatMap(([userId, { muted }]) =>
        named.has(userId) || (message.mentionsAll && !muted) ? [userId] : [],
      ),
      kind: 'chat.mentioned',
      link: `${common.link}?message=${messageId}`,
      params: {
        channelId,
        messageId,
        seq: message.seq,
        ...{ by, byId: message.senderId },
        ...{ channel: channel.name, channelKey: channel.nameKey },
        excerpt: await this.quotes.of(message),
        rev: message.rev,
      },
      why: 'mentioned',
      key: mentionKey(messageId),
    });
    await this.quotes.follow(channelId, messageId, message.rev);
    return [...readers.keys()].filter((userId) => named.has(userId) || message.mentionsAll);
  }

  /** Channels kept by membership tell nothing: people are in them because of what they are. */
  private async tellAdded(channelId: string, joined: readonly string[], byId: string | null): Promise<void> {
    const channel = await this.channels.find(channelId);
    if (channel?.kind !== 'private' && channel?.kind !== 'open') return;
    await this.notifier.notify({
      userIds: joined.filter((userId) => userId !== channel.createdBy && userId !== byId),
      cohortId: channel.cohortId,
      kind: 'channel.added',
      params: { channelId, channel: channel.name },
      link: linkOf(channel),
      why: 'member',
      key: addedKey(channelId),
    });
  }
}

const linkOf = ({ id, cohortId }: { id: string; cohortId: string | null }) =>
  cohortId === null ? `/chat/${id}` : `/c/${cohortId}/chat/${id}`;
