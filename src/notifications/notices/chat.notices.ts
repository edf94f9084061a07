import { Injectable, type OnModuleInit } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { ChannelsReader } from '../../chat/channels/channels-reader.js';
import {
  channelMembersChanged,
  channelRead,
  messageDeleted,
  messageEdited,
  messageSent,
} from '../../chat/chat.events.js';
import { type UntoldPlace, UntoldMessages } from '../../chat/reading/untold-messages.js';
import type { Message } from '../../contracts/chat/chat.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { Intervals } from '../../infra/queue/intervals.js';
import { JobQueues, defineQueue } from '../../infra/queue/job-queues.js';
import { ChatNoticeRows, directKey, mentionKey } from '../inbox/chat-notice-rows.js';
import { ChatQuotes } from '../inbox/chat-quotes.js';
import { DeafReaders } from '../rules/deaf-readers.js';
import { Notifier } from '../notifier.js';
import { LOOK_EVERY_MS, UntoldLooks } from '../untold-looks.js';

type ChatNotice =
  UntoldPlace | { channelId: string; joined: string[]; byId: string | null } | { channelId: string; changedId: string };

const chatNotice = defineQueue<ChatNotice>('chat-notice');

/** Whoever looks at the conversation has read it by then, and hears nothing more. */
const DIRECT_AFTER_MS = 3000;

/** Tells people of what is meant for them in chat: they were named, or written to. What they read meanwhile is read here, too. */
@Injectable()
export class ChatNotices implements OnModuleInit {
  constructor(
    private readonly bus: EventBus,
    private readonly queues: JobQueues,
    private readonly intervals: Intervals,
    private readonly looks: UntoldLooks,
    private readonly channels: ChannelsReader,
    private readonly untold: UntoldMessages,
    private readonly people: People,
    private readonly deaf: DeafReaders,
    private readonly rows: ChatNoticeRows,
    private readonly quotes: ChatQuotes,
    private readonly notifier: Notifier,
  ) {}

  onModuleInit(): void {
    for (const kind of [messageSent, messageEdited]) {
      this.bus.on(kind, async ({ channelId, messageId, isUntold, kind: channel }) => {
        const delay = channel === 'direct' ? DIRECT_AFTER_MS : 0;
        if (isUntold) await this.queues.add(chatNotice, { channelId, messageId }, { delay });
      });
    }
    this.bus.on(channelMembersChanged, async ({ channelId, joined, left, byId }) => {
      if (joined.length > 0) await this.queues.add(chatNotice, { channelId, joined, byId });
      await this.rows.forget(left, channelId);
    });
    this.bus.on(channelRead, ({ channelId, userId, seq }) => this.rows.read(channelId, [{ userId, readSeq: seq }]));
    for (const kind of [messageEdited, messageDeleted]) {
      this.bus.on(kind, ({ channelId, messageId }) => this.queues.add(chatNotice, { channelId, changedId: messageId }));
    }
    this.queues.process(chatNotice, (notice) => {
      if ('joined' in notice) return this.tellAdded(notice.channelId, notice.joined, notice.byId);
      if ('changedId' in notice) return this.quotes.follow(notice.channelId, notice.changedId);
      return this.tellMessage(notice);
    });
    this.intervals.every(LOOK_EVERY_MS, 'messages to tell of', () => this.tellUntold());
  }

  /** Tells what nobody was told of. */
  async tellUntold(): Promise<void> {
    await this.looks.look(
      (from, to, limit) => this.untold.between(from, to, limit),
      (place) => this.tellMessage(place),
    );
  }

  /** Tells of a message those who are named in it by now, or written to, and have not read it: each once, whoever asks. */
  async tellMessage(place: UntoldPlace): Promise<void> {
    const found = await this.untold.read(place);
    if (!found) return;
    if (found.message.deletedAt === null) {
      const meant = await this.tellPeople(found.message);
      await this.settle(found.message, meant);
    }
    await this.untold.told(found);
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
  private async tellPeople(message: Message): Promise<string[]> {
    const { channelId, id: messageId } = message;
    const [channel, readers] = await Promise.all([this.channels.find(channelId), this.channels.readers(channelId)]);
    if (!channel) return [];
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
          // A conversation says no more than whose it is: its words stay in it.
          params: { channelId, messageId, seq: message.seq, by, excerpt: '' },
          why: 'participant',
          key,
        });
      }
      await this.rows.cover(told, message.seq);
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
        by,
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
      key: `channel-${channelId}`,
    });
  }
}

const linkOf = ({ id, cohortId }: { id: string; cohortId: string | null }) =>
  cohortId === null ? `/chat/${id}` : `/c/${cohortId}/chat/${id}`;
