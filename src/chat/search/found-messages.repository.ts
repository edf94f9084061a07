import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import { type Behind, behind } from '../../infra/mongo/time-place.js';
import type { MessageRow } from '../messages/message.schema.js';

/** Where and by which of some tokens search looks: each pair is one range of the index. */
export interface SearchPair {
  channelId: Types.ObjectId;
  token: string;
}

/** A message with what it is found by. */
export type FoundRow = MessageRow & { tokens: string[] };

/** Where a message stands in time. */
export type MessagePlace = Pick<MessageRow, '_id' | 'createdAt'>;

/** Reads messages for search. */
@Injectable()
export class FoundMessages {
  constructor(@InjectModel('Message') private readonly messages: Model<MessageRow>) {}

  /**
   * Messages with a token in a channel, for each of some pairs, from a place back to an instant (which is in it), newest first.
   * One alternative for each pair, so that every engine walks as many ranges and no more: `$in` makes some read all of a token.
   */
  async withTokens(
    pairs: readonly SearchPair[],
    { after, from }: { after: Behind; from: Date },
    limit: number,
  ): Promise<FoundRow[]> {
    const parts = behind(after, 'createdAt', from);
    const alternatives = pairs.flatMap(({ token: tokens, channelId }) =>
      parts.map((part) => ({ tokens, channelId, ...part })),
    );
    return await this.messages
      .find({ $or: alternatives })
      .sort({ createdAt: -1, _id: -1 })
      .limit(limit)
      .lean<FoundRow[]>();
  }

  /** How many those are in [from, to), up to a limit. By finding them: an engine may count alternatives without their index. */
  async countWithTokens(pairs: readonly SearchPair[], from: Date, to: Date, limit: number): Promise<number> {
    const alternatives = pairs.map(({ token: tokens, channelId }) => ({
      tokens,
      channelId,
      createdAt: { $gte: from, $lt: to },
    }));
    const rows = await this.messages
      .find({ $or: alternatives }, { _id: 1 })
      .sort({ createdAt: -1, _id: -1 })
      .limit(limit)
      .lean();
    return rows.length;
  }

  /** Where those of these messages stand that are in these channels. */
  async placesOf(ids: readonly Types.ObjectId[], channelIds: readonly Types.ObjectId[]): Promise<MessagePlace[]> {
    const within = new Set(channelIds.map(String));
    const rows = await this.messages
      .find({ _id: { $in: ids } }, { createdAt: 1, channelId: 1 })
      .lean<(MessagePlace & Pick<MessageRow, 'channelId'>)[]>();
    return rows.filter(({ channelId }) => within.has(String(channelId)));
  }

  /** These messages, in any order. */
  async byIds(ids: readonly Types.ObjectId[]): Promise<FoundRow[]> {
    return ids.length === 0 ? [] : await this.messages.find({ _id: { $in: ids } }).lean<FoundRow[]>();
  }
}
