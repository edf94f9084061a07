import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { CommonsAskRow } from '../commons.schema.js';

/** The only user of the `commons-asks` collection. */
@Injectable()
export class CommonsAsksRepository {
  constructor(@InjectModel('CommonsAsk') private readonly asks: Model<CommonsAskRow>) {}

  async byId(askId: Types.ObjectId): Promise<CommonsAskRow | null> {
    return await this.asks.findOne({ _id: askId }).lean<CommonsAskRow>();
  }

  async of(
    topicId: Types.ObjectId,
    userId: Types.ObjectId,
    session: ClientSession | null = null,
  ): Promise<CommonsAskRow | null> {
    return await this.asks.findOne({ topicId, userId }).session(session).lean<CommonsAskRow>();
  }

  /** Who of some people was asked for one of some topics, and has not answered. */
  async waiting(
    topicIds: readonly Types.ObjectId[],
    userIds: readonly Types.ObjectId[],
  ): Promise<Pick<CommonsAskRow, 'topicId' | 'userId'>[]> {
    return await this.asks
      .find({ topicId: { $in: topicIds }, userId: { $in: userIds }, answer: null }, { topicId: 1, userId: 1 })
      .lean<Pick<CommonsAskRow, 'topicId' | 'userId'>[]>();
  }

  /** Who was asked for a topic, whatever they said. */
  async askedIn(topicId: Types.ObjectId, session: ClientSession): Promise<Set<string>> {
    const rows = await this.asks.find({ topicId }, { userId: 1 }, { session }).lean<Pick<CommonsAskRow, 'userId'>[]>();
    return new Set(rows.map(({ userId }) => String(userId)));
  }

  /** Throws E11000 `once` where they were asked before. */
  async add(rows: readonly CommonsAskRow[], session: ClientSession): Promise<void> {
    await this.asks.insertMany(rows, { session });
  }

  /** Somebody who was asked answers, also again. Nothing where they were not asked. */
  async answer(
    topicId: Types.ObjectId,
    userId: Types.ObjectId,
    answer: 'yes' | 'no',
    at: Date,
    session: ClientSession,
  ): Promise<void> {
    await this.asks.updateOne({ topicId, userId }, { $set: { answer, answeredAt: at } }, { session });
  }

  /** The topic is not open any more: who said no is not asked again, all others are when it is opened anew. */
  async forget(topicId: Types.ObjectId, session: ClientSession): Promise<void> {
    await this.asks.deleteMany({ topicId, answer: { $ne: 'no' } }, { session });
  }
}
