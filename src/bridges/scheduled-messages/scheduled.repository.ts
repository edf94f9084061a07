import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { ScheduledRow } from './scheduled.schema.js';

type State = ScheduledRow['state'];

/** What somebody can still change: nobody has it. */
const OPEN: readonly State[] = ['waiting', 'failed'];
/** Reminders of bookmarks are planned, changed and taken back where those are. */
const NO_BOOKMARK = { kind: { $ne: 'bookmark' } } as const;
/** No person's own key looks so. */
const keyOf = (bookmarkId: Types.ObjectId) => `bookmark:${String(bookmarkId)}`;

/** The only user of the `scheduled` collection. Every step is guarded by the state or the lease that it leaves. */
@Injectable()
export class ScheduledRepository {
  constructor(@InjectModel('Scheduled') private readonly scheduled: Model<ScheduledRow>) {}

  /** Throws E11000 on `client` for what was planned before. */
  async insert(row: ScheduledRow, session: ClientSession): Promise<void> {
    await this.scheduled.create([row], { session });
  }

  async byClientId(userId: Types.ObjectId, clientId: string): Promise<ScheduledRow | null> {
    return await this.scheduled.findOne({ userId, clientId }).lean<ScheduledRow>();
  }

  async find(userId: Types.ObjectId, id: Types.ObjectId): Promise<ScheduledRow | null> {
    return await this.scheduled.findOne({ _id: id, userId, ...NO_BOOKMARK }).lean<ScheduledRow>();
  }

  /** What a person has waiting or failed, the earliest first. */
  async open(userId: Types.ObjectId, limit: number): Promise<ScheduledRow[]> {
    return await this.scheduled
      .find({ userId, state: { $in: OPEN }, ...NO_BOOKMARK })
      .sort({ dueAt: 1 })
      .limit(limit)
      .lean<ScheduledRow[]>();
  }

  /** How much a person has waiting or failed; counting stops at `limit`. */
  async countOpen(userId: Types.ObjectId, limit: number, session: ClientSession): Promise<number> {
    return await this.scheduled.countDocuments({ userId, state: { $in: OPEN }, ...NO_BOOKMARK }, { limit, session });
  }

  /** Changes what nobody has; with a new time it waits (again). Null when it is gone, on its way or sent. */
  async change(
    userId: Types.ObjectId,
    id: Types.ObjectId,
    { body, dueAt, plannedAt }: { body: string | undefined; dueAt: Date | undefined; plannedAt: Date },
  ): Promise<ScheduledRow | null> {
    const time = dueAt && { dueAt, wakeAt: dueAt, state: 'waiting' as const, because: null };
    return await this.scheduled
      .findOneAndUpdate(
        { _id: id, userId, state: { $in: OPEN } },
        { $set: { ...(body !== undefined && { body }), ...time, plannedAt } },
        { returnDocument: 'after' },
      )
      .lean<ScheduledRow>();
  }

  /** Takes back what nobody has. Null when it is gone, on its way or sent. */
  async remove(userId: Types.ObjectId, id: Types.ObjectId): Promise<ScheduledRow | null> {
    return await this.scheduled.findOneAndDelete({ _id: id, userId, state: { $in: OPEN } }).lean<ScheduledRow>();
  }

  /** A bookmark wakes its person at this time, whatever it did before. */
  async wakeBookmark(
    {
      bookmarkId,
      userId,
      cohortId,
      at,
    }: { bookmarkId: Types.ObjectId; userId: Types.ObjectId; cohortId: Types.ObjectId; at: Date },
    now: Date,
    session: ClientSession,
  ): Promise<void> {
    const waits = { dueAt: at, wakeAt: at, state: 'waiting' as const, because: null, lease: null, plannedAt: now };
    await this.scheduled.updateOne(
      { userId, clientId: keyOf(bookmarkId) },
      { $set: waits, $unset: { sentAt: 1 }, $setOnInsert: { kind: 'bookmark', cohortId, createdAt: now } },
      { upsert: true, session },
    );
  }

  /** What waits for a bookmark of somebody. */
  async wakeOf(userId: Types.ObjectId, bookmarkId: Types.ObjectId): Promise<ScheduledRow | null> {
    return await this.byClientId(userId, keyOf(bookmarkId));
  }

  /** Nobody is woken by these bookmarks any more. */
  async forgetBookmarks(
    userId: Types.ObjectId,
    bookmarkIds: readonly Types.ObjectId[],
    session: ClientSession,
  ): Promise<void> {
    await this.scheduled.deleteMany({ userId, clientId: { $in: bookmarkIds.map(keyOf) } }, { session });
  }

  async due(now: Date, limit: number): Promise<Types.ObjectId[]> {
    const rows = await this.scheduled
      .find({ wakeAt: { $lte: now } }, { _id: 1 })
      .sort({ wakeAt: 1 })
      .limit(limit)
      .lean<Pick<ScheduledRow, '_id'>[]>();
    return rows.map((row) => row._id);
  }

  /** Messages of a person that wait and were last planned until an instant. */
  async waitingMessages(userId: Types.ObjectId, until: Date): Promise<ScheduledRow[]> {
    return await this.scheduled.find({ userId, ...plannedUntil(until) }).lean<ScheduledRow[]>();
  }

  /** It is not sent, unless it was planned anew or is on its way. */
  async refuse(id: Types.ObjectId, until: Date, because: string): Promise<void> {
    await this.scheduled.updateOne(
      { _id: id, ...plannedUntil(until) },
      { $set: { state: 'failed', because }, $unset: { wakeAt: 1 } },
    );
  }

  /** Takes what is due, or was left by who died, until `until`. Null when it is not due any more or somebody has it. */
  async claim(id: Types.ObjectId, lease: string, now: Date, until: Date): Promise<ScheduledRow | null> {
    return await this.taken({ _id: id, wakeAt: { $lte: now } }, lease, until);
  }

  /** Takes what is not due yet, for who planned it. */
  async claimEarly(
    userId: Types.ObjectId,
    id: Types.ObjectId,
    lease: string,
    until: Date,
  ): Promise<ScheduledRow | null> {
    return await this.taken({ _id: id, userId, state: { $in: OPEN } }, lease, until);
  }

  /** It is over. Nothing happens for who lost the lease meanwhile. */
  async end(id: Types.ObjectId, lease: string, change: Partial<ScheduledRow> & { state: State }): Promise<void> {
    // The end of rows is real time, as the database counts it.
    const sent = change.state === 'sent' && { sentAt: new Date() };
    await this.scheduled.updateOne(
      { _id: id, lease },
      { $set: { ...change, ...sent, lease: null }, $unset: { wakeAt: 1 } },
    );
  }

  /** Lets go until `wakeAt`, for another try. */
  async putOff(id: Types.ObjectId, lease: string, wakeAt: Date): Promise<void> {
    await this.scheduled.updateOne({ _id: id, lease }, { $set: { state: 'waiting', lease: null, wakeAt } });
  }

  private async taken(which: object, lease: string, until: Date): Promise<ScheduledRow | null> {
    return await this.scheduled
      .findOneAndUpdate(which, { $set: { state: 'sending', lease, wakeAt: until } }, { returnDocument: 'after' })
      .lean<ScheduledRow>();
  }
}

const plannedUntil = (until: Date) => ({
  ...{ kind: 'message' as const, state: 'waiting' as const },
  $or: [{ plannedAt: { $lte: until } }, { plannedAt: null, createdAt: { $lte: until } }],
});
