import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { BlockRow } from './block.schema.js';

const MOST = 1000;

/** The only user of the `blocks` collection. */
@Injectable()
export class BlocksRepository {
  constructor(@InjectModel('Block') private readonly blocks: Model<BlockRow>) {}

  /** Again: as it was. Of two at once one may throw E11000. */
  async add(userId: Types.ObjectId, blockedId: Types.ObjectId, createdAt: Date, session: ClientSession): Promise<void> {
    await this.blocks.updateOne({ userId, blockedId }, { $setOnInsert: { createdAt } }, { upsert: true, session });
  }

  async remove(userId: Types.ObjectId, blockedId: Types.ObjectId, session: ClientSession): Promise<void> {
    await this.blocks.deleteOne({ userId, blockedId }, { session });
  }

  /** Whom a person has blocked. */
  async of(userId: Types.ObjectId): Promise<Types.ObjectId[]> {
    const rows = await this.blocks
      .find({ userId }, { blockedId: 1 })
      .limit(MOST)
      .lean<Pick<BlockRow, '_id' | 'blockedId'>[]>();
    return rows.map((row) => row.blockedId);
  }

  /** Who of these people has blocked whom of them. */
  async among(userIds: readonly Types.ObjectId[]): Promise<Pick<BlockRow, 'userId' | 'blockedId'>[]> {
    if (userIds.length === 0) return [];
    return await this.blocks
      .find({ userId: { $in: userIds }, blockedId: { $in: userIds } }, { userId: 1, blockedId: 1 })
      .lean<Pick<BlockRow, 'userId' | 'blockedId'>[]>();
  }
}
