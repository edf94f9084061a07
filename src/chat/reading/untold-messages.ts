import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import { BatchPerKey } from '../../common/batch-per-key.js';
import type { Message } from '../../contracts/chat/chat.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { presentMessage } from '../messages/message.js';
import type { MessageRow } from '../messages/message.schema.js';
import { shown } from '../messages/messages.repository.js';

/** Where a message is that somebody may still be to be told of. */
export interface UntoldPlace {
  channelId: string;
  messageId: string;
}

/** A message as it was read by who tells of it, and whether somebody is still to be told. */
export interface MessageToTell {
  message: Message;
  isUntold: boolean;
}

type Told = Pick<MessageRow, '_id' | 'rev'>;

/** What messages say of themselves: that somebody is to be told of them at once, and that this was done. */
@Injectable()
export class UntoldMessages {
  private readonly tellings = new BatchPerKey<Told, undefined>((_, told) => this.unset(told));

  constructor(
    @InjectModel('Message') private readonly messages: Model<MessageRow>,
    private readonly transactions: Transactions,
  ) {}

  /** Those of which somebody is to be told since an instant in [from, to), the oldest first. */
  async between(from: Date, to: Date, limit: number): Promise<UntoldPlace[]> {
    const rows = await this.messages
      .find({ untoldSince: { $gte: from, $lt: to } }, { channelId: 1 })
      .sort({ untoldSince: 1 })
      .limit(limit)
      .lean<{ _id: Types.ObjectId; channelId: Types.ObjectId }[]>();
    return rows.map((row) => ({ channelId: String(row.channelId), messageId: String(row._id) }));
  }

  /** A message of a channel, deleted ones too; null for one that is not there. */
  async read({ channelId, messageId }: UntoldPlace): Promise<MessageToTell | null> {
    const id = toId(messageId);
    const row = id && (await this.messages.findById(id, shown).lean<MessageRow>());
    if (!row || String(row.channelId) !== channelId) return null;
    return { message: presentMessage(row), isUntold: Boolean(row.untoldSince) };
  }

  /**
   * All were told of it as it was read. Whom a change since then names, be it in the same millisecond, is still to be told: one that changed is
   * looked at again. Those told of at one time are written together.
   */
  async told({ message: { id, rev }, isUntold }: MessageToTell): Promise<void> {
    if (isUntold) await this.tellings.ask('told', { _id: idOf(id), rev });
  }

  /** For a database that was filled with the past: nobody is told of it. */
  async forgetAll(): Promise<void> {
    await this.messages.updateMany({ untoldSince: { $exists: true } }, UNSET);
  }

  /** In a transaction as all writes of messages are: of two that meet at one message one gives way and comes again, on every engine. */
  private async unset(told: readonly Told[]): Promise<undefined[]> {
    const writes = told.map((filter) => ({ updateOne: { filter, update: UNSET } }));
    await this.transactions.run((session) => this.messages.bulkWrite(writes, { session }));
    return told.map(() => undefined);
  }
}

const UNSET = { $unset: { untoldSince: 1 } } as const;
