import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import { Clock } from '../common/clock.js';
import type { NotificationsRead } from '../contracts/notifications.js';
import { idOf } from '../infra/mongo/ids.js';
import { Realtime } from '../infra/realtime/realtime.js';
import { rooms } from '../infra/realtime/rooms.js';
import { strengthOf } from './delivery-rules.js';
import type { NotificationRow } from './notification.schema.js';

/** Keeps notices about chat true to the chat: read there is read here; who left a channel, and deleted words, leave no trace. */
@Injectable()
export class ChatNoticeRows {
  constructor(
    @InjectModel('Notification') private readonly notifications: Model<NotificationRow>,
    private readonly clock: Clock,
    private readonly realtime: Realtime,
  ) {}

  /** What a person read in a channel, up to a place, is read in their inbox, on all their devices. */
  async read(userId: string, channelId: string, seq: number): Promise<void> {
    const id = idOf(userId);
    const found = await this.notifications
      .find(
        { userId: id, shown: true, readAt: null, 'params.channelId': channelId, 'params.seq': { $lte: seq } },
        { _id: 1 },
      )
      .lean<{ _id: Types.ObjectId }[]>();
    if (found.length === 0) return;
    const ids = found.map((row) => row._id);
    const readAt = this.clock.now();
    await this.notifications.updateMany({ userId: id, _id: { $in: ids }, readAt: null }, { $set: { readAt } });
    const read: NotificationsRead = { ids: ids.map(String), before: null, readAt: readAt.toISOString() };
    this.realtime.emit(rooms.user(userId), 'notification.read', read);
  }

  /** People who are out of a channel keep nothing of it. */
  async forget(userIds: readonly string[], channelId: string): Promise<void> {
    if (userIds.length === 0) return;
    await this.notifications.deleteMany({ userId: { $in: userIds.map(idOf) }, 'params.channelId': channelId });
  }

  /** Says an edited message anew where it is quoted: to who was named in it, and in watched channels. What was said since stays. */
  async say(
    userIds: readonly string[],
    { mention, watched, ...message }: ToldMessage & Record<'mention' | 'watched', string>,
  ) {
    const { mentions, watches } = quoting(userIds, message);
    await this.write(mentions, message, { 'params.excerpt': { $literal: mention } });
    await this.write(watches, message, { 'params.excerpt': { $literal: watched } });
  }

  /**
   * A deleted message is no longer quoted, and who was named in it gets no mail of it. What a watched channel says may be more than this
   * message: its notice is as weak as can be from now on, so that whatever is still unread is said again by the next look at the channel.
   */
  async blank(userIds: readonly string[], message: ToldMessage): Promise<void> {
    const { mentions, watches } = quoting(userIds, message);
    await this.write(mentions, message, { 'params.excerpt': '' });
    await this.notifications.updateMany(
      { ...mentions, 'mail.state': { $in: ['waiting', 'sending', 'digest'] } },
      { $set: { 'mail.state': 'skipped', 'mail.rule': 'gone' } },
    );
    await this.write(watches, message, { 'params.excerpt': '', strength: strengthOf('watching') });
  }

  /** Only over what is older: of two changes told at once, the later one stays. */
  private async write(quotes: Quoting, { rev }: ToldMessage, change: Record<string, unknown>): Promise<void> {
    await this.notifications.updateMany(
      { ...quotes, 'params.rev': { $not: { $gte: rev } } },
      [{ $set: { ...change, 'params.rev': rev, ...WRITTEN_ANEW } }],
      { updatePipeline: true },
    );
  }
}

/** A message at one revision of it. */
interface ToldMessage {
  channelId: string;
  messageId: string;
  rev: number;
}

type Quoting = ReturnType<typeof quoting>['mentions' | 'watches'];

/** The notices of these people that quote a message, found by their keys. */
function quoting(userIds: readonly string[], { channelId, messageId }: ToldMessage) {
  const theirs = { userId: { $in: userIds.map(idOf) }, 'params.messageId': messageId };
  return {
    mentions: { ...theirs, key: mentionKey(messageId) },
    watches: { ...theirs, key: new RegExp(`^${watchKey(channelId, '')}`) },
  };
}

/** A mail that is being written quotes what was there before: it waits again, and who writes it cannot hand it over. */
const WRITTEN_ANEW = {
  'mail.state': { $cond: [{ $eq: ['$mail.state', 'sending'] }, 'waiting', '$mail.state'] },
} as const;

/** The key of the notice to who was named in a message. */
export const mentionKey = (messageId: string): string => `chat-${messageId}`;

/** The key of the notice that gathers what is said in a watched channel after a place. */
export const watchKey = (channelId: string, readSeq: number | ''): string => `watch-${channelId}-${readSeq}`;
