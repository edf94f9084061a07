import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { ChangePlace } from '../../infra/mongo/changes.js';
import { idOf } from '../../infra/mongo/ids.js';
import { EVER } from '../../infra/mongo/time-place.js';
import type { RegistrationRow } from '../registrations/registration.schema.js';

/** The registrations of guests, and of whom they bring along; all writes to places go by the desk. */
@Injectable()
export class GuestPlacesRepository {
  constructor(@InjectModel('Registration') private readonly registrations: Model<RegistrationRow>) {}

  async byIds(ids: readonly Types.ObjectId[]): Promise<RegistrationRow[]> {
    return await this.registrations.find({ _id: { $in: ids }, guest: true }).lean<RegistrationRow[]>();
  }

  /** Of some workshops, left ones too; of one guest only, where one is named. */
  async idsOf(
    workshopIds: readonly Types.ObjectId[],
    guestId?: Types.ObjectId,
  ): Promise<Pick<RegistrationRow, '_id' | 'cohortId'>[]> {
    return await this.registrations
      .find(
        { workshopId: { $in: workshopIds }, ...(guestId && { userId: guestId }), guest: true },
        { _id: 1, cohortId: 1 },
      )
      .lean<Pick<RegistrationRow, '_id' | 'cohortId'>[]>();
  }

  /** Those that changed, or whose workshop moved, after a place, the oldest change first. */
  async changedSince(
    { changedAt, id }: ChangePlace,
    limit: number,
  ): Promise<Pick<RegistrationRow, '_id' | 'cohortId' | 'changedAt'>[]> {
    return await this.registrations
      .find(
        {
          guest: true,
          changedAt: { $gte: changedAt, $lte: EVER },
          ...(id !== null && { $or: [{ changedAt: { $gt: changedAt } }, { _id: { $gt: idOf(id) } }] }),
        },
        { _id: 1, cohortId: 1, changedAt: 1 },
      )
      .sort({ changedAt: 1, _id: 1 })
      .limit(limit)
      .lean<Pick<RegistrationRow, '_id' | 'cohortId' | 'changedAt'>[]>();
  }

  /** Their workshop was moved or called off: written with that, so that nobody who follows them misses it. */
  async touch(workshopId: Types.ObjectId, at: Date, session: ClientSession): Promise<void> {
    await this.registrations.updateMany({ workshopId, guest: true }, { $set: { changedAt: at } }, { session });
  }
}
