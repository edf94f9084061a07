import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import { indexesOfErrors, isOnlyDuplicates } from '../infra/mongo/errors.js';
import type { NotificationKind } from '../contracts/notifications.js';
import type { NotificationRow } from './notification.schema.js';

/** Where a page of the inbox begins: after this row. */
export interface InboxPlace {
  createdAt: Date;
  id: Types.ObjectId;
}

/** How many notices of a kind reached a person. */
export interface ToldCount {
  kind: NotificationKind;
  inbox: number;
  mail: number;
}

const MOST_COUNTED = 100;
const BEGINNING = new Date(0);
const EVER = new Date('9999-12-31T00:00:00.000Z');

/** The only user of the `notifications` collection. */
@Injectable()
export class NotificationsRepository {
  constructor(@InjectModel('Notification') private readonly notifications: Model<NotificationRow>) {}

  /** Writes those that are not there yet (by person and key) and returns the new ones. */
  async insertNew(rows: readonly NotificationRow[]): Promise<NotificationRow[]> {
    if (rows.length === 0) return [];
    try {
      await this.notifications.collection.insertMany([...rows], { ordered: false });
      return [...rows];
    } catch (error) {
      if (!isOnlyDuplicates(error)) throw error;
      const known = new Set(indexesOfErrors(error));
      return rows.filter((_, index) => !known.has(index));
    }
  }

  async byId(id: Types.ObjectId): Promise<NotificationRow | null> {
    return await this.notifications.findById(id).lean<NotificationRow>();
  }

  /** A page of a person's inbox, newest first. */
  async page(
    userId: Types.ObjectId,
    options: { unread: boolean; after: InboxPlace | null; limit: number },
  ): Promise<NotificationRow[]> {
    const { after } = options;
    return await this.notifications
      .find({
        userId,
        shown: true,
        ...(options.unread && { readAt: null }),
        createdAt: { $gte: BEGINNING, $lte: after?.createdAt ?? EVER },
        ...(after && { $or: [{ createdAt: { $lt: after.createdAt } }, { _id: { $lt: after.id } }] }),
      })
      .sort({ createdAt: -1, _id: -1 })
      .limit(options.limit)
      .lean<NotificationRow[]>();
  }

  /** How many are unread, at most 100. */
  async unread(userId: Types.ObjectId): Promise<number> {
    return await this.notifications.countDocuments({ userId, shown: true, readAt: null }).limit(MOST_COUNTED);
  }

  /** Shown ones and those that were mailed, since an instant, by kind. Two alternatives: the index of the inbox tells them apart. */
  async toldSince(userId: Types.ObjectId, since: Date): Promise<ToldCount[]> {
    const createdAt = { $gte: since, $lte: EVER };
    const rows = await this.notifications.aggregate<Omit<ToldCount, 'kind'> & { _id: NotificationKind }>([
      { $match: { $or: [true, false].map((shown) => ({ userId, shown, createdAt })) } },
      {
        $group: {
          _id: '$kind',
          inbox: { $sum: { $cond: ['$shown', 1, 0] } },
          mail: { $sum: { $cond: [{ $eq: ['$mail.state', 'sent'] }, 1, 0] } },
        },
      },
    ]);
    return rows.map(({ _id, inbox, mail }) => ({ kind: _id, inbox, mail }));
  }

  async readThese(userId: Types.ObjectId, ids: readonly Types.ObjectId[], at: Date): Promise<void> {
    await this.notifications.updateMany({ userId, _id: { $in: ids }, readAt: null }, { $set: { readAt: at } });
  }

  async readUntil(userId: Types.ObjectId, until: Date, at: Date): Promise<void> {
    await this.notifications.updateMany(
      { userId, shown: true, readAt: null, createdAt: { $lte: until } },
      { $set: { readAt: at } },
    );
  }

  /** Takes the mail of a notice for sending until the lease ends. False when it is not waiting, not due, or taken. */
  async claimMail(id: Types.ObjectId, now: Date, lease: string, leaseUntil: Date): Promise<boolean> {
    const taken = await this.notifications.updateOne(
      {
        _id: id,
        $or: [
          { 'mail.state': 'waiting', 'mail.dueAt': { $lte: now } },
          { 'mail.state': 'sending', 'mail.leaseUntil': { $lte: now } },
        ],
      },
      {
        $set: { 'mail.state': 'sending', 'mail.lease': lease, 'mail.leaseUntil': leaseUntil },
        $inc: { 'mail.attempts': 1 },
      },
    );
    return taken.modifiedCount === 1;
  }

  /** Moves a mail on, only for who holds its lease. False when the lease was lost. */
  async moveMail(
    id: Types.ObjectId,
    lease: string,
    from: 'sending' | 'handing',
    change: { state: NotificationRow['mail']['state']; dueAt?: Date; leaseUntil?: Date; error?: string },
  ): Promise<boolean> {
    const moved = await this.notifications.updateOne(
      { _id: id, 'mail.state': from, 'mail.lease': lease },
      {
        $set: {
          'mail.state': change.state,
          ...(change.dueAt && { 'mail.dueAt': change.dueAt }),
          ...(change.leaseUntil && { 'mail.leaseUntil': change.leaseUntil }),
          ...(change.error !== undefined && { 'mail.error': change.error }),
        },
      },
    );
    return moved.modifiedCount === 1;
  }

  /** What of a person waits to go out by mail. */
  async waitingMails(userId: Types.ObjectId, limit: number): Promise<NotificationRow[]> {
    return await this.notifications.find({ userId, 'mail.state': 'waiting' }).limit(limit).lean<NotificationRow[]>();
  }

  /** A mail that still waits leaves at another time. */
  async moveWaiting(id: Types.ObjectId, dueAt: Date): Promise<void> {
    await this.notifications.updateOne({ _id: id, 'mail.state': 'waiting' }, { $set: { 'mail.dueAt': dueAt } });
  }

  /** Mails whose hand-over was interrupted: nobody knows whether they were taken. Returns how many. */
  async failInterrupted(now: Date): Promise<number> {
    const failed = await this.notifications.updateMany(
      { 'mail.state': 'handing', 'mail.leaseUntil': { $lte: now } },
      { $set: { 'mail.state': 'failed', 'mail.error': 'interrupted' } },
    );
    return failed.modifiedCount;
  }

  /** Mails that are due or were left in sending, the oldest first. */
  async dueMails(now: Date, limit: number): Promise<Types.ObjectId[]> {
    const [waiting, left] = await Promise.all([
      this.notifications
        .find({ 'mail.state': 'waiting', 'mail.dueAt': { $gte: BEGINNING, $lte: now } }, { _id: 1 })
        .sort({ 'mail.dueAt': 1 })
        .limit(limit)
        .lean<{ _id: Types.ObjectId }[]>(),
      this.notifications
        .find({ 'mail.state': 'sending', 'mail.leaseUntil': { $gte: BEGINNING, $lte: now } }, { _id: 1 })
        .sort({ 'mail.leaseUntil': 1 })
        .limit(limit)
        .lean<{ _id: Types.ObjectId }[]>(),
    ]);
    return [...waiting, ...left].map((row) => row._id);
  }
}
