import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { ChannelsReader } from '../../chat/channels/channels-reader.js';
import { excerptOf } from '../../common/markdown/excerpt.js';
import type { Message } from '../../contracts/chat/chat.js';
import { ChatNoticeRows } from './chat-notice-rows.js';

const EXCERPT = 160;

/** What notices quote of a message: its beginning, as it reads now and not as it read when they were told. */
@Injectable()
export class ChatQuotes {
  constructor(
    private readonly channels: ChannelsReader,
    private readonly people: People,
    private readonly rows: ChatNoticeRows,
  ) {}

  async of(message: Pick<Message, 'channelId' | 'body' | 'mentions'>): Promise<string> {
    return excerptOf(await this.channels.wordsOf(message), EXCERPT);
  }

  /**
   * Writes a message that was edited or deleted into the notices that quote it. Who tells of one asks, too, with the revision that they
   * told (`told`): it may have changed after they read it and before they wrote it down.
   */
  async follow(channelId: string, messageId: string, told?: number): Promise<void> {
    const message = await this.channels.message(channelId, messageId);
    if (!message || message.rev === told) return;
    const { rev, senderId, editedAt, deletedAt } = message;
    if (editedAt === null && deletedAt === null) return;
    const readers = await this.channels.memberIds(channelId);
    if (deletedAt !== null) {
      await this.rows.blank(readers, { channelId, messageId, rev });
      return;
    }
    const mention = await this.of(message);
    const by = (await this.people.byId([senderId])).get(senderId)?.name ?? '';
    await this.rows.say(readers, { channelId, messageId, rev, mention, watched: withName(by, mention) });
  }
}

/** The quote where no title says who wrote it. */
export const withName = (by: string, excerpt: string): string => (by ? `${by}: ${excerpt}` : excerpt);
