import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { People } from '../../auth/people.js';
import { ChannelsReader } from '../../chat/channels/channels-reader.js';
import type { Message } from '../../contracts/chat/chat.js';
import { ChatQuotes } from '../../notifications/inbox/chat-quotes.js';
import { remindKey } from '../../notifications/inbox/chat-notice-rows.js';
import { Notifier } from '../../notifications/notifier.js';
import type { ScheduledRow } from './scheduled.schema.js';

/** Reminds people of messages that they want to come back to, once for each time that they planned. What they may not read any more, and what was deleted, is gone. */
@Injectable()
export class MessageReminders {
  constructor(
    private readonly channels: ChannelsReader,
    private readonly quotes: ChatQuotes,
    private readonly people: People,
    private readonly notifier: Notifier,
  ) {}

  /** Those of some messages that a person may read now, by their ids; without deleted ones. Two queries. */
  async readable(userId: Types.ObjectId, messageIds: readonly Types.ObjectId[]): Promise<Map<string, Message>> {
    if (messageIds.length === 0) return new Map();
    const [messages, channels] = await Promise.all([
      this.channels.messagesAnywhere(messageIds.map(String)),
      this.channels.readableBy(String(userId)),
    ]);
    const mine = new Set(channels);
    const readable = messages.filter(({ channelId, deletedAt }) => deletedAt === null && mine.has(channelId));
    return new Map(readable.map((message) => [message.id, message]));
  }

  /** Nothing for what is gone. The words of a conversation stay in it. */
  async tell({ _id, userId, messageId, dueAt }: ScheduledRow): Promise<void> {
    const message = messageId && (await this.readable(userId, [messageId])).get(String(messageId));
    const channel = message && (await this.channels.find(message.channelId));
    if (!channel) return;
    const { id, channelId, senderId, bot, rev } = message;
    const by = bot?.name ?? (await this.people.byId([senderId])).get(senderId)?.name ?? '';
    const isDirect = channel.kind === 'direct';
    await this.notifier.notify({
      userIds: [String(userId)],
      cohortId: channel.cohortId,
      kind: 'chat.reminder',
      params: {
        ...{ channelId, messageId: id, by, rev },
        ...(isDirect ? { channel: 'none' } : { channel: channel.name, channelKey: channel.nameKey }),
        excerpt: isDirect ? '' : await this.quotes.of(message),
      },
      link: `${channel.cohortId === null ? '' : `/c/${channel.cohortId}`}/chat/${channelId}?message=${id}`,
      why: 'self',
      key: remindKey(id, `${String(_id)}-${dueAt.getTime()}`),
    });
    await this.quotes.follow(channelId, id, rev);
  }
}
