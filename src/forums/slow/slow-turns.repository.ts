import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { together } from '../../infra/mongo/together.js';
import type { SlowTurnRow } from './slow-turn.schema.js';

/** The only user of the `slow-turns` collection. */
@Injectable()
export class SlowTurnsRepository {
  constructor(@InjectModel('SlowTurn') private readonly turns: Model<SlowTurnRow>) {}

  /** Somebody replies now. Throws E11000 `turn` where they last did after `before`. */
  async take({ topicId, userId, at }: SlowTurnRow, before: Date, session: ClientSession): Promise<void> {
    const free = { topicId, userId, at: { $lte: before } };
    await this.turns.updateOne(free, { $set: { at } }, { session, upsert: true });
  }

  async lastOf(topicId: Types.ObjectId, userId: Types.ObjectId): Promise<Date | null> {
    const turn = await together(
      this.turns.findOne({ topicId, userId }, { _id: 0, at: 1 }).lean<Pick<SlowTurnRow, 'at'> | null>(),
    );
    return turn?.at ?? null;
  }

  /** People replied before the topic was slow. */
  async count(
    topicId: Types.ObjectId,
    last: readonly Pick<SlowTurnRow, 'userId' | 'at'>[],
    session: ClientSession,
  ): Promise<void> {
    if (last.length === 0) return;
    await this.turns.bulkWrite(
      last.map(({ userId, at }) => ({
        updateOne: { filter: { topicId, userId }, update: { $max: { at } }, upsert: true },
      })),
      { session },
    );
  }

  async forget(topicId: Types.ObjectId, session: ClientSession): Promise<void> {
    await this.turns.deleteMany({ topicId }, { session });
  }
}
