import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { AttendanceMode, RegistrationStatus } from '../../contracts/workshops/workshops.js';
import type { Ask } from '../../infra/mongo/asked-together.js';
import { EVER } from '../../infra/mongo/time-place.js';
import { together } from '../../infra/mongo/together.js';
import type { RegistrationRow } from './registration.schema.js';
import type { WorkshopRow } from '../workshop.schema.js';
import { LONGEST_MS } from '../workshops.repository.js';

/** All but `cancelled`: who comes, waits, or came. */
export const STANDING: readonly RegistrationStatus[] = [
  'going',
  'waitlisted',
  'offered',
  'attended',
  'absent',
  'excused',
];
/** Who comes, or is there already. */
/** Who comes to a workshop, and how; where it offers one way only `mode` says nothing. */
export interface Comer {
  userId: string;
  mode: AttendanceMode;
}

export const COMING: readonly RegistrationStatus[] = ['going', 'attended'];
/** Who has (or had) a place. */
export const WITH_PLACE: readonly RegistrationStatus[] = ['going', 'attended', 'absent', 'excused'];

/** When a workshop is. */
export type WorkshopTimes = Pick<WorkshopRow, 'startsAt' | 'endsAt'>;

/** Who goes somewhere, and when that is. */
export type GoingRow = Pick<RegistrationRow, 'cohortId' | 'workshopId' | 'userId'> & WorkshopTimes;

/** How somebody stands to a workshop. */
export type StandingRow = Pick<RegistrationRow, '_id' | 'workshopId' | 'status'>;

/** Whose place it is, and which turn of theirs. */
export type PlaceRow = Pick<RegistrationRow, '_id' | 'cohortId' | 'workshopId' | 'userId' | 'guest' | 'order'>;

/**
 * A registration to be written as it shall be; `isNew` ones are registered as of `changedAt`, by `byId` (null: by themselves). Of one who
 * stood in line before, `byId` says who let them in, if anybody did. `actId`: null where the status was made by itself, absent where it is what it was.
 */
export type RegistrationWrite = Omit<RegistrationRow, '_id' | 'registeredAt' | 'actId'> & {
  isNew: boolean;
  actId?: Types.ObjectId | null;
};

/** Guests are no members: whoever tells, lets in or asks members reads without them. */
type OfferRow = Pick<RegistrationRow, '_id' | 'cohortId'>;

const OF_MEMBERS = { guest: { $ne: true } } as const;

/** The only user of the `registrations` collection: unique by workshop and person, or guest. */
@Injectable()
export class RegistrationsRepository {
  constructor(@InjectModel('Registration') private readonly registrations: Model<RegistrationRow>) {}

  async find(workshopId: Types.ObjectId, userId: Types.ObjectId): Promise<RegistrationRow | null> {
    return await together(this.registrations.findOne({ workshopId, userId }).lean<RegistrationRow>());
  }

  /** Those of some people for one workshop. */
  async ofPeople(
    workshopId: Types.ObjectId,
    userIds: readonly Types.ObjectId[],
    session?: ClientSession,
  ): Promise<RegistrationRow[]> {
    const found = this.registrations.find({ workshopId, userId: { $in: userIds } }).lean<RegistrationRow[]>();
    return session ? await found.session(session) : await together(found);
  }

  /** Those of one person for some workshops, left ones too. */
  async mine(workshopIds: readonly Types.ObjectId[], userId: Types.ObjectId): Promise<RegistrationRow[]> {
    return await together(
      this.registrations.find({ workshopId: { $in: workshopIds }, userId }).lean<RegistrationRow[]>(),
    );
  }

  /** All in which a person has one of these standings. */
  async ofPerson(userId: Types.ObjectId, statuses: readonly RegistrationStatus[]): Promise<RegistrationRow[]> {
    return await together(this.registrations.find({ userId, status: { $in: statuses } }).lean<RegistrationRow[]>());
  }

  /** The same among other questions, and no more than how they stand to which. */
  standingsAsk(userId: Types.ObjectId, statuses: readonly RegistrationStatus[]): Ask<StandingRow> {
    return {
      collection: this.registrations.collection.name,
      filter: { userId, status: { $in: statuses } },
      projection: { workshopId: 1, status: 1 },
    };
  }

  /** When some people are where they go, in what touches [from, to): to be asked among other questions. */
  timesAsk(userIds: readonly Types.ObjectId[], from: Date, to: Date): Ask<GoingRow> {
    return {
      collection: this.registrations.collection.name,
      filter: {
        userId: { $in: userIds },
        status: { $in: COMING },
        startsAt: { $gte: new Date(from.getTime() - LONGEST_MS), $lt: to },
        endsAt: { $gt: from },
      },
      projection: { cohortId: 1, workshopId: 1, userId: 1, startsAt: 1, endsAt: 1 },
    };
  }

  async byIds(ids: readonly Types.ObjectId[]): Promise<RegistrationRow[]> {
    return await together(this.registrations.find({ _id: { $in: ids } }).lean<RegistrationRow[]>());
  }

