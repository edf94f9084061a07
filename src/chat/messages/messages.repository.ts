import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { MESSAGE_EXCERPT, keptExcerptOf } from '../../common/markdown/excerpt.js';
import { inTurns } from '../../common/in-turns.js';
import { grouped } from '../../common/grouped.js';
import { ANY, messageTokens } from '../../common/texts/search-words.js';
import { together } from '../../infra/mongo/together.js';
import type { MessageRow } from './message.schema.js';
import type { MessageFact } from '../reading/unread-rule.js';

/** How far a channel is read. */
export interface Pointer {
  channelId: Types.ObjectId;
  readSeq: number;
}

/** What lies between a pointer and the head of its channel. */
export interface Range extends Pointer {
  headSeq: number;
}

/** Unread top-level messages of others, and messages of others that name me; each exact to 1,000, then 1,001. */
export interface Counts {
  unread: number;
  mentions: number;
}

interface ExcerptRow {
  _id: Types.ObjectId;
  excerpt?: string;
}

/** From here on counting stops: "1,000+". */
export const COUNT_LIMIT = 1001;

/** What is read of a message. */
export const shown = { tokens: 0, excerpt: 0 } as const;

const bodyOf = ({ body }: MessageRow) => body;

/** What is made of a message when it is written, so that nobody makes it when it is read. */
const foundBy = (row: MessageRow) => ({
  tokens: messageTokens(row),
  excerpt: keptExcerptOf(row.body, MESSAGE_EXCERPT),
});

/** Writes and finds messages: the collection that grows to millions. */
@Injectable()
export class MessagesRepository {
  constructor(@InjectModel('Message') private readonly messages: Model<MessageRow>) {}

  /** The ids of those of these messages that are there and not deleted. */
  async livingAmong(messageIds: readonly Types.ObjectId[]): Promise<Set<string>> {
    const rows = await together(
      this.messages.find({ _id: { $in: messageIds }, deletedAt: null }, { _id: 1 }).lean<Pick<MessageRow, '_id'>[]>(),
    );
    return new Set(rows.map((row) => String(row._id)));
  }

  async byId(messageId: Types.ObjectId, session?: ClientSession): Promise<MessageRow | null> {
    if (session) return await this.messages.findById(messageId, shown, { session }).lean<MessageRow>();
    return await together(this.messages.findOne({ _id: messageId }, shown).lean<MessageRow>());
  }

  async byIds(
    channelId: Types.ObjectId,
    ids: readonly Types.ObjectId[],
    session?: ClientSession,
  ): Promise<MessageRow[]> {
    return await this.messages.find({ _id: { $in: ids }, channelId }, shown, { session }).lean<MessageRow[]>();
  }

  /** How each of some messages begins, in plain words with people as `<@id>`: whoever asks knows that they may be read. */
  async excerptsOf(ids: readonly Types.ObjectId[]): Promise<Map<string, string>> {
    if (ids.length === 0) return new Map();
    const rows = await this.messages.find({ _id: { $in: ids } }, { excerpt: 1 }).lean<ExcerptRow[]>();
    return new Map(rows.map((row) => [String(row._id), row.excerpt ?? '']));
  }

  /** Messages of any channels: whoever asks knows that they may be read. */
  async byIdsAnywhere(ids: readonly Types.ObjectId[]): Promise<MessageRow[]> {
    return ids.length === 0 ? [] : await this.messages.find({ _id: { $in: ids } }, shown).lean<MessageRow[]>();
  }

  /** The messages at some places of some channels. */
  async atPlaces(places: readonly { channelId: Types.ObjectId; seq: number }[]): Promise<MessageRow[]> {
    return places.length === 0 ? [] : await this.messages.find({ $or: [...places] }, shown).lean<MessageRow[]>();
  }

  /** Those that were written already, of what some senders are about to write (all pairs are asked for). */
  async written(
    channelId: Types.ObjectId,
    senderIds: readonly Types.ObjectId[],
    clientIds: readonly string[],
  ): Promise<MessageRow[]> {
    return await this.messages
      .find({ channelId, senderId: { $in: senderIds }, clientId: { $in: clientIds } }, shown)
      .lean<MessageRow[]>();
  }

  /** Throws E11000 on `client` when one of them was written meanwhile. */
  async insert(rows: readonly MessageRow[], session: ClientSession): Promise<void> {
    const found = await inTurns(rows, bodyOf, (row) => ({ ...row, ...foundBy(row) }));
    await this.messages.collection.insertMany(found, { session });
  }

  /** `after` is the message with its change: where that changes what it is found by or how it begins, that goes with the same write. */
  async change(after: MessageRow, change: Partial<Omit<MessageRow, '_id'>>, session: ClientSession): Promise<void> {
    const isFoundElse = ['body', 'attachments', 'deletedAt', 'pinnedAt'].some((field) => field in change);
    const found = isFoundElse && foundBy(after);
    await this.messages.updateOne({ _id: after._id }, { $set: { ...change, ...found } }, { session });
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

  /** Somebody chooses whether to follow the thread of a message: who replies at the same moment waits, or is waited for. */
  async choosing(rootId: Types.ObjectId, session: ClientSession): Promise<void> {
    await this.messages.updateOne({ _id: rootId }, { $inc: { choices: 1 } }, { session });
  }

  /** The oldest messages before an instant that are not deleted. */
  async olderThan(channelId: Types.ObjectId, before: Date, limit: number): Promise<Types.ObjectId[]> {
    const rows = await this.messages
      .find({ tokens: ANY, channelId, createdAt: { $lt: before } }, { _id: 1 })
      .sort({ createdAt: 1, _id: 1 })
      .limit(limit)
      .lean<Pick<MessageRow, '_id'>[]>();
    return rows.map((row) => row._id);
  }

  /** Changes after a rev, in rev order; `upTo` bounds the other end. */
  async changes(channelId: Types.ObjectId, after: number, upTo: number, limit: number): Promise<MessageRow[]> {
    return await this.messages
      .find({ channelId, rev: { $gt: after, $lte: upTo } }, shown)
      .sort({ rev: 1 })
      .limit(limit)
      .lean<MessageRow[]>();
  }

  /** Counts of channels that are not far behind, all in one question. Channels without any are left out. */
  async counts(userId: Types.ObjectId, pointers: readonly Range[]): Promise<Map<string, Counts>> {
    if (pointers.length === 0) return new Map();
    const named = { $or: [{ $in: [userId, '$names'] }, { $in: ['$channelId', '$names'] }] };
    const rows = await this.messages.aggregate<{ _id: Types.ObjectId } & Counts>([
      {
        $match: {
          $or: pointers.map(within),
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

  /** What counts, for anybody, of what is in some ranges, by channel. */
  async facts(ranges: readonly Range[]): Promise<Map<string, MessageFact[]>> {
    if (ranges.length === 0) return new Map();
    const shownOfThem = { channelId: 1, seq: 1, senderId: 1, threadId: 1, names: 1 } as const;
    const rows = await this.messages
      .find({ $or: ranges.map(within), deletedAt: null }, shownOfThem)
      .lean<MessageFact[]>();
    return grouped(rows, ({ channelId }) => String(channelId));
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
}

const within = ({ channelId, readSeq, headSeq }: Range) => ({ channelId, seq: { $gt: readSeq, $lte: headSeq } });
