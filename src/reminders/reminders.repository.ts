import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type AnyBulkWriteOperation, type Model, Types } from 'mongoose';
import type { ReminderState } from '../contracts/reminders.js';
import { isOnlyDuplicates } from '../infra/mongo/errors.js';
import { idOf } from '../infra/mongo/ids.js';
import type { ExistingReminder, PlanChange, ReminderSubject, WantedReminder } from './reminder-plan.js';
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
  state?: ReminderState;
}

/** The only user of the `reminders` collection. States move by guarded updates only. */
@Injectable()
export class RemindersRepository {
  constructor(@InjectModel('Reminder') private readonly reminders: Model<ReminderRow>) {}

  async byId(id: Types.ObjectId): Promise<ReminderRow | null> {
    return await this.reminders.findById(id).lean<ReminderRow>();
  }

  /** All rows of some subjects (of some people), by the subject's id. */
  async ofSubjects(
    subjectIds: readonly string[],
    userIds?: readonly string[],
  ): Promise<Map<string, ExistingReminder[]>> {
    const rows = await this.reminders
      .find(
        { 'subject.id': { $in: subjectIds.map(idOf) }, ...(userIds && { userId: { $in: userIds.map(idOf) } }) },
        { userId: 1, subject: 1, kind: 1, state: 1, dueAt: 1, until: 1, channels: 1, title: 1 },
      )
      .lean<ReminderRow[]>();
    const bySubject = new Map<string, ExistingReminder[]>(subjectIds.map((id) => [id, []]));
    for (const row of rows) bySubject.get(String(row.subject.id))?.push(toExisting(row));
    return bySubject;
  }

  /**
   * Writes the changes of some subjects in one bulk, each guarded by key or state, so that a race or a second try adds nothing. New rows
   * go as plain inserts, which reach the disk together; upserts would do so one by one.
   */
  async apply(changes: readonly { subject: ReminderSubject; change: PlanChange }[], now: Date): Promise<void> {
    const writes = changes.flatMap(({ subject, change }) => writesOf(subject, change, now));
    if (writes.length === 0) return;
    try {
      await this.reminders.bulkWrite(writes, { ordered: false });
    } catch (error) {
      // Somebody planned the same at the same time: the row is there, and the other writes of the bulk are done.
      if (!isOnlyDuplicates(error)) throw error;
    }
  }

  /** Takes a reminder for sending until the lease ends. False when it is not planned, not due, or somebody else has it. */
  async claim(id: Types.ObjectId, dueBy: Date, now: Date, lease: string, leaseUntil: Date): Promise<boolean> {
    const taken = await this.reminders.updateOne(
      {
        _id: id,
        $or: [
          { state: 'planned', dueAt: { $lte: dueBy } },
          { state: 'sending', leaseUntil: { $lte: now } },
        ],
      },
      { $set: { state: 'sending', lease, leaseUntil }, $inc: { attempts: 1 } },
    );
    return taken.modifiedCount === 1;
  }

  /** Moves a reminder on, only for who holds its lease. False when the lease was lost. */
  async move(
    id: Types.ObjectId,
    lease: string,
    from: 'sending' | 'handing',
    change: Partial<Pick<ReminderRow, 'state' | 'because' | 'sentAt' | 'dueAt' | 'armed'>>,
  ): Promise<boolean> {
    const moved = await this.reminders.updateOne({ _id: id, state: from, lease }, { $set: change });
    return moved.modifiedCount === 1;
  }

  /** Hand-overs that were interrupted become failures that staff see. Returns how many. */
  async failInterrupted(now: Date): Promise<number> {
    const failed = await this.reminders.updateMany(
      { state: 'handing', leaseUntil: { $lte: now } },
      { $set: { state: 'failed', because: 'interrupted' } },
    );
    return failed.modifiedCount;
  }

  /** Reminders that are due, and those left in sending, the oldest first. */
  async due(now: Date, limit: number): Promise<Types.ObjectId[]> {
    const ids = (rows: { _id: Types.ObjectId }[]) => rows.map((row) => row._id);
    const [planned, left] = await Promise.all([
      this.reminders
        .find({ state: 'planned', dueAt: { $gte: BEGINNING, $lte: now } }, { _id: 1 })
        .sort({ dueAt: 1 })
        .limit(limit)
        .lean<{ _id: Types.ObjectId }[]>(),
      this.reminders
        .find({ state: 'sending', leaseUntil: { $gte: BEGINNING, $lte: now } }, { _id: 1 })
        .sort({ leaseUntil: 1 })
        .limit(limit)
        .lean<{ _id: Types.ObjectId }[]>(),
    ]);
    return [...ids(planned), ...ids(left)];
  }

