import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { Ask } from '../../infra/mongo/asked-together.js';
import { newId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import type { OtherwiseTaken } from '../availability/taken-time.js';
import type { OutsideBusyRow, OutsideCalendarRow } from './outside-calendar.schema.js';
import { type BusyWeek, stretchesOf, weekAt } from './weeks.js';

/** Whose week, and when they are busy in it (weeks.ts). */
export type BusyElsewhere = Pick<OutsideBusyRow, 'userId' | 'busy'>;

/** The only user of `outside-calendars` and `outside-busy`. */
@Injectable()
export class OutsideCalendarsRepository {
  constructor(
    @InjectModel('OutsideCalendar') private readonly calendars: Model<OutsideCalendarRow>,
    @InjectModel('OutsideBusy') private readonly busy: Model<OutsideBusyRow>,
    private readonly transactions: Transactions,
  ) {}

  async ofPerson(userId: Types.ObjectId): Promise<OutsideCalendarRow[]> {
    return await this.calendars.find({ userId }).lean<OutsideCalendarRow[]>();
  }

  async ofPersonById(userId: Types.ObjectId, id: Types.ObjectId): Promise<OutsideCalendarRow | null> {
    return await this.calendars.findOne({ _id: id, userId }).lean<OutsideCalendarRow>();
  }

  async byId(id: Types.ObjectId): Promise<OutsideCalendarRow | null> {
    return await this.calendars.findById(id).lean<OutsideCalendarRow>();
  }

  /** Throws E11000 on `person` when this address is there already. */
  async insert(
    row: Pick<OutsideCalendarRow, '_id' | 'userId' | 'name' | 'address' | 'addedAt' | 'wakeAt'>,
    session: ClientSession,
  ): Promise<void> {
    await this.calendars.create([row], { session });
  }

  async count(userId: Types.ObjectId, session: ClientSession): Promise<number> {
    return await this.calendars.countDocuments({ userId }, { session });
  }

  /** With its busy times. False when it is not there. */
  async remove(userId: Types.ObjectId, id: Types.ObjectId): Promise<boolean> {
    return await this.delete({ _id: id, userId });
  }

  /** The same for who reads it, if it is still this one's. */
  async removeHeld(id: Types.ObjectId, lease: string): Promise<void> {
    await this.delete({ _id: id, lease });
  }

  private async delete(which: { _id: Types.ObjectId; userId?: Types.ObjectId; lease?: string }): Promise<boolean> {
    return await this.transactions.run(async (session) => {
      const { deletedCount } = await this.calendars.deleteOne(which, { session });
      if (deletedCount === 1) await this.busy.deleteMany({ calendarId: which._id }, { session });
      return deletedCount === 1;
    });
  }

  /** Those to be looked at by now, the earliest first. */
  async due(now: Date, limit: number): Promise<Types.ObjectId[]> {
    const rows = await this.calendars
      .find({ wakeAt: { $lte: now } }, { _id: 1 })
      .sort({ wakeAt: 1 })
      .limit(limit)
      .lean<Pick<OutsideCalendarRow, '_id'>[]>();
    return rows.map((row) => row._id);
  }

  /** Has somebody look at it. */
  async wake(id: Types.ObjectId, at: Date): Promise<void> {
    await this.calendars.updateOne({ _id: id }, { $set: { wakeAt: at } });
  }

  /** Takes a calendar that is due, until a time; null when somebody else was faster. */
  async claim(id: Types.ObjectId, lease: string, now: Date, until: Date): Promise<OutsideCalendarRow | null> {
    const { matchedCount } = await this.calendars.updateOne(
      { _id: id, wakeAt: { $lte: now } },
      { $set: { lease, wakeAt: until } },
    );
    return matchedCount === 1 ? await this.byId(id) : null;
  }

  /** Says what came of a try, if the calendar is still this one's; its busy times stay. */
  async note(id: Types.ObjectId, lease: string, what: Partial<OutsideCalendarRow>): Promise<void> {
    await this.calendars.updateOne({ _id: id, lease }, { $set: { ...what, lease: null } });
  }

  /** The same, and puts these busy times in the place of all it had, at once for who asks. */
  async replace(
    row: OutsideCalendarRow,
    lease: string,
    what: Partial<OutsideCalendarRow>,
    weeks: readonly BusyWeek[],
  ): Promise<void> {
    const { _id: calendarId, userId } = row;
    await this.transactions.run(async (session) => {
      const { matchedCount } = await this.calendars.updateOne(
        { _id: calendarId, lease },
        { $set: { ...what, lease: null }, $inc: { revision: 1 } },
        { session },
      );
      if (matchedCount !== 1) return;
      await this.busy.deleteMany({ calendarId }, { session });
      const rows = weeks.map((week) => ({ _id: newId(), calendarId, userId, ...week }));
      if (rows.length > 0) await this.busy.insertMany(rows, { session });
    });
  }

  /** The weeks in which some people may be busy elsewhere: to be asked among other questions. */
  busyAsk(userIds: readonly Types.ObjectId[], from: number, to: number): Ask<BusyElsewhere> {
    return {
      collection: this.busy.collection.name,
      filter: { userId: { $in: userIds }, week: { $gte: weekAt(from), $lte: weekAt(to) } },
      projection: { userId: 1, busy: 1 },
    };
  }

  /** The busy times of each of a person's calendars that end after `from` and begin before `to`, by the calendar's id. */
  async byCalendar(userId: Types.ObjectId, from: number, to: number): Promise<Map<string, OtherwiseTaken[]>> {
    const rows = await this.busy
      .find({ userId, week: { $gte: weekAt(from), $lte: weekAt(to) } }, { _id: 0, calendarId: 1, busy: 1 })
      .sort({ week: 1 })
      .lean<Pick<OutsideBusyRow, 'calendarId' | 'busy'>[]>();
    const found = new Map<string, OtherwiseTaken[]>();
    for (const { calendarId, busy } of rows) {
      const stretches = stretchesOf(busy)
        .filter((stretch) => stretch.to > from && stretch.from < to)
        .map((stretch) => ({ userId: String(userId), ...stretch }));
      found.set(String(calendarId), [...(found.get(String(calendarId)) ?? []), ...stretches]);
    }
    return found;
  }
}
