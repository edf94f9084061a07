import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { MessageRow } from './message.schema.js';

/** How far a channel is read. */
export interface Pointer {
  channelId: Types.ObjectId;
  readSeq: number;
}

/** Unread top-level messages of others, and messages of others that name me; each exact to 1,000, then 1,001. */
export interface Counts {
  unread: number;
  mentions: number;
}

/** From here on counting stops: "1,000+". */
export const COUNT_LIMIT = 1001;

/** The only user of the `messages` collection: the one that grows to millions. */
@Injectable()
export class MessagesRepository {
  constructor(@InjectModel('Message') private readonly messages: Model<MessageRow>) {}

  async byId(messageId: Types.ObjectId, session?: ClientSession): Promise<MessageRow | null> {
    return await this.messages.findById(messageId, null, { session }).lean<MessageRow>();
  }

  async byIds(
    channelId: Types.ObjectId,
    ids: readonly Types.ObjectId[],
    session?: ClientSession,
  ): Promise<MessageRow[]> {
    return await this.messages.find({ _id: { $in: ids }, channelId }, null, { session }).lean<MessageRow[]>();
  }

  /** Messages of any channels: whoever asks knows that they may be read. */
  async byIdsAnywhere(ids: readonly Types.ObjectId[]): Promise<MessageRow[]> {
    return ids.length === 0 ? [] : await this.messages.find({ _id: { $in: ids } }).lean<MessageRow[]>();
  }

  /** The messages at some places of some channels. */
  async atPlaces(places: readonly { channelId: Types.ObjectId; seq: number }[]): Promise<MessageRow[]> {
    return places.length === 0 ? [] : await this.messages.find({ $or: [...places] }).lean<MessageRow[]>();
  }

  /** Those that were written already, of what some senders are about to write (all pairs are asked for). */
  async written(
    channelId: Types.ObjectId,
    senderIds: readonly Types.ObjectId[],
    clientIds: readonly string[],
  ): Promise<MessageRow[]> {
    return await this.messages
      .find({ channelId, senderId: { $in: senderIds }, clientId: { $in: clientIds } })
      .lean<MessageRow[]>();
  }

  /** Throws E11000 on `client` when one of them was written meanwhile. */
  async insert(rows: readonly MessageRow[], session: ClientSession): Promise<void> {
    await this.messages.collection.insertMany([...rows], { session });
  }

  async change(
    messageId: Types.ObjectId,
    change: Partial<Omit<MessageRow, '_id'>>,
    session: ClientSession,
  ): Promise<void> {
    await this.messages.updateOne({ _id: messageId }, { $set: change }, { session });
  }

  /** The messages that threads hang on, each with its new count of replies. */
  async changeParents(
    parents: readonly Pick<MessageRow, '_id' | 'rev' | 'replies' | 'lastReplyAt' | 'resolvedAt'>[],
    session: ClientSession,
  ): Promise<void> {
    await this.messages.bulkWrite(
      parents.map(({ _id, rev, replies, lastReplyAt, resolvedAt = null }) => ({
        updateOne: { filter: { _id }, update: { $set: { rev, replies, lastReplyAt, resolvedAt } } },
      })),
      { session },
    );
  }

  /** A page of top-level messages, or of the replies of a thread, in seq order. Both ends are bounded: `after < seq < before`. */
  async page(
    channelId: Types.ObjectId,
    threadId: Types.ObjectId | null,
    range: { after: number; before: number; from: 'start' | 'end'; limit: number },
  ): Promise<MessageRow[]> {
    const rows = await this.messages
      .find({ channelId, threadId, seq: { $gt: range.after, $lt: range.before } })
      .sort({ seq: range.from === 'start' ? 1 : -1 })
      .limit(range.limit)
      .lean<MessageRow[]>();
    return range.from === 'start' ? rows : rows.reverse();
  }

  /** The latest message that is not deleted: top-level, or of a thread. */
  async latest(
    channelId: Types.ObjectId,
    threadId: Types.ObjectId | null,
    upTo: number,
    session?: ClientSession,
  ): Promise<MessageRow | null> {
    return await this.messages
      .findOne({ channelId, threadId, seq: { $gt: 0, $lte: upTo }, deletedAt: null }, null, { session })
      .sort({ seq: -1 })
      .lean<MessageRow>();
  }

  /** Changes after a rev, in rev order; `upTo` bounds the other end. */
  async changes(channelId: Types.ObjectId, after: number, upTo: number, limit: number): Promise<MessageRow[]> {
    return await this.messages
      .find({ channelId, rev: { $gt: after, $lte: upTo } })
      .sort({ rev: 1 })
      .limit(limit)
      .lean<MessageRow[]>();
  }

  /** Counts of channels that are not far behind, all in one question. Channels without any are left out. */
  async counts(
    userId: Types.ObjectId,
    pointers: readonly (Pointer & { headSeq: number })[],
  ): Promise<Map<string, Counts>> {
    if (pointers.length === 0) return new Map();
    const named = { $or: [{ $in: [userId, '$names'] }, { $in: ['$channelId', '$names'] }] };
    const rows = await this.messages.aggregate<{ _id: Types.ObjectId } & Counts>([
      {
        $match: {
          $or: pointers.map(({ channelId, readSeq, headSeq }) => ({
            channelId,
            seq: { $gt: readSeq, $lte: headSeq },
          })),
          senderId: { $ne: userId },
          deletedAt: null,
        },
      },
      {
        $group: {
          _id: '$channelId',
          unread: { $sum: { $cond: [{ $eq: ['$threadId', null] }, 1, 0] } },
          mentions: { $sum: { $cond: [named, 1, 0] } },
        },
      },
    ]);
    return new Map(
      rows.map(({ _id, unread, mentions }) => [
        String(_id),
        { unread: Math.min(unread, COUNT_LIMIT), mentions: Math.min(mentions, COUNT_LIMIT) },
      ]),
    );
  }

  /** Others' replies after a pointer, by thread; those without any are left out. */
  async threadCounts(
    userId: Types.ObjectId,
    pointers: readonly { channelId: Types.ObjectId; threadId: Types.ObjectId; readSeq: number }[],
  ): Promise<Map<string, number>> {
    if (pointers.length === 0) return new Map();
    const rows = await this.messages.aggregate<{ _id: Types.ObjectId; unread: number }>([
      {
        $match: {
          $or: pointers.map(({ channelId, threadId, readSeq }) => ({ channelId, threadId, seq: { $gt: readSeq } })),
          senderId: { $ne: userId },
          deletedAt: null,
        },
      },
      { $group: { _id: '$threadId', unread: { $sum: 1 } } },
    ]);
    return new Map(rows.map(({ _id, unread }) => [String(_id), Math.min(unread, COUNT_LIMIT)]));
  }

  /** Counts of one channel that is far behind: counting stops at the limit. */
  async countsFarBehind(userId: Types.ObjectId, { channelId, readSeq }: Pointer): Promise<Counts> {
    const others = { senderId: { $ne: userId }, deletedAt: null, seq: { $gt: readSeq } };
    const [unread, mentions] = await Promise.all([
      this.messages.countDocuments({ channelId, threadId: null, ...others }, { limit: COUNT_LIMIT }),
      this.messages.countDocuments(
        { channelId, names: { $in: [userId, channelId] }, ...others },
        { limit: COUNT_LIMIT },
      ),
    ]);
    return { unread, mentions };
  }
}
