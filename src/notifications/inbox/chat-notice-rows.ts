import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import type { NotificationKind } from '../../contracts/notifications/notifications.js';
import { idOf } from '../../infra/mongo/ids.js';
import { strengthOf } from '../rules/delivery-rules.js';
import { hideNotices, skipMails } from './hiding.js';
import { NoticesRead } from './notices-read.js';
import type { NotificationRow } from './notification.schema.js';

/** Keeps notices about chat true to the chat: read there is read here; who left a channel, and deleted words, leave no trace. */
@Injectable()
export class ChatNoticeRows {
  constructor(
    @InjectModel('Notification') private readonly notifications: Model<NotificationRow>,
    private readonly notices: NoticesRead,
  ) {}

  /**
   * The place after which each of these readers is told of a channel anew: up to where they have read it or, where that is further, what
   * the notices of this kind say that they read in the inbox alone. What was read stays so while its notice is snoozed, which comes back
   * unread: what is said then has a notice of its own. One query, whoever they are.
   */
  async placesOf(kind: ChatKind, channelId: string, readers: readonly ReaderPlace[]): Promise<Map<string, number>> {
    const places = new Map(readers.map(({ userId, readSeq }) => [userId, readSeq]));
    if (readers.length === 0) return places;
    const told = await this.notifications.aggregate<{ _id: Types.ObjectId; seq: number; open: (string | null)[] }>([
      {
        $match: {
          userId: { $in: readers.map(({ userId }) => idOf(userId)) },
          ...{ 'params.channelId': channelId, 'params.seq': { $gt: Math.min(...places.values()) } },
          kind,
        },
      },
      {
        $group: {
          _id: '$userId',
          seq: { $max: { $cond: [WAS_READ, '$params.seq', 0] } },
          open: { $addToSet: { $cond: [WAS_READ, null, '$key'] } },
        },
      },
    ]);
    for (const { _id, seq, open } of told)
      places.set(String(_id), Math.max(seq, places.get(String(_id)) ?? 0, ...open.map(placeIn)));
    return places;
  }

  /**
   * A message that came while the notices of these keys were unread is said by them: whoever reads one has heard of it. Returns those that say it from now on, and
   * said another one before.
   */
  async cover(
    told: readonly { userId: string; key: string }[],
    { id, seq }: { id: string; seq: number },
  ): Promise<NotificationRow[]> {
    if (told.length === 0) return [];
    const [userIds, keys] = [told.map(({ userId }) => idOf(userId)), told.map(({ key }) => key)];
    const theirs = { userId: { $in: userIds }, key: { $in: keys }, readAt: null };
    const { modifiedCount } = await this.notifications.updateMany(
      { ...theirs, 'params.seq': { $lt: seq } },
      { $set: { 'params.seq': seq } },
    );
    if (modifiedCount === 0) return [];
    return await this.notifications
      .find({ ...theirs, 'params.seq': seq, 'params.messageId': { $ne: id } })
      .lean<NotificationRow[]>();
  }

  /** The notices of these people whose words are those of a message, read or not. */
  async saying(
    userIds: readonly string[],
    { channelId, messageId, seq }: Pick<ToldMessage, 'channelId' | 'messageId'> & { seq: number },
  ): Promise<NotificationRow[]> {
    const { reminders } = quoting(userIds, { channelId, messageId });
    const theirs = { userId: reminders.userId, 'params.channelId': channelId, 'params.seq': seq };
    return await this.notifications.find({ $or: [theirs, reminders] }).lean<NotificationRow[]>();
  }

  /** What these people read in a channel, each up to their place, is read in their inbox, on all their devices. One query, whoever they are. */
  async read(channelId: string, readers: readonly ReaderPlace[]): Promise<void> {
    if (readers.length === 0) return;
    const places = new Map(readers.map(({ userId, readSeq }) => [userId, readSeq]));
    await this.notices.read(
      {
        userId: { $in: [...places.keys()].map(idOf) },
        ...{ 'params.channelId': channelId, 'params.seq': { $lte: Math.max(...places.values()) } },
      },
      ({ userId, params }) => Number(params.seq) <= (places.get(String(userId)) ?? 0),
    );
  }