  /** The members of a cohort for whom a place is held that does not lapse before an instant. Few are held at a time. */
  async offersIn(cohortId: Types.ObjectId, from: Date): Promise<OfferRow[]> {
    return await this.registrations
      .find({ status: 'offered', offeredUntil: { $gte: from, $lte: EVER }, cohortId, ...OF_MEMBERS }, { cohortId: 1 })
      .lean<OfferRow[]>();
  }

  /** The members for whom a place of one workshop is held. */
  async offersOf(workshopId: Types.ObjectId): Promise<OfferRow[]> {
    return await together(
      this.registrations.find({ workshopId, status: 'offered', ...OF_MEMBERS }, { cohortId: 1 }).lean<OfferRow[]>(),
    );
  }

  /** For whom a place of one workshop is held. */
  async offered(workshopId: Types.ObjectId, session: ClientSession): Promise<RegistrationRow[]> {
    return await this.registrations.find({ workshopId, status: 'offered' }).session(session).lean<RegistrationRow[]>();
  }

  /** Where some people stand by an act on several dates of a series. */
  async ofAct(userIds: readonly Types.ObjectId[], actId: Types.ObjectId): Promise<RegistrationRow[]> {
    return await this.registrations.find({ userId: { $in: userIds }, actId }).lean<RegistrationRow[]>();
  }

  /** Of some workshops those in whose line teams wait together. */
  async withTeamsInLine(workshopIds: readonly Types.ObjectId[]): Promise<Types.ObjectId[]> {
    const rows = await this.registrations
      .find({ workshopId: { $in: workshopIds }, status: 'waitlisted', party: { $ne: null } }, { workshopId: 1 })
      .lean<Pick<RegistrationRow, 'workshopId'>[]>();
    return [...new Map(rows.map(({ workshopId }) => [String(workshopId), workshopId])).values()];
  }

  /** The workshops with an offer that is over, the longest over first. */
  async workshopsWithLapsed(now: Date, limit: number): Promise<Types.ObjectId[]> {
    const rows = await this.registrations
      .find({ status: 'offered', offeredUntil: { $lte: now } }, { workshopId: 1 })
      .sort({ offeredUntil: 1 })
      .limit(limit)
      .lean<Pick<RegistrationRow, 'workshopId'>[]>();
    return [...new Map(rows.map(({ workshopId }) => [String(workshopId), workshopId])).values()];
  }

  /** In order, after an `order`; at most `limit`. */
  async inOrder(
    workshopId: Types.ObjectId,
    statuses: readonly RegistrationStatus[],
    range: { after: number; upTo: number; limit: number; mode?: AttendanceMode; membersOnly?: boolean },
    session?: ClientSession,
  ): Promise<RegistrationRow[]> {
    return await this.registrations
      .find({
        workshopId,
        status: { $in: statuses },
        order: { $gt: range.after, $lte: range.upTo },
        ...(range.mode && { mode: range.mode }),
        ...(range.membersOnly && OF_MEMBERS),
      })
      .sort({ order: 1 })
      .limit(range.limit)
      .session(session ?? null)
      .lean<RegistrationRow[]>();
  }

  /** The members with one of these standings, in order. */
  async userIds(workshopId: Types.ObjectId, statuses: readonly RegistrationStatus[]): Promise<Types.ObjectId[]> {
    const rows = await together(
      this.registrations
        .find({ workshopId, status: { $in: statuses }, ...OF_MEMBERS }, { userId: 1 })
        .sort({ order: 1 })
        .lean<Pick<RegistrationRow, 'userId'>[]>(),
    );
    return rows.map((row) => row.userId);
  }

  /** The members with one of these standings in each of some workshops, by the workshop's id. */
  async userIdsOf(
    workshopIds: readonly Types.ObjectId[],
    statuses: readonly RegistrationStatus[],
  ): Promise<Map<string, string[]>> {
    // Hundreds of people on their way as a few lists.
    const lists = await this.registrations.aggregate<{ _id: Types.ObjectId; userIds: Types.ObjectId[] }>([
      { $match: { workshopId: { $in: workshopIds }, status: { $in: statuses }, ...OF_MEMBERS } },
      { $group: { _id: '$workshopId', userIds: { $push: '$userId' } } },
    ]);
    const byWorkshop = new Map<string, string[]>(workshopIds.map((id) => [String(id), []]));
    for (const { _id, userIds } of lists) byWorkshop.set(String(_id), userIds.map(String));
    return byWorkshop;
  }

  /** The members who come to each of some workshops, and how, by the workshop's id. */
  async comersOf(workshopIds: readonly Types.ObjectId[]): Promise<Map<string, Comer[]>> {
    const rows = await together(
      this.registrations
        .find(
          { workshopId: { $in: workshopIds }, status: { $in: COMING }, ...OF_MEMBERS },
          { workshopId: 1, userId: 1, mode: 1 },
        )
        .lean<Pick<RegistrationRow, 'workshopId' | 'userId' | 'mode'>[]>(),
    );
    const byWorkshop = new Map<string, Comer[]>(workshopIds.map((id) => [String(id), []]));
    for (const { workshopId, userId, mode } of rows)
      byWorkshop.get(String(workshopId))?.push({ userId: String(userId), mode });
    return byWorkshop;
  }

