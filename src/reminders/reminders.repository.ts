import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import {
  type ReminderChannel,
  type ReminderKind,
  type ReminderState,
  type ReminderSubjectType,
  UNSURE,
} from '../contracts/reminders/reminders.js';
import { plannedAgain } from './reminder-rows.js';
import type { ReminderRow } from './reminder.schema.js';

const BEGINNING = new Date(0);
const EVER = new Date('9999-12-31T00:00:00.000Z');

/** Those that will go out or went out. */
const TOLD: ReminderState[] = ['planned', 'sending', 'handing', 'sent', 'failed'];

/** Where a page of a cohort's reminders begins: after this row. */
export interface ReminderPlace {
  dueAt: Date;
  id: Types.ObjectId;
}

/** Which reminders of a cohort staff look at. */
export interface ReminderWindow {
  from?: Date;
  to?: Date;
  userId?: Types.ObjectId;
  kind?: ReminderKind;
  channel?: ReminderChannel;
  state?: ReminderState;
}

/** What an alarm is set for. */
export interface ArmableReminder {
  _id: Types.ObjectId;
  dueAt: Date;
  subject: { revision: number };
}

/** The `reminders` collection, but for planning (reminder-plans.repository.ts) and sending (reminder-leases.repository.ts). States move by guarded updates only. */
@Injectable()
export class RemindersRepository {
  constructor(@InjectModel('Reminder') private readonly reminders: Model<ReminderRow>) {}

  /** How many are planned before a workshop or session. */
  async plannedOf(subjectId: Types.ObjectId): Promise<number> {
    const before: ReminderSubjectType[] = ['workshop', 'session'];
    return await this.reminders.countDocuments({
      'subject.id': subjectId,
      'subject.type': { $in: before },
      state: 'planned',
    });
  }

  /** Reminders that are due, and those left in sending, the longest waiting first. */
  async due(now: Date, limit: number): Promise<Types.ObjectId[]> {
    const rows = await this.reminders
      .find(
        { wakeAt: { $gte: BEGINNING, $lte: now }, dueAt: { $lte: now }, state: { $in: ['planned', 'sending'] } },
        { _id: 1 },
      )
      .sort({ wakeAt: 1 })
      .limit(limit)
      .lean<{ _id: Types.ObjectId }[]>();
    return rows.map((row) => row._id);
  }

  /** Those left in sending by who died. */
  async left(now: Date, limit: number): Promise<Types.ObjectId[]> {
    const rows = await this.reminders
      .find({ wakeAt: { $gte: BEGINNING, $lte: now }, state: 'sending' }, { _id: 1 })
      .sort({ wakeAt: 1 })
      .limit(limit)
      .lean<{ _id: Types.ObjectId }[]>();
    return rows.map((row) => row._id);
  }

  /** Planned reminders that are to be armed by now, and for which no alarm is set. */
  async unarmed(now: Date, limit: number): Promise<ArmableReminder[]> {
    return await this.reminders
      .find(
        { wakeAt: { $gte: BEGINNING, $lte: now }, state: 'planned', armed: false },
        { dueAt: 1, 'subject.revision': 1 },
      )
      .sort({ wakeAt: 1 })
      .limit(limit)
      .lean<ArmableReminder[]>();
  }

  /** Says that alarms were set for these rows at these times; one that moved meanwhile stays without. */
  async setArmed(rows: readonly ArmableReminder[]): Promise<void> {
    if (rows.length === 0) return;
    const byTime = new Map<number, ArmableReminder[]>();
    for (const row of rows) byTime.set(row.dueAt.getTime(), [...(byTime.get(row.dueAt.getTime()) ?? []), row]);
    await this.reminders.bulkWrite(
      [...byTime].map(([time, alike]) => ({
        updateMany: {
          filter: { _id: { $in: alike.map((row) => row._id) }, state: 'planned', armed: false, dueAt: new Date(time) },
          update: { $set: { armed: true, wakeAt: new Date(time) } },
        },
      })),
      { ordered: false },
    );
  }

  /** The alarms of these could not be set after all. */
  async disarm(ids: readonly Types.ObjectId[], now: Date): Promise<void> {
    await this.reminders.updateMany(
      { _id: { $in: ids }, state: 'planned', armed: true },
      { $set: { armed: false, wakeAt: now } },
    );
  }

  /** All alarms are gone (Redis was flushed): they are to be set again. */
  async disarmAll(now: Date): Promise<void> {
    await this.reminders.updateMany(
      { state: 'planned', armed: true, wakeAt: { $gte: BEGINNING, $lte: EVER } },
      { $set: { armed: false, wakeAt: now } },
    );
  }

  /** One that staff of a cohort may see; null otherwise. */
  async inCohort(cohortId: Types.ObjectId, id: Types.ObjectId): Promise<ReminderRow | null> {
    return await this.reminders.findOne({ _id: id, cohortId, ...SHOWN }).lean<ReminderRow>();
  }

  /** One that failed is due now, with all its attempts. False when it did not fail (any more), or is too late. */
  async retry(cohortId: Types.ObjectId, id: Types.ObjectId, now: Date): Promise<boolean> {
    const { modifiedCount } = await this.reminders.updateOne(
      { _id: id, cohortId, ...SHOWN, state: 'failed', until: { $gt: now } },
      { $set: { state: 'planned', because: null, attempts: 0, ...plannedAgain(now) } },
    );
    return modifiedCount === 1;
  }

