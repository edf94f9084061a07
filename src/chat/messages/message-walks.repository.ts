import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, QueryFilter, Types } from 'mongoose';
import { Clock, DAY } from '../../common/times/clock.js';
import { ANY } from '../../common/texts/search-words.js';
import { type Between, widening } from '../../common/times/widening.js';
import type { MessageRow } from './message.schema.js';
import { COUNT_LIMIT, type Counts, type Range, shown } from './messages.repository.js';

type End = 'start' | 'end';

/** What an index holds beside the number, as alternatives; and what else must be true of a message. */
interface Wanted {
  along: readonly Pick<QueryFilter<MessageRow>, 'channelId' | 'threadId' | 'names'>[];
  rest?: QueryFilter<MessageRow>;
}

/** The narrowest part of a channel that is asked for, in numbers. */
const NARROW = 200;
/** No number of a message is larger. */
const LAST = Number.MAX_SAFE_INTEGER;

/**
 * Walks along the numbers of one channel, from a place on. A channel can hold hundreds of thousands of messages, and not every engine stops
 * reading at a limit: each question is bounded on both sides, and the next one is wider (`widening`). What an index holds stands apart from what
 * else is asked for, as an alternative even where it is the only one: some engines choose their index by it.
 */
@Injectable()
export class MessageWalks {
  constructor(
    @InjectModel('Message') private readonly messages: Model<MessageRow>,
    private readonly clock: Clock,
  ) {}

  /** A page of top-level messages, or of the replies of a thread, in seq order: `after < seq < before`, from either end. */
  async page(
    channelId: Types.ObjectId,
    threadId: Types.ObjectId | null,
    { from, limit, ...range }: Between & { from: End; limit: number },
  ): Promise<MessageRow[]> {
    const rows = await this.walk({ along: [{ channelId, threadId }] }, range, from, limit);
    return from === 'start' ? rows : rows.reverse();
  }

  /** Whether there is a top-level message, or a reply of the thread, in a range; it is looked for from one end. */
  async any(
    channelId: Types.ObjectId,
    threadId: Types.ObjectId | null,
    { from, ...range }: Between & { from: End },
  ): Promise<boolean> {
    return (await this.walk({ along: [{ channelId, threadId }] }, range, from, 1, { _id: 1 })).length > 0;
  }

  /** The latest message that is not deleted: top-level, or of a thread. */
  async latest(
    channelId: Types.ObjectId,
    threadId: Types.ObjectId | null,
    upTo: number,
    session: ClientSession,
  ): Promise<MessageRow | null> {
    const range = { after: 0, before: upTo + 1 };
    const wanted = { along: [{ channelId, threadId }], rest: { deletedAt: null } };
    return (await this.walk(wanted, range, 'end', 1, shown, session))[0] ?? null;
  }

  /** Messages of all threads after a place, in seq order; up to the head where many may lie between. */
  async after(channelId: Types.ObjectId, seq: number, limit: number, headSeq?: number): Promise<MessageRow[]> {
    if (headSeq === undefined)
      return await this.inOrder({ along: [{ channelId }] }, { after: seq, before: LAST }, 'start', limit);
    return await this.walk({ along: [{ channelId }] }, { after: seq, before: headSeq + 1 }, 'start', limit);
  }

  /** Counts of one channel that is far behind: counting stops at the limit. By finding them: not every engine stops counting. */
  async countsFarBehind(userId: Types.ObjectId, { channelId, readSeq, headSeq }: Range): Promise<Counts> {
    const range = { after: readSeq, before: headSeq + 1 };
    const rest = { senderId: { $ne: userId }, deletedAt: null };
    const top = { along: [{ channelId, threadId: null }], rest };
    const naming = { along: [userId, channelId].map((names) => ({ channelId, names })), rest };
    const [unread, mentions] = await Promise.all([
      this.walk(top, range, 'start', COUNT_LIMIT, { _id: 1 }),
      this.inOrder(naming, range, 'start', COUNT_LIMIT, { _id: 1 }),
    ]);
    return { unread: unread.length, mentions: mentions.length };
  }

  /**
   * The place of the first message (of any thread, not deleted) from an instant on, before which all are older; null: all are. By the
   * index of search, which holds every message that has words.
   */
  async firstSeqFrom(channelId: Types.ObjectId, from: Date): Promise<number | null> {
    // Clocks of two processes differ a little: what another one wrote just now is looked at, too.
    const days = { after: from.getTime() - 1, before: this.clock.now().getTime() + DAY };
    for (const { after, before } of widening(days, 'start', DAY)) {
      const row = await this.messages
        .findOne({ tokens: ANY, channelId, createdAt: { $gt: new Date(after), $lt: new Date(before) } }, { seq: 1 })
        .sort({ createdAt: 1, _id: 1 })
        .lean<Pick<MessageRow, '_id' | 'seq'>>();
      if (row) return row.seq;
    }
    return null;
  }

  /** Replies of a thread are few beside what lies between them, and one index holds just them: they are asked for at once. */
  private async walk(
    wanted: Wanted,
    range: Between,
    from: End,
    limit: number,
    fields: Record<string, 0 | 1> = shown,
    session?: ClientSession,
  ): Promise<MessageRow[]> {
    if (wanted.along[0]?.threadId) return await this.inOrder(wanted, range, from, limit, fields, session);
    const rows: MessageRow[] = [];
    for (const part of widening(range, from, Math.max(NARROW, limit * 2))) {
      rows.push(...(await this.inOrder(wanted, part, from, limit - rows.length, fields, session)));
      if (rows.length === limit) break;
    }
    return rows;
  }

  private async inOrder(
    { along, rest }: Wanted,
    { after, before }: Between,
    from: End,
    limit: number,
    fields: Record<string, 0 | 1> = shown,
    session?: ClientSession,
  ): Promise<MessageRow[]> {
    return await this.messages
      .find({ $or: along.map((keys) => ({ ...keys, seq: { $gt: after, $lt: before } })), ...rest }, fields, {
        session: session ?? null,
      })
      .sort({ seq: from === 'start' ? 1 : -1 })
      .limit(limit)
      .lean<MessageRow[]>();
  }
}
