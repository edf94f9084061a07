import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import type { Availability } from '../contracts/mentoring.js';
import type { AvailabilityRow } from './availability.schema.js';

/** The only user of the `availabilities` collection. */
@Injectable()
export class AvailabilitiesRepository {
  constructor(@InjectModel('Availability') private readonly availabilities: Model<AvailabilityRow>) {}

  /** The saved availabilities of some coaches of a cohort, by the coach's id. */
  async inCohort(cohortId: Types.ObjectId, coachIds: readonly Types.ObjectId[]): Promise<Map<string, Availability>> {
    const rows = await this.availabilities
      .find({ cohortId, coachId: { $in: coachIds } }, { _id: 0, cohortId: 0, changedAt: 0 })
      .lean<(Availability & { coachId: Types.ObjectId })[]>();
    return new Map(rows.map(({ coachId, ...availability }) => [String(coachId), availability]));
  }

  /** Replaces a coach's availability; a first save of two processes at once is settled by the unique key. */
  async save(
    cohortId: Types.ObjectId,
    coachId: Types.ObjectId,
    availability: Availability,
    changedAt: Date,
  ): Promise<void> {
    await this.availabilities.updateOne(
      { cohortId, coachId },
      { $set: { ...availability, changedAt } },
      { upsert: true },
    );
  }
}
