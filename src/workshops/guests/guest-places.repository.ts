import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { AttendanceMode } from '../../contracts/workshops/workshops.js';
import type { RegistrationRow } from '../registrations/registration.schema.js';
import { STANDING } from '../registrations/registrations.repository.js';

/** The registrations of guests, and of whom they bring along; all writes to places go by the desk. */
@Injectable()
export class GuestPlacesRepository {
  constructor(@InjectModel('Registration') private readonly registrations: Model<RegistrationRow>) {}

  async byIds(ids: readonly Types.ObjectId[]): Promise<RegistrationRow[]> {
    return await this.registrations.find({ _id: { $in: ids }, guest: true }).lean<RegistrationRow[]>();
  }

  /** How many have a place or wait for one, on site and on line, with whom they bring along. */
  async standing(workshopId: Types.ObjectId, session?: ClientSession): Promise<Record<AttendanceMode, number>> {
    const rows = await this.registrations
      .find({ workshopId, status: { $in: STANDING }, guest: true }, { _id: 0, mode: 1 })
      .session(session ?? null)
      .lean<Pick<RegistrationRow, 'mode'>[]>();
    const online = rows.filter(({ mode }) => mode === 'online').length;
    return { onsite: rows.length - online, online };
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
}
