import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { Said } from '../../common/answers/shown-together.js';
import type { SessionRatingRow } from './session-rating.schema.js';

/** More than a cohort of 80 fellows gives in ten months. */
const MOST = 5000;

/** The only user of the `session-ratings` collection. */
@Injectable()
export class SessionRatingsRepository {
  constructor(@InjectModel('SessionRating') private readonly ratings: Model<SessionRatingRow>) {}

  async of(
    sessionId: Types.ObjectId,
    raterId: Types.ObjectId,
    session?: ClientSession,
  ): Promise<SessionRatingRow | null> {
    return await this.ratings
      .findOne({ sessionId, raterId }, null, { session: session ?? null })
      .lean<SessionRatingRow>();
  }

  /** Puts one's rating in the place of what one gave before. Throws E11000 `rater` where it is given at that moment. */
  async put({ _id, ...row }: SessionRatingRow, session: ClientSession): Promise<void> {
    const { sessionId, raterId } = row;
    await this.ratings.updateOne(
      { sessionId, raterId },
      { $set: row, $setOnInsert: { _id } },
      { upsert: true, session },
    );
  }

  /** Which fellows rated a coach, a row for each time. */
  async said(cohortId: Types.ObjectId, coachId: Types.ObjectId, session: ClientSession): Promise<Said[]> {
    const rows = await this.ratings
      .find({ coachIds: coachId, cohortId, side: 'fellow' }, { raterId: 1, waitsFor: 1, before: 1 }, { session })
      .lean<Pick<SessionRatingRow, 'raterId' | 'waitsFor' | 'before'>[]>();
    return rows.map(({ raterId, waitsFor, before }) => {
      const waits = waitsFor?.some((one) => one.equals(coachId)) ?? false;
      const hadOne = before?.some((one) => one.coachId.equals(coachId)) ?? false;
      return { by: String(raterId), waits, isShown: !waits || hadOne };
    });
  }

  /** From now on the sum of a coach says all of it. */
  async show(cohortId: Types.ObjectId, coachId: Types.ObjectId, session: ClientSession): Promise<void> {
    const shown = { $pull: { waitsFor: coachId, before: { coachId } } };
    await this.ratings.updateMany({ coachIds: coachId, cohortId, waitsFor: coachId }, shown, { session });
  }

  /** Those of a cohort, the latest first. */
  async inCohort(cohortId: Types.ObjectId): Promise<SessionRatingRow[]> {
    return await this.ratings.find({ cohortId }).sort({ at: -1 }).limit(MOST).lean<SessionRatingRow[]>();
  }
}
