import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import type { Actor } from '../common/actor.js';
import { notFound } from '../common/problem.js';
import type { Message, Messages, MessagesQuery, ReadState, SyncReply } from '../contracts/chat.js';
import { EventBus } from '../infra/events/event-bus.js';
import { idOf, toId, toIds } from '../infra/mongo/ids.js';
import { Realtime } from '../infra/realtime/realtime.js';
import { rooms } from '../infra/realtime/rooms.js';
import { RateLimits } from '../infra/redis/rate-limits.js';
import { ChannelAccess, type HeldChannel } from './channel-access.js';
import { ChannelMembersRepository } from './channel-members.repository.js';
import type { ChannelRow } from './channel.schema.js';
import { ChannelsRepository } from './channels.repository.js';
import { channelRead } from './chat.events.js';
import { presentMessage } from './message.js';
import type { MessageRow } from './message.schema.js';
import { MessagesRepository } from './messages.repository.js';
import { Unread } from './unread.js';
import { OwnReading } from './own-reading.js';

type SyncedChannel = SyncReply['channels'][string];
type Changes = Pick<SyncedChannel, 'messages' | 'rev' | 'more' | 'reset'>;

/** Beyond so many changes a client starts afresh from the last page. */
const FAR_BEHIND = 500;
const PAGE = 200;
const LAST_PAGE = 50;
const MOST_CHANNELS = 300;
/** Messages in one answer to `sync`, over all channels; the client asks again for the rest. */
const MOST_MESSAGES = 2000;
/** So long, and so many, answers to who comes back are kept for the next one. */
const KEPT_MS = 2000;
const MOST_KEPT = 200;
const SYNCS = { name: 'chat-sync', points: 60, seconds: 60 };

/** Reading: pages, what changed since, and how far one has read. */
@Injectable()
export class MessageReading {
  /** Many clients that come back ask for the same range: they share one question while it is in flight. */
  private readonly answers = new Map<string, Promise<Changes>>();

  constructor(
    private readonly access: ChannelAccess,
    private readonly channels: ChannelsRepository,
    private readonly members: ChannelMembersRepository,
    private readonly messages: MessagesRepository,
    private readonly unread: Unread,
    private readonly realtime: Realtime,
    private readonly bus: EventBus,
    private readonly limits: RateLimits,
    private readonly ownReading: OwnReading,
  ) {}

