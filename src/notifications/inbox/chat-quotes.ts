import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { ChannelsReader } from '../../chat/channels/channels-reader.js';
import { excerptOf } from '../../common/markdown/excerpt.js';
import type { Message } from '../../contracts/chat/chat.js';
import { Notifier } from '../notifier.js';
import { CHAT_EXCERPT, withName } from '../words/quote.js';
import { ChatNoticeRows } from './chat-notice-rows.js';

/** What notices quote of a message: its beginning, as it reads now and not as it read when they were told. */
@Injectable()
export class ChatQuotes {
  constructor(
    private readonly channels: ChannelsReader,
    private readonly people: People,
    private readonly rows: ChatNoticeRows,
    private readonly notifier: Notifier,
  ) {}

  async of(message: Pick<Message, 'channelId' | 'body' | 'mentions'>): Promise<string> {
    return excerptOf(await this.channels.wordsOf(message), CHAT_EXCERPT);
  }

  /**
   * Writes a message that was edited or deleted into the notices that quote it, also on pages that are open. Who tells of one asks, too, with the revision that they
   * told (`told`): it may have changed after they read it and before they wrote it down.
   */
  async follow(channelId: string, messageId: string, told?: number): Promise<void> {
    const message = await this.channels.message(channelId, messageId);
    if (!message || message.rev === told) return;
    const { rev, seq, senderId, editedAt, deletedAt } = message;
    if (editedAt === null && deletedAt === null) return;
    const readers = await this.channels.memberIds(channelId);
    if (deletedAt !== null) {
      await this.rows.blank(readers, { channelId, messageId, rev });
    } else {
      const mention = await this.of(message);
      const by = (await this.people.byId([senderId])).get(senderId)?.name ?? '';
      await this.rows.say(readers, { channelId, messageId, rev, mention, watched: withName(by, mention) });
    }
    await this.notifier.showAgain(await this.rows.saying(readers, { channelId, messageId, seq }));
  }
}
