import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import type { Actor } from '../../common/actor.js';
import { notFound } from '../../common/problem.js';
import { MAX_CHARACTERS, lengthOfBody, within } from '../../common/texts/within.js';
import type { Message, Messages, MessagesQuery, ReadState } from '../../contracts/chat/chat.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { toId } from '../../infra/mongo/ids.js';
import { RateLimits } from '../../infra/redis/rate-limits.js';
import { Realtime } from '../../infra/realtime/realtime.js';
import { rooms } from '../../infra/realtime/rooms.js';
import { ChannelAccess } from '../channels/channel-access.js';
import { ChannelMembersRepository } from '../channels/channel-members.repository.js';
import type { ChannelRow } from '../channels/channel.schema.js';
import { channelRead } from '../chat.events.js';
import { presentMessage } from '../messages/message.js';
import type { MessageRow } from '../messages/message.schema.js';
import { MessageWalks } from '../messages/message-walks.repository.js';
import { MessagesRepository } from '../messages/messages.repository.js';
import { Unread } from './unread.js';
import { OwnReading } from './own-reading.js';

/** By a person and process: their pages tell it once for what came while they looked. Each is some questions to the database. */
const POINTERS = { name: 'chat-read', points: 120, seconds: 10, perProcess: true };

/** Reading: pages, single messages, and how far one has read. */
@Injectable()
export class MessageReading {
  constructor(
    private readonly access: ChannelAccess,
    private readonly members: ChannelMembersRepository,
    private readonly messages: MessagesRepository,
    private readonly walks: MessageWalks,
    private readonly unread: Unread,
    private readonly realtime: Realtime,
    private readonly bus: EventBus,
    private readonly ownReading: OwnReading,
    private readonly limits: RateLimits,
  ) {}

  /** A page of top-level messages, or of a thread's replies; it may end before `limit` where texts are long. Throws 404. */
  async page(actor: Actor, channelId: string, query: MessagesQuery): Promise<Messages> {
    await this.ownReading.settled();
    const { channel, member } = await this.access.held(actor, channelId);
    const threadId = await this.threadOf(channel, query.threadId);
    const rows = await this.rowsOf(channel, threadId, query);
    const [first, final] = [rows.at(0), rows.at(-1)];
    const older = { from: 'end', after: 0, before: first?.seq ?? query.before ?? 1 } as const;
    const newer = { from: 'start', after: final?.seq ?? channel.headSeq, before: channel.headSeq + 1 } as const;
    const [hasBefore, hasAfter] = await Promise.all([
      this.walks.any(channel._id, threadId, older),
      this.walks.any(channel._id, threadId, newer),
    ]);
    return {
      items: rows.map(presentMessage),
      rev: channel.rev,
      readSeq: member.readSeq,
      hasBefore,
      hasAfter,
      nextCursor: null,
    };
  }

  /** One message: what a link leads to, what a thread hangs on. Throws 404. */
  async one(actor: Actor, channelId: string, messageId: string): Promise<Message> {
    const { channel } = await this.access.held(actor, channelId);
    const id = toId(messageId);
    const row = id && (await this.messages.byId(id));
    if (!row?.channelId.equals(channel._id)) throw notFound();
    return presentMessage(row);
  }

  /** The pinned messages of a channel, the latest pinned first. Throws 404. */
  async pins(actor: Actor, channelId: string): Promise<Message[]> {
    const { channel } = await this.access.held(actor, channelId);
    const pins = channel.pins ?? [];
    const rows = new Map((await this.messages.byIds(channel._id, pins)).map((row) => [String(row._id), row]));
    return pins.flatMap((id) => rows.get(String(id)) ?? []).map(presentMessage);
  }

  /** Sets the pointer, also back ("mark unread"). Throws 404, 429. */
  async markRead(actor: Pick<Actor, 'userId'>, channelId: string, seq: number, back: boolean): Promise<ReadState> {
    await this.limits.take(POINTERS, actor.userId);
    await this.ownReading.settled();
    const { channel, member, userId } = await this.access.held(actor, channelId);
    const target = Math.min(seq, channel.rev);
    const readSeq = back ? target : Math.max(target, member.readSeq);
    if (readSeq !== member.readSeq) {
      if (!(await this.members.read(channel._id, userId, readSeq, back))) throw notFound();
      const moved = { channelId: String(channel._id), userId: actor.userId, seq: readSeq };
      this.realtime.emit(rooms.user(actor.userId), 'channel.read', moved);
      this.bus.publish(channelRead, moved);
    }
    const counts = await this.unread.of(userId, [{ member: { ...member, readSeq }, channel }]);
    return { readSeq, ...counts(channel._id) };
  }

  private async threadOf(channel: ChannelRow, threadId: string | undefined): Promise<Types.ObjectId | null> {
    if (threadId === undefined) return null;
    const id = toId(threadId);
    const root = id && (await this.messages.byId(id));
    if (!root?.channelId.equals(channel._id) || root.threadId) throw notFound();
    return root._id;
  }

  private async rowsOf(
    channel: ChannelRow,
    threadId: Types.ObjectId | null,
    query: MessagesQuery,
  ): Promise<readonly MessageRow[]> {
    const end = channel.headSeq + 1;
    const part = async (range: Partial<Parameters<MessageWalks['page']>[2]>, characters = MAX_CHARACTERS) => {
      const asked = { after: 0, before: end, from: 'end', limit: query.limit, ...range } as const;
      const rows = await this.walks.page(channel._id, threadId, asked);
      if (asked.from === 'start') return within(rows, lengthOfBody, characters);
      return within(rows.toReversed(), lengthOfBody, characters).toReversed();
    };
    const around = query.around ?? (query.at && (await this.walks.firstSeqFrom(channel._id, new Date(query.at))));
    if (around) {
      const half = Math.floor(query.limit / 2);
      const [older, newer] = await Promise.all([
        half > 0 ? part({ before: Math.min(around, end), limit: half }, MAX_CHARACTERS / 2) : [],
        part({ after: around - 1, from: 'start', limit: query.limit - half }, MAX_CHARACTERS / 2),
      ]);
      return [...older, ...newer];
    }
    if (query.before !== undefined) return await part({ before: Math.min(query.before, end) });
    if (query.after !== undefined) return await part({ after: query.after, from: 'start' });
    return await part(threadId ? { from: 'start' } : {});
  }
}