  /** A page of top-level messages, or of a thread's replies. Throws 404. */
  async page(actor: Actor, channelId: string, query: MessagesQuery): Promise<Messages> {
    await this.ownReading.settled();
    const { channel, member } = await this.access.held(actor, channelId);
    const threadId = await this.threadOf(channel, query.threadId);
    const rows = await this.rowsOf(channel, threadId, query);
    const [first, final] = [rows.at(0), rows.at(-1)];
    const beyond = { limit: 1, from: 'start' } as const;
    const [before, after] = await Promise.all([
      this.messages.page(channel._id, threadId, { ...beyond, after: 0, before: first?.seq ?? query.before ?? 1 }),
      this.messages.page(channel._id, threadId, {
        ...beyond,
        after: final?.seq ?? channel.headSeq,
        before: channel.headSeq + 1,
      }),
    ]);
    return {
      items: rows.map(presentMessage),
      rev: channel.rev,
      readSeq: member.readSeq,
      hasBefore: before.length > 0,
      hasAfter: after.length > 0,
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

  /** Sets the pointer, also back ("mark unread"). Throws 404. */
  async markRead(actor: Pick<Actor, 'userId'>, channelId: string, seq: number, back: boolean): Promise<ReadState> {
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

  /** Everything after the revs that a client holds. Channels it may not read are `gone`, whether they exist or not. */
  async sync(actor: Pick<Actor, 'userId'>, held: Readonly<Record<string, number>>): Promise<SyncReply> {
    await this.limits.take(SYNCS, actor.userId);
    await this.ownReading.settled();
    const userId = idOf(actor.userId);
    const asked = Object.keys(held).slice(0, MOST_CHANNELS);
    const mine = await this.members.ofPerson(userId, { channelIds: toIds(asked) });
    const channels = new Map(
      (await this.channels.byIds(mine.map((member) => member.channelId))).map((row) => [String(row._id), row]),
    );
    const readable = mine.flatMap((member) => {
      const channel = channels.get(String(member.channelId));
      return channel ? [{ member, channel, userId }] : [];
    });
    const known = new Set(readable.map(({ channel }) => String(channel._id)));
    return {
      channels: await this.changesOf(readable, held),
      gone: asked.filter((id) => !known.has(id)),
    };
  }

  private async changesOf(
    readable: readonly HeldChannel[],
    held: Readonly<Record<string, number>>,
  ): Promise<SyncReply['channels']> {
    const userId = readable[0]?.userId;
    if (!userId) return {};
    const counts = await this.unread.of(userId, readable);
    let room = MOST_MESSAGES;
    const answer: SyncReply['channels'] = {};
    for (const { channel, member } of readable) {
      const rev = held[String(channel._id)] ?? 0;
      const changes = room > 0 ? await this.changesAfter(channel, rev) : { messages: [], rev, more: channel.rev > rev };
      room -= changes.messages.length;
      answer[String(channel._id)] = { ...changes, readSeq: member.readSeq, ...counts(channel._id) };
    }
    return answer;
  }

  private changesAfter(channel: ChannelRow, rev: number): Promise<Changes> {
    if (channel.rev === rev) return Promise.resolve({ messages: [], rev, more: false });
    // With the head, too: who came after a later change must not be answered up to an earlier one.
    const key = `${String(channel._id)} ${rev} ${channel.rev}`;
    const known = this.answers.get(key);
    if (known) return known;
    const asking = this.readChanges(channel, rev);
    this.answers.set(key, asking);
    const forget = () => this.answers.delete(key);
    // Every change takes a rev, so with this head the answer stays what it is: who comes back a moment later shares it, too.
    void asking.then(() => setTimeout(forget, this.answers.size > MOST_KEPT ? 0 : KEPT_MS).unref(), forget);
    return asking;
  }

  private async readChanges(channel: ChannelRow, rev: number): Promise<Changes> {
    // A client that says it is ahead of us holds something else than this channel: it starts afresh, too.
    if (channel.rev - rev > FAR_BEHIND || rev > channel.rev) {
      const last = await this.messages.page(channel._id, null, {
        after: 0,
        before: channel.headSeq + 1,
        from: 'end',
        limit: LAST_PAGE,
      });
      return { messages: last.map(presentMessage), rev: channel.rev, more: false, reset: true };
    }
    const rows = await this.messages.changes(channel._id, rev, channel.rev, PAGE);
    const more = rows.length === PAGE;
    return { messages: rows.map(presentMessage), rev: more ? (rows.at(-1)?.rev ?? rev) : channel.rev, more };
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
  ): Promise<MessageRow[]> {
    const end = channel.headSeq + 1;
    const part = (range: Partial<Parameters<MessagesRepository['page']>[2]>) =>
      this.messages.page(channel._id, threadId, { after: 0, before: end, from: 'end', limit: query.limit, ...range });
    const around = query.around ?? (query.at && (await this.messages.firstSeqFrom(channel._id, new Date(query.at))));
    if (around) {
      const half = Math.floor(query.limit / 2);
      const [older, newer] = await Promise.all([
        half > 0 ? part({ before: Math.min(around, end), limit: half }) : [],
        part({ after: around - 1, from: 'start', limit: query.limit - half }),
      ]);
      return [...older, ...newer];
    }
    if (query.before !== undefined) return await part({ before: Math.min(query.before, end) });
    if (query.after !== undefined) return await part({ after: query.after, from: 'start' });
    return await part(threadId ? { from: 'start' } : {});
  }
}
