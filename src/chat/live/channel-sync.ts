import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import type { Actor } from '../../common/actor.js';
import { BatchPerKey } from '../../common/batch-per-key.js';
import { grouped } from '../../common/grouped.js';
import { MAX_CHARACTERS, lengthOfBody, within } from '../../common/texts/within.js';
import type { SyncReply } from '../../contracts/chat/chat.js';
import { idOf } from '../../infra/mongo/ids.js';
import { RateLimits } from '../../infra/redis/rate-limits.js';
import type { HeldChannel } from '../channels/channel-access.js';
import type { ChannelRow } from '../channels/channel.schema.js';
import { ChannelsRepository } from '../channels/channels.repository.js';
import { presentMessage } from '../messages/message.js';
import { MessageWalks } from '../messages/message-walks.repository.js';
import { MessagesRepository } from '../messages/messages.repository.js';
import { OwnPlaces } from '../channels/own-places.js';
import { OwnReading } from '../reading/own-reading.js';
import { type CountsOf, Unread } from '../reading/unread.js';

type SyncedChannel = SyncReply['channels'][string];
type Changes = Pick<SyncedChannel, 'messages' | 'rev' | 'more' | 'reset'>;

interface Ask {
  userId: Types.ObjectId;
  channelIds: ReadonlySet<string>;
}

/** The channels, of those asked for, that somebody may read now, with what is unread in them. */
interface Standing {
  readable: HeldChannel[];
  counts: CountsOf;
}

/** Beyond so many changes a client starts afresh from the last page. */
const FAR_BEHIND = 500;
const PAGE = 200;
const LAST_PAGE = 50;
const MAX_CHANNELS = 300;
/** Messages in one answer, over all channels; the client asks again for the rest, also where they have as many characters together as one answer holds. */
const MAX_MESSAGES = 2000;
/** So many people share one look at where they stand. */
const MAX_TOGETHER = 50;
/** So long, and so many, answers to who comes back are kept for the next one. */
const KEPT_MS = 2000;
const MAX_KEPT = 200;
const SYNCS = { name: 'chat-sync', points: 60, seconds: 60 };

/**
 * What a client missed (docs: real time). After a cut line or a new start all come back at once: those who ask while a look at the
 * database is under way share the next one, and who missed the same shares the answer, so that a thousand of them are not a thousand questions.
 */
@Injectable()
export class ChannelSync {
  private readonly standings = new BatchPerKey<Ask, Standing>((_, asks) => this.standingsOf(asks), MAX_TOGETHER);
  private readonly answers = new Map<string, Promise<Changes>>();

  constructor(
    private readonly channels: ChannelsRepository,
    private readonly places: OwnPlaces,
    private readonly messages: MessagesRepository,
    private readonly walks: MessageWalks,
    private readonly unread: Unread,
    private readonly limits: RateLimits,
    private readonly ownReading: OwnReading,
  ) {}

  /** Everything after the revs that a client holds. Channels it may not read are `gone`, whether they exist or not. Throws 429. */
  async sync(actor: Pick<Actor, 'userId'>, held: Readonly<Record<string, number>>): Promise<SyncReply> {
    await this.limits.take(SYNCS, actor.userId);
    await this.ownReading.settled();
    const asked = Object.keys(held).slice(0, MAX_CHANNELS);
    const ask = { userId: idOf(actor.userId), channelIds: new Set(asked) };
    const { readable, counts } = await this.standings.ask('all', ask);
    const known = new Set(readable.map(({ channel }) => String(channel._id)));
    return { channels: await this.changesOf(readable, counts, held), gone: asked.filter((id) => !known.has(id)) };
  }

  private async standingsOf(asks: readonly Ask[]): Promise<Standing[]> {
    const rows = await this.places.ofPeople(asks.map(({ userId }) => userId));
    const rowsOf = grouped(rows, ({ userId }) => String(userId));
    const held = asks.map(({ userId, channelIds }) =>
      (rowsOf.get(String(userId)) ?? []).filter(({ channelId }) => channelIds.has(String(channelId))),
    );
    const wanted = new Map(held.flat().map(({ channelId }) => [String(channelId), channelId]));
    const found = await this.channels.byIds([...wanted.values()]);
    const channels = new Map(found.map((row) => [String(row._id), row]));
    const readable = asks.map(({ userId }, at) =>
      (held[at] ?? []).flatMap((member) => {
        const channel = channels.get(String(member.channelId));
        return channel ? [{ member, channel, userId }] : [];
      }),
    );
    const counts = await this.unread.ofMany(asks.map(({ userId }, at) => ({ userId, held: readable[at] ?? [] })));
    return counts.map((one, at) => ({ readable: readable[at] ?? [], counts: one }));
  }

  private async changesOf(
    readable: readonly HeldChannel[],
    counts: CountsOf,
    held: Readonly<Record<string, number>>,
  ): Promise<SyncReply['channels']> {
    let [room, characters] = [MAX_MESSAGES, MAX_CHARACTERS];
    const answer: SyncReply['channels'] = {};
    for (const { channel, member } of readable) {
      const rev = held[String(channel._id)] ?? 0;
      const changes =
        // What one channel adds is shared by all who come back, and bounded by itself: where half is taken there may be no room for it.
        room > 0 && characters > MAX_CHARACTERS / 2
          ? await this.changesAfter(channel, rev)
          : { messages: [], rev, more: channel.rev > rev };
      room -= changes.messages.length;
      characters -= changes.messages.reduce((sum, message) => sum + lengthOfBody(message), 0);
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
    void asking.then(() => setTimeout(forget, this.answers.size > MAX_KEPT ? 0 : KEPT_MS).unref(), forget);
    return asking;
  }

  private async readChanges(channel: ChannelRow, rev: number): Promise<Changes> {
    // A client that says it is ahead of us holds something else than this channel: it starts afresh, too.
    if (channel.rev - rev > FAR_BEHIND || rev > channel.rev) {
      const last = await this.walks.page(channel._id, null, {
        after: 0,
        before: channel.headSeq + 1,
        from: 'end',
        limit: LAST_PAGE,
      });
      return { messages: last.map(presentMessage), rev: channel.rev, more: false, reset: true };
    }
    const all = await this.messages.changes(channel._id, rev, channel.rev, PAGE);
    const rows = within(all, lengthOfBody);
    const more = all.length === PAGE || rows.length < all.length;
    return { messages: rows.map(presentMessage), rev: more ? (rows.at(-1)?.rev ?? rev) : channel.rev, more };
  }
}
