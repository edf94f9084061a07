import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { InterviewRow, TimeRow } from './interview.schema.js';
import type { Stretch } from './times.js';

/** Reads and writes the times of panels, and the interviews that take them. */
@Injectable()
export class InterviewsRepository {
  constructor(
    @InjectModel('InterviewTime') private readonly times: Model<TimeRow>,
    @InjectModel('Interview') private readonly rows: Model<InterviewRow>,
  ) {}

  /** Throws E11000 (`start`) where the panel has one that begins then. */
  async addTimes(rows: readonly TimeRow[], session: ClientSession): Promise<void> {
    if (rows.length > 0) await this.times.insertMany(rows, { session });
  }

  /** Those of some panels, by when they are. */
  async timesOf(panelIds: readonly Types.ObjectId[], session: ClientSession | null = null): Promise<TimeRow[]> {
    if (panelIds.length === 0) return [];
    return await this.times
      .find({ panelId: { $in: panelIds } })
      .sort({ startsAt: 1 })
      .session(session)
      .lean<TimeRow[]>();
  }

  async time(id: Types.ObjectId, session: ClientSession | null = null): Promise<TimeRow | null> {
    return await this.times.findById(id).session(session).lean<TimeRow>();
  }

  /** A time of a panel is taken, if it is free and has not begun; false where it is not. Of many at once one takes it. */
  async take(
    { _id, panelId }: Pick<InterviewRow, '_id' | 'panelId'>,
    timeId: Types.ObjectId,
    now: Date,
    session: ClientSession,
  ): Promise<boolean> {
    const { modifiedCount } = await this.times.updateOne(
      { _id: timeId, panelId, interviewId: null, startsAt: { $gt: now } },
      { $set: { interviewId: _id } },
      { session },
    );
    return modifiedCount === 1;
  }

  /** The time of an interview is free again. */
  async free({ _id, time }: Pick<InterviewRow, '_id' | 'time'>, session: ClientSession): Promise<void> {
    if (time)
      await this.times.updateOne({ _id: time.id, interviewId: _id }, { $set: { interviewId: null } }, { session });
  }

  async removeTime(id: Types.ObjectId, session: ClientSession): Promise<void> {
    await this.times.deleteOne({ _id: id }, { session });
  }

  async removeTimesOf(panelId: Types.ObjectId, session: ClientSession): Promise<void> {
    await this.times.deleteMany({ panelId }, { session });
  }

  /** Throws E11000 (`file`) where one is invited already. */
  async invite(rows: readonly InterviewRow[], session: ClientSession): Promise<void> {
    if (rows.length > 0) await this.rows.insertMany(rows, { session });
  }

  /** The interviews of some files: one a file at most. */
  async ofFiles(
    applicationIds: readonly Types.ObjectId[],
    session: ClientSession | null = null,
  ): Promise<InterviewRow[]> {
    if (applicationIds.length === 0) return [];
    return await this.rows
      .find({ applicationId: { $in: applicationIds } })
      .session(session)
      .lean<InterviewRow[]>();
  }

  async ofPanels(panelIds: readonly Types.ObjectId[], session: ClientSession | null = null): Promise<InterviewRow[]> {
    if (panelIds.length === 0) return [];
    return await this.rows
      .find({ panelId: { $in: panelIds } })
      .session(session)
      .lean<InterviewRow[]>();
  }

  async ofFile(applicationId: Types.ObjectId, session: ClientSession | null = null): Promise<InterviewRow | null> {
    return await this.rows.findOne({ applicationId }).session(session).lean<InterviewRow>();
  }

  /** Those of some files, taken into a transaction: of two that choose a time at once one sees what the other chose. */
  async holdOfFiles(applicationIds: readonly Types.ObjectId[], session: ClientSession): Promise<InterviewRow[]> {
    if (applicationIds.length === 0) return [];
    const those = { applicationId: { $in: applicationIds } };
    await this.rows.updateMany(those, { $inc: { held: 1 } }, { session });
    return await this.rows.find(those).session(session).lean<InterviewRow[]>();
  }

  /** Takes all of a panel into a transaction: no time is chosen, given back or taken away meanwhile. */
  async holdOfPanel(panelId: Types.ObjectId, session: ClientSession): Promise<void> {
    await this.rows.updateMany({ panelId }, { $inc: { held: 1 } }, { session });
  }