  /** The members who were at some workshops, and when that was said. */
  async attendedOf(
    workshopIds: readonly Types.ObjectId[],
  ): Promise<Pick<RegistrationRow, 'workshopId' | 'userId' | 'changedAt'>[]> {
    return await together(
      this.registrations
        .find(
          { workshopId: { $in: workshopIds }, status: 'attended', ...OF_MEMBERS },
          { workshopId: 1, userId: 1, changedAt: 1 },
        )
        .lean<Pick<RegistrationRow, 'workshopId' | 'userId' | 'changedAt'>[]>(),
    );
  }

  /** The waiting lines of some workshops: order and mode of each who waits. */
  async lines(
    workshopIds: readonly Types.ObjectId[],
  ): Promise<Pick<RegistrationRow, 'workshopId' | 'order' | 'mode'>[]> {
    return await together(
      this.registrations
        .find({ workshopId: { $in: workshopIds }, status: 'waitlisted' }, { workshopId: 1, order: 1, mode: 1 })
        .lean<Pick<RegistrationRow, 'workshopId' | 'order' | 'mode'>[]>(),
    );
  }

  /** The workshops of a cohort, each once, that begin in [from, to) and in which some people have a place, or had it and used it. */
  async placesBetween(
    cohortId: Types.ObjectId,
    userIds: readonly Types.ObjectId[],
    from: Date,
    to: Date,
  ): Promise<Types.ObjectId[]> {
    return await this.registrations.distinct('workshopId', {
      userId: { $in: userIds },
      status: { $in: ['going', 'attended'] },
      startsAt: { $gte: from, $lt: to },
      cohortId,
    });
  }

  /** In which workshops some people (or guests) have one of these standings. */
  async amongPeople(
    userIds: readonly Types.ObjectId[],
    statuses: readonly RegistrationStatus[],
  ): Promise<Pick<RegistrationRow, 'userId' | 'workshopId' | 'status'>[]> {
    return await together(
      this.registrations
        .find({ userId: { $in: userIds }, status: { $in: statuses } }, { userId: 1, workshopId: 1, status: 1 })
        .lean<Pick<RegistrationRow, 'userId' | 'workshopId' | 'status'>[]>(),
    );
  }

  /** Which of some people ever stood on some workshops, left ones too: `<workshopId> <userId>` each. */
  async anyOf(workshopIds: readonly Types.ObjectId[], userIds: readonly Types.ObjectId[]): Promise<Set<string>> {
    const rows = await together(
      this.registrations
        .find({ workshopId: { $in: workshopIds }, userId: { $in: userIds } }, { workshopId: 1, userId: 1 })
        .lean<Pick<RegistrationRow, 'workshopId' | 'userId'>[]>(),
    );
    return new Set(rows.map(({ workshopId, userId }) => `${String(workshopId)} ${String(userId)}`));
  }

  /** All guests of a workshop that stand or stood, and whom they bring along. */
  async ofGuests(workshopId: Types.ObjectId): Promise<RegistrationRow[]> {
    return await this.registrations.find({ workshopId, guest: true }).sort({ order: 1 }).lean<RegistrationRow[]>();
  }

  /** All who stand or stood on a workshop: what their passes are made of. */
  async placesOf(workshopId: Types.ObjectId): Promise<PlaceRow[]> {
    return await this.registrations
      .find({ workshopId }, { cohortId: 1, workshopId: 1, userId: 1, guest: 1, order: 1 })
      .lean<PlaceRow[]>();
  }

  /** A workshop is at another time from now on, or (null) does not take place. */
  async retime(workshopId: Types.ObjectId, times: WorkshopTimes | null, session: ClientSession): Promise<void> {
    const change = times ? { $set: times } : { $unset: { startsAt: 1, endsAt: 1 } };
    await this.registrations.updateMany({ workshopId }, change, { session });
  }

  /** Makes all of a workshop's registrations such on site. */
  async allOnSite(workshopId: Types.ObjectId, session: ClientSession): Promise<void> {
    await this.registrations.updateMany({ workshopId, mode: 'online' }, { $set: { mode: 'onsite' } }, { session });
  }

  /** Writes each as it shall be, new or not. */
  async write(rows: readonly RegistrationWrite[], session: ClientSession): Promise<void> {
    if (rows.length === 0) return;
    await this.registrations.bulkWrite(
      rows.map(({ workshopId, userId, isNew, actId, byId, ...rest }) => ({
        updateOne: {
          filter: { workshopId, userId },
          update: {
            $set: {
              ...rest,
              ...(actId && { actId }),
              ...((isNew || byId) && { byId }),
              ...(isNew && { registeredAt: rest.changedAt }),
            },
            ...(actId === null && { $unset: { actId: 1 } }),
          },
          upsert: true,
        },
      })),
      { session, ordered: false },
    );
  }
}
