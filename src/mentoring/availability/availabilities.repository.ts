import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { Availability, Away } from '../../contracts/mentoring/mentoring.js';
import { againWhenDoubled } from '../../infra/mongo/errors.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { together } from '../../infra/mongo/together.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { availabilityChanged } from '../mentoring.events.js';
import type { AvailabilityRow } from './availability.schema.js';

const MAY_BE_LEFT_OUT = ['lengths', 'bufferBeforeMinutes', 'bufferAfterMinutes'] as const;

/** The only user of the `availabilities` collection. What is saved is in the outbox with it. */
@Injectable()
export class AvailabilitiesRepository {
  constructor(
    @InjectModel('Availability') private readonly availabilities: Model<AvailabilityRow>,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
  ) {}

  /** The saved availabilities of some coaches of a cohort, by the coach's id. */
  async inCohort(cohortId: Types.ObjectId, coachIds: readonly Types.ObjectId[]): Promise<Map<string, Availability>> {
    const rows = await together(
      this.availabilities
        .find({ cohortId, coachId: { $in: coachIds } }, { _id: 0, cohortId: 0, changedAt: 0, version: 0, first: 0 })
        .lean<(Availability & { coachId: Types.ObjectId })[]>(),
    );
    return new Map(rows.map(({ coachId, ...availability }) => [String(coachId), availability]));
  }

  /** When a coach is away, as said in any of their cohorts; undefined when they never said. */
  async awayOf(coachId: Types.ObjectId, session?: ClientSession): Promise<Away[] | undefined> {
    const row = await this.availabilities
      .findOne({ coachId, away: { $exists: true } }, { _id: 0, away: 1 })
      .session(session ?? null)
      .lean<Pick<Availability, 'away'>>();
    return row?.away;
  }

  /** How many days ahead a coach is open, in each of their cohorts. */
  async horizonsOf(coachId: Types.ObjectId): Promise<number[]> {
    const rows = await this.availabilities
      .find({ coachId }, { _id: 0, horizonDays: 1 })
      .lean<Pick<Availability, 'horizonDays'>[]>();
    return rows.map((row) => row.horizonDays);
  }

  /**
   * Replaces a coach's availability, and returns it as it is then; first saves of two processes at once are settled by the unique keys.
   * When they are away counts in all their cohorts: who does not speak of it leaves it as it is there. Saves of one coach come one after
   * the other, each whole or not at all, so that none brings back an absence of before another.
   */
  async save(
    cohortId: Types.ObjectId,
    coachId: Types.ObjectId,
    availability: Availability,
    changedAt: Date,
  ): Promise<Availability> {
    const unset = Object.fromEntries(
      MAY_BE_LEFT_OUT.filter((field) => availability[field] === undefined).map((field) => [field, 1]),
    );
    const saveAll = async (session: ClientSession) => {
      // Before anything is read: who saves beside waits, in whichever cohort. Where there is no row to wait at, the key of the first one is.
      const { matchedCount } = await this.availabilities.updateMany({ coachId }, { $inc: { version: 1 } }, { session });
      const first = matchedCount === 0 && { first: coachId };
      const away = availability.away ?? (await this.awayOf(coachId, session));
      const saved = { ...availability, ...(away && { away }) };
      await this.availabilities.updateOne(
        { cohortId, coachId },
        { $set: { ...saved, ...first, changedAt }, ...(Object.keys(unset).length > 0 && { $unset: unset }) },
        { upsert: true, session },
      );
      if (availability.away) await this.availabilities.updateMany({ coachId }, { $set: { away } }, { session });
      const fact = { cohortId: String(cohortId), coachId: String(coachId) };
      await this.outbox.write(availabilityChanged, fact, session);
      return saved;
    };
    return await againWhenDoubled(() => this.transactions.run(saveAll));
  }
}