  /**
   * People who are out of a channel keep nothing of it. Only that they were told of it once is remembered, by a notice that is shown nowhere: who is taken out and let
   * in again and again is not told again and again.
   */
  async forget(userIds: readonly string[], channelId: string): Promise<void> {
    if (userIds.length === 0) return;
    const key = addedKey(channelId);
    const theirs = { userId: { $in: userIds.map(idOf) } };
    await this.notifications.deleteMany({ ...theirs, 'params.channelId': channelId, key: { $ne: key } });
    await hideNotices(this.notifications, { ...theirs, key }, ['channel']);
  }

  /** Says an edited message anew where it is quoted: to who was named in it, to who was reminded of it, and in watched channels. What was said since stays. */
  async say(
    userIds: readonly string[],
    { mention, watched, ...message }: ToldMessage & Record<'mention' | 'watched', string>,
  ) {
    const { mentions, reminders, watches } = quoting(userIds, message);
    await this.write(mentions, message, { 'params.excerpt': { $literal: mention } });
    await this.write(reminders, message, { 'params.excerpt': { $literal: mention } });
    await this.write(watches, message, { 'params.excerpt': { $literal: watched } });
  }

  /**
   * A deleted message is no longer quoted, and who was named in it gets no mail of it. What a watched channel says may be more than this
   * message: its notice is as weak as can be from now on, so that whatever is still unread is said again by the next look at the channel.
   */
  async blank(userIds: readonly string[], message: ToldMessage): Promise<void> {
    const { mentions, reminders, watches } = quoting(userIds, message);
    for (const quotes of [mentions, reminders]) {
      await this.write(quotes, message, { 'params.excerpt': '' });
      await skipMails(this.notifications, quotes);
    }
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

/** The notices that gather what is said while nobody reads them. */
type ChatKind = Extract<NotificationKind, 'chat.direct' | 'chat.watched'>;

/** Up to where somebody has read a channel. */
interface ReaderPlace {
  userId: string;
  readSeq: number;
}

/** A message at one revision of it. */
interface ToldMessage {
  channelId: string;
  messageId: string;
  rev: number;
}

type Quoting = ReturnType<typeof quoting>['mentions' | 'watches' | 'reminders'];

/** The notices of these people that quote a message, found by their keys. */
function quoting(userIds: readonly string[], { channelId, messageId }: Pick<ToldMessage, 'channelId' | 'messageId'>) {
  const theirs = { userId: { $in: userIds.map(idOf) }, 'params.messageId': messageId };
  return {
    mentions: { ...theirs, key: mentionKey(messageId) },
    reminders: { ...theirs, key: new RegExp(`^${remindKey(messageId, '')}`) },
    watches: { ...theirs, key: new RegExp(`^${watchKey(channelId, '')}`) },
  };
}

/** Whether a notice was read before it was snoozed, or is read now. */
const WAS_READ = { $gt: [{ $ifNull: ['$readAt', '$before.readAt'] }, null] };

/** A mail that is being written quotes what was there before: it waits again, and who writes it cannot hand it over. */
const WRITTEN_ANEW = {
  'mail.state': { $cond: [{ $eq: ['$mail.state', 'sending'] }, 'waiting', '$mail.state'] },
} as const;

/** The key of the notice to who was let into a channel. */
export const addedKey = (channelId: string): string => `channel-${channelId}`;

/** The key of the notice to who was named in a message. */
export const mentionKey = (messageId: string): string => `chat-${messageId}`;

/** The key of the notice by which somebody is reminded of a message, as they planned it. */
export const remindKey = (messageId: string, plan: string): string => `remind-${messageId}-${plan}`;

/** The key of the notice that gathers what is said in a watched channel after a place. */
export const watchKey = (channelId: string, place: number | ''): string => `watch-${channelId}-${place}`;

/** The key of the notice of all that is written to somebody after a place. */
export const directKey = (channelId: string, place: number): string => `direct-${channelId}-${place}`;

/** The place that the key of a notice that gathers says: what comes before it was read as the key was given. */
const placeIn = (key: string | null): number => Number(key?.split('-').at(-1)) || 0;
