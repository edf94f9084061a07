import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import type { SessionRatingRow } from './session-rating.schema.js';

/** More than a cohort of 80 fellows gives in ten months. */
const MOST = 5000;

/** The only user of the `session-ratings` collection. */
@Injectable()
export class SessionRatingsRepository {
  constructor(@InjectModel('SessionRating') private readonly ratings: Model<SessionRatingRow>) {}

  async of(sessionId: Types.ObjectId, raterId: Types.ObjectId): Promise<SessionRatingRow | null> {
    return await this.ratings.findOne({ sessionId, raterId }).lean<SessionRatingRow>();
  }

  /** Puts one's rating in the place of what one gave before; two at once are one, by the unique key. */
  async put({ _id, ...row }: SessionRatingRow): Promise<void> {
    const { sessionId, raterId } = row;
    await this.ratings.updateOne({ sessionId, raterId }, { $set: row, $setOnInsert: { _id } }, { upsert: true });
  }

  /** Those of a cohort, the latest first. */
  async inCohort(cohortId: Types.ObjectId): Promise<SessionRatingRow[]> {
    return await this.ratings.find({ cohortId }).sort({ at: -1 }).limit(MOST).lean<SessionRatingRow[]>();
  }
}
