import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import type { TopicOfferRow } from './topic-offer.schema.js';

/** The only user of the `topic-offers` collection. */
@Injectable()
export class TopicOffersRepository {
  constructor(@InjectModel('TopicOffer') private readonly offers: Model<TopicOfferRow>) {}

  /** Which of some topics a person was offered before. */
  async madeTo(userId: Types.ObjectId, topicIds: readonly Types.ObjectId[]): Promise<Set<string>> {
    const rows = await this.offers
      .find({ userId, topicId: { $in: topicIds } }, { topicId: 1 })
      .lean<Pick<TopicOfferRow, 'topicId'>[]>();
    return new Set(rows.map(({ topicId }) => String(topicId)));
  }

  /** False where the topic was offered to them before, or any for this message. */
  async make(offer: Omit<TopicOfferRow, '_id'>): Promise<boolean> {
    try {
      await this.offers.create(offer);
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }
}