  /**
   * The first of a window that failed are due now, with all their attempts, but for those that are too late or may have arrived. How
   * many they are, and how many stay as they may have arrived.
   */
  async retryAll(
    cohortId: Types.ObjectId,
    window: ReminderWindow,
    now: Date,
    limit: number,
  ): Promise<{ again: number; unsure: number }> {
    const failed = { ...filterOf(cohortId, { ...window, state: 'failed' }), until: { $gt: now } };
    const canGo = { ...failed, because: { $nin: UNSURE } };
    const dueAt = { $gte: window.from ?? BEGINNING, $lte: window.to ?? EVER };
    const rows = await this.reminders
      .find({ ...canGo, dueAt }, { _id: 1 })
      .sort({ dueAt: 1, _id: 1 })
      .limit(limit)
      .lean<{ _id: Types.ObjectId }[]>();
    const { modifiedCount } = await this.reminders.updateMany(
      { _id: { $in: rows.map((row) => row._id) }, ...canGo },
      { $set: { state: 'planned', because: null, attempts: 0, ...plannedAgain(now) } },
    );
    const unsure = await this.reminders.countDocuments({ ...failed, because: { $in: UNSURE }, dueAt });
    return { again: modifiedCount, unsure };
  }

  /** A page of a cohort's reminders in order of `dueAt`, the oldest or the newest first. */
  async page(
    cohortId: Types.ObjectId,
    window: ReminderWindow,
    after: ReminderPlace | null,
    limit: number,
    order: 'oldest' | 'newest' = 'oldest',
  ): Promise<ReminderRow[]> {
    const { from = BEGINNING, to = EVER } = window;
    const isUp = order === 'oldest';
    const beyond = isUp ? '$gt' : '$lt';
    return await this.reminders
      .find({
        ...filterOf(cohortId, window),
        dueAt: isUp ? { $gte: after?.dueAt ?? from, $lte: to } : { $gte: from, $lte: after?.dueAt ?? to },
        ...(after && { $or: [{ dueAt: { [beyond]: after.dueAt } }, { _id: { [beyond]: after.id } }] }),
      })
      .sort(isUp ? { dueAt: 1, _id: 1 } : { dueAt: -1, _id: -1 })
      .limit(limit)
      .lean<ReminderRow[]>();
  }

  /** How many fall on each day of a zone within a window; `day` is the instant at which it begins. */
  async byDay(
    cohortId: Types.ObjectId,
    window: ReminderWindow,
    timeZone: string,
  ): Promise<{ day: Date; count: number }[]> {
    const rows = await this.reminders.aggregate<{ _id: Date; count: number }>([
      {
        $match: { ...filterOf(cohortId, window), dueAt: { $gte: window.from ?? BEGINNING, $lte: window.to ?? EVER } },
      },
      { $group: { _id: { $dateTrunc: { date: '$dueAt', unit: 'day', timezone: timeZone } }, count: { $sum: 1 } } },
    ]);
    return rows.map((row) => ({ day: row._id, count: row.count })).sort((a, b) => a.day.getTime() - b.day.getTime());
  }

  /** A page of what is planned for a person in some cohorts, in order of `dueAt`. */
  async comingTo(
    userId: Types.ObjectId,
    cohortIds: readonly Types.ObjectId[],
    now: Date,
    after: ReminderPlace | null,
    limit: number,
  ): Promise<ReminderRow[]> {
    return await this.reminders
      .find({
        userId,
        cohortId: { $in: cohortIds },
        dueAt: { $gte: after?.dueAt ?? now, $lte: EVER },
        state: { $in: ['planned', 'sending', 'handing'] },
        ...(after && { $or: [{ dueAt: { $gt: after.dueAt } }, { _id: { $gt: after.id } }] }),
      })
      .sort({ dueAt: 1, _id: 1 })
      .limit(limit)
      .lean<ReminderRow[]>();
  }

  /** How many reminders that were due within a window were mailed to a person, by what they are about. */
  async mailedTo(
    userId: Types.ObjectId,
    from: Date,
    to: Date,
  ): Promise<{ type: ReminderSubjectType; count: number }[]> {
    const rows = await this.reminders.aggregate<{ _id: ReminderSubjectType; count: number }>([
      {
        $match: {
          userId,
          dueAt: { $gte: from, $lte: to },
          state: 'sent',
          channels: 'mail',
          because: { $nin: ['budget', 'undeliverable'] },
        },
      },
      { $group: { _id: '$subject.type', count: { $sum: 1 } } },
    ]);
    return rows.map(({ _id, count }) => ({ type: _id, count }));
  }

  /** A row by which a rung can be shown: the next of its kind, else the last one; else one of another kind of its subjects. */
  async exampleOf(
    cohortId: Types.ObjectId,
    { kind, subject }: { kind: ReminderKind; subject: ReminderSubjectType },
    now: Date,
  ): Promise<ReminderRow | null> {
    for (const which of [{ kind }, { 'subject.type': subject }]) {
      for (const [dueAt, sort] of [
        [{ $gte: now, $lte: EVER }, 1],
        [{ $gte: BEGINNING, $lt: now }, -1],
      ] as const) {
        const row = await this.reminders
          .findOne({ cohortId, ...which, dueAt, state: { $in: TOLD } })
          .sort({ dueAt: sort, _id: sort })
          .lean<ReminderRow>();
        if (row) return row;
      }
    }
    return null;
  }

  async count(cohortId: Types.ObjectId, state: ReminderState, from: Date, to: Date): Promise<number> {
    return await this.reminders.countDocuments({ cohortId, state, dueAt: { $gte: from, $lte: to } });
  }
}

/** Who is (or is no more) asked how a workshop was tells who has said it, which is shown to nobody. */
const SHOWN = { 'subject.type': { $ne: 'feedback' as const } };

function filterOf(cohortId: Types.ObjectId, { userId, kind, channel, state }: ReminderWindow) {
  return {
    ...{ cohortId, ...SHOWN, state: state ?? { $in: TOLD } },
    ...(userId && { userId }),
    ...(kind && { kind }),
    ...(channel && { channels: channel }),
  };
}
