import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { MessageEditRow } from './message-edit.schema.js';

/** So many earlier texts of a message are kept. */
export const MAX_EDITS = 20;

/** The only user of the `message-edits` collection. */
@Injectable()
export class MessageEditsRepository {
  constructor(@InjectModel('MessageEdit') private readonly edits: Model<MessageEditRow>) {}

  /** Keeps a text that is being replaced, in the transaction that replaces it; the oldest beyond the last 20 goes. */
  async keep(edit: Omit<MessageEditRow, '_id'>, session: ClientSession): Promise<void> {
    await this.edits.create([edit], { session });
    const { messageId } = edit;
    const beyond = await this.edits
      .findOne({ messageId }, { rev: 1 }, { session })
      .sort({ messageId: -1, rev: -1 })
      .skip(MAX_EDITS)
      .lean<Pick<MessageEditRow, '_id' | 'rev'>>();
    if (beyond) await this.edits.deleteMany({ messageId, rev: { $lte: beyond.rev } }, { session });
  }

  async forget(messageIds: readonly Types.ObjectId[], session: ClientSession): Promise<void> {
    await this.edits.deleteMany({ messageId: { $in: messageIds } }, { session });
  }

  /** The latest first. */
  async of(messageId: Types.ObjectId): Promise<MessageEditRow[]> {
    return await this.edits
      .find({ messageId })
      .sort({ messageId: -1, rev: -1 })
      .limit(MAX_EDITS)
      .lean<MessageEditRow[]>();
  }
}