  /** Another turn, with the same time, of those that the transaction holds. */
  async turnHeld(ids: readonly Types.ObjectId[], at: Date, session: ClientSession): Promise<void> {
    if (ids.length === 0) return;
    const next = { $inc: { turn: 1 }, $set: { changedAt: at } };
    await this.rows.updateMany({ _id: { $in: ids } }, next, { session });
  }

  async byId(id: Types.ObjectId, session: ClientSession | null = null): Promise<InterviewRow | null> {
    return await this.rows.findById(id).session(session).lean<InterviewRow>();
  }

  /** Another turn of one that is still as it was seen: with a time, with another, or without; false where it is not. */
  async turn(
    { _id, turn, moves }: Pick<InterviewRow, '_id' | 'turn' | 'moves'>,
    time: (Stretch & { id: Types.ObjectId }) | null,
    { at, isMove = false }: { at: Date; isMove?: boolean },
    session: ClientSession,
  ): Promise<boolean> {
    const change = { time, turn: turn + 1, moves: moves + (isMove ? 1 : 0), changedAt: at };
    return (await this.rows.updateOne({ _id, turn }, { $set: change }, { session })).modifiedCount === 1;
  }

  /** Whether nobody came to one that is still of the turn that was seen: when that was said, or null where it is taken back; false where it is of another turn, or says so already. */
  async miss(
    { _id, turn }: Pick<InterviewRow, '_id' | 'turn'>,
    at: Date | null,
    session: ClientSession,
  ): Promise<boolean> {
    const seen = { _id, turn, missedAt: at ? null : { $ne: null } };
    return (await this.rows.updateOne(seen, { $set: { missedAt: at } }, { session })).modifiedCount === 1;
  }

  /** Another turn, without a time, of those to which nobody came: they are invited anew, by this panel. Each keeps the time that was missed, which nobody offers any more. How many they are. */
  async inviteAnew(
    rows: readonly Pick<InterviewRow, '_id' | 'time'>[],
    panelId: Types.ObjectId,
    at: Date,
    session: ClientSession,
  ): Promise<number> {
    if (rows.length === 0) return 0;
    const next = { $add: ['$turn', 1] };
    const span = { startsAt: '$time.startsAt', endsAt: '$time.endsAt' };
    const { modifiedCount } = await this.rows.updateMany(
      { _id: { $in: rows.map(({ _id }) => _id) }, missedAt: { $ne: null } },
      [
        {
          $set: {
            ...{ panelId, time: null, turn: next, fromTurn: next, moves: 0, invitedAt: at, changedAt: at },
            ...{ remindedAt: null, missedAt: null },
            missed: { $concatArrays: [{ $ifNull: ['$missed', []] }, [span]] },
          },
        },
      ],
      { session, updatePipeline: true },
    );
    await this.times.deleteMany({ _id: { $in: rows.flatMap(({ time }) => time?.id ?? []) } }, { session });
    return modifiedCount;
  }

  /** Deletes one that is still as it was seen; false where it is not. */
  async delete({ _id, turn }: Pick<InterviewRow, '_id' | 'turn'>, session: ClientSession): Promise<boolean> {
    return (await this.rows.deleteOne({ _id, turn }, { session })).deletedCount === 1;
  }

  /** Of some interviews those that have no time, and had no letter about that since an instant, are reminded now; the ones that are. */
  async remind(
    ids: readonly Types.ObjectId[],
    { at, notSince }: { at: Date; notSince: Date },
    session: ClientSession,
  ): Promise<InterviewRow[]> {
    if (ids.length === 0) return [];
    const waiting = {
      ...{ _id: { $in: ids }, time: null, changedAt: { $lte: notSince } },
      $or: [{ remindedAt: null }, { remindedAt: { $lte: notSince } }],
    };
    const rows = await this.rows.find(waiting).session(session).lean<InterviewRow[]>();
    const those = { _id: { $in: rows.map(({ _id }) => _id) } };
    if (rows.length > 0) await this.rows.updateMany(those, { $set: { remindedAt: at } }, { session });
    return rows;
  }

  /** A letter said that there is still a time to choose. */
  async reminded(id: Types.ObjectId, at: Date): Promise<void> {
    await this.rows.updateOne({ _id: id }, { $set: { remindedAt: at } });
  }

  /** When the address of who applies refused a letter; null once one arrived. */
  async refused(id: Types.ObjectId, at: Date | null): Promise<void> {
    await this.rows.updateOne({ _id: id }, { $set: { refusedAt: at } });
  }
}
