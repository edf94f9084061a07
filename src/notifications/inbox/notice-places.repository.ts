import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { awake } from './inbox-rows.repository.js';
import type { NotificationRow } from './notification.schema.js';

type Shown = Pick<NotificationRow, '_id' | 'createdAt'>;

/** How it stands in the inbox, kept as it leaves that; once it is out, it stays as it left. */
const keptBefore = (now: Date) => ({
  $cond: [
    { $or: [{ $eq: ['$done', true] }, { $gt: ['$snoozedUntil', now] }] },
    '$before',
    { at: '$at', readAt: '$readAt' },
  ],
});

/** Moves notices between the lists of a person's inbox, each by one guarded write that says nothing the second time. */
@Injectable()
export class NoticePlaces {
  constructor(@InjectModel('Notification') private readonly notifications: Model<NotificationRow>) {}

  /** Those of some that are this person's, and shown. */
  async theirs(userId: Types.ObjectId, ids: readonly Types.ObjectId[]): Promise<Shown[]> {
    return await this.notifications.find(shownOf(userId, ids), { createdAt: 1 }).lean<Shown[]>();
  }

  /** Done is read. */
  async done(userId: Types.ObjectId, ids: readonly Types.ObjectId[], now: Date): Promise<void> {
    const change = { done: true, at: now, readAt: { $ifNull: ['$readAt', now] }, snoozedUntil: null };
    await this.notifications.updateMany(
      { ...shownOf(userId, ids), done: false },
      [{ $set: { ...change, before: keptBefore(now) } }, { $unset: 'wakeAt' }],
      { updatePipeline: true },
    );
  }

  async snooze(
    userId: Types.ObjectId,
    ids: readonly Types.ObjectId[],
    { until, now }: { until: Date; now: Date },
  ): Promise<void> {
    const change = { done: false, at: until, readAt: null, snoozedUntil: until, wakeAt: until };
    await this.notifications.updateMany(
      { ...shownOf(userId, ids), $or: [{ done: true }, { snoozedUntil: { $ne: until } }] },
      [{ $set: { ...change, before: keptBefore(now) } }],
      { updatePipeline: true },
    );
  }

  /** Those that are out of the inbox stand in it again, as they did. */
  async putBack(userId: Types.ObjectId, ids: readonly Types.ObjectId[], now: Date): Promise<void> {
    const change = { done: false, at: '$before.at', readAt: '$before.readAt', snoozedUntil: null };
    await this.notifications.updateMany(
      { ...shownOf(userId, ids), $or: [{ done: true }, { snoozedUntil: { $gt: now } }] },
      [{ $set: change }, { $unset: ['before', 'wakeAt'] }],
      { updatePipeline: true },
    );
  }

  /** Of some, those that are unread in the inbox, with all that says whether they were read where it happened. */
  async unread(userId: Types.ObjectId, ids: readonly Types.ObjectId[], now: Date): Promise<NotificationRow[]> {
    return await this.notifications
      .find({ ...shownOf(userId, ids), readAt: null, ...awake(now) })
      .lean<NotificationRow[]>();
  }

  /** What came back and was not told to its person's devices yet, the earliest first. */
  async back(now: Date, limit: number): Promise<Types.ObjectId[]> {
    const rows = await this.notifications
      .find({ wakeAt: { $lte: now } }, { _id: 1 })
      .sort({ wakeAt: 1 })
      .limit(limit)
      .lean<Pick<NotificationRow, '_id'>[]>();
    return rows.map(({ _id }) => _id);
  }

  /** All that came back to the person of one at the same instant, from now on told; null where somebody has told it. Two at once: one of them, by the transaction. */
  async takeBack(
    id: Types.ObjectId,
    now: Date,
    session: ClientSession,
  ): Promise<{ userId: Types.ObjectId; ids: Types.ObjectId[] } | null> {
    const first = await this.notifications
      .findOne({ _id: id, wakeAt: { $lte: now } }, { userId: 1, wakeAt: 1 }, { session })
      .lean<Pick<NotificationRow, '_id' | 'userId' | 'wakeAt'>>();
    if (!first?.wakeAt) return null;
    const { userId, wakeAt } = first;
    const rows = await this.notifications
      .find({ wakeAt, userId }, { _id: 1 }, { session })
      .lean<Pick<NotificationRow, '_id'>[]>();
    const ids = rows.map(({ _id }) => _id);
    await this.notifications.updateMany({ _id: { $in: ids }, wakeAt }, { $unset: { wakeAt: 1 } }, { session });
    return { userId, ids };
  }
}

const shownOf = (userId: Types.ObjectId, ids: readonly Types.ObjectId[]) => ({
  userId,
  _id: { $in: [...ids] },
  shown: true,
});