  /** Planned reminders due before an instant for which no alarm is set. */
  async unarmed(before: Date, limit: number): Promise<ReminderRow[]> {
    return await this.reminders
      .find({ state: 'planned', armed: false, dueAt: { $gte: BEGINNING, $lte: before } })
      .sort({ dueAt: 1 })
      .limit(limit)
      .lean<ReminderRow[]>();
  }

  async setArmed(ids: readonly Types.ObjectId[]): Promise<void> {
    await this.reminders.updateMany({ _id: { $in: ids } }, { $set: { armed: true }, $inc: { arms: 1 } });
  }

  /** All alarms are gone (Redis was flushed): they are to be set again. */
  async disarmAll(): Promise<void> {
    await this.reminders.updateMany(
      { state: 'planned', armed: true, dueAt: { $gte: BEGINNING, $lte: EVER } },
      { $set: { armed: false } },
    );
  }

  /** A page of a cohort's reminders in order of `dueAt`. */
  async page(
    cohortId: Types.ObjectId,
    window: ReminderWindow,
    after: ReminderPlace | null,
    limit: number,
  ): Promise<ReminderRow[]> {
    const from = after?.dueAt ?? window.from ?? BEGINNING;
    return await this.reminders
      .find({
        ...filterOf(cohortId, window),
        dueAt: { $gte: from, $lte: window.to ?? EVER },
        ...(after && { $or: [{ dueAt: { $gt: after.dueAt } }, { _id: { $gt: after.id } }] }),
      })
      .sort({ dueAt: 1, _id: 1 })
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

  async count(cohortId: Types.ObjectId, state: ReminderState, from: Date, to: Date): Promise<number> {
    return await this.reminders.countDocuments({ cohortId, state, dueAt: { $gte: from, $lte: to } });
  }
}

function filterOf(cohortId: Types.ObjectId, { userId, state }: ReminderWindow) {
  return { cohortId, state: state ?? { $in: TOLD }, ...(userId && { userId }) };
}

function toExisting(row: ReminderRow): ExistingReminder {
  return {
    id: String(row._id),
    userId: String(row.userId),
    kind: row.kind,
    revision: row.subject.revision,
    state: row.state,
    dueAt: row.dueAt,
    until: row.until,
    channels: row.channels,
    title: row.title ?? null,
  };
}

function writesOf(
  subject: ReminderSubject,
  { insert, move, revive, drop }: PlanChange,
  now: Date,
): AnyBulkWriteOperation<ReminderRow>[] {
  return [
    ...insert.map((want) => ({ insertOne: { document: rowOf(subject, want, now) } })),
    ...move.map(({ id, to }) => ({ updateOne: change(id, 'planned', { ...timesOf(to), title: subject.title }) })),
    ...revive.map(({ id, to }) => ({
      updateOne: change(id, 'dropped', {
        ...timesOf(to),
        title: subject.title,
        why: to.why,
        state: 'planned',
        because: null,
        attempts: 0,
      }),
    })),
    ...drops(drop),
  ];
}

const timesOf = ({ dueAt, until, channels }: WantedReminder) => ({ dueAt, until, channels, armed: false });

function change(id: string, from: ReminderState, $set: Partial<ReminderRow>) {
  return { filter: { _id: idOf(id), state: from }, update: { $set } };
}

/** One write for all that are dropped for one reason. */
function drops(drop: PlanChange['drop']): AnyBulkWriteOperation<ReminderRow>[] {
  return [...new Set(drop.map(({ because }) => because))].map((because) => {
    const ids = drop.filter((one) => one.because === because).map(({ id }) => idOf(id));
    const filter = { _id: { $in: ids }, state: 'planned' as const };
    return { updateMany: { filter, update: { $set: { state: 'dropped' as const, because } } } };
  });
}

function rowOf(subject: ReminderSubject, want: WantedReminder, now: Date): ReminderRow {
  return {
    _id: new Types.ObjectId(),
    cohortId: idOf(subject.cohortId),
    userId: idOf(want.userId),
    subject: { type: subject.type, id: idOf(subject.id), revision: subject.revision },
    kind: want.kind,
    title: subject.title,
    titleKey: subject.titleKey,
    why: want.why,
    state: 'planned',
    because: null,
    arms: 0,
    attempts: 0,
    lease: null,
    leaseUntil: null,
    sentAt: null,
    plannedAt: now,
    ...timesOf(want),
  };
}
