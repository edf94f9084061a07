import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import { endSome } from '../../infra/mongo/expiry.js';
import { indexesOfErrors, isOnlyDuplicates } from '../../infra/mongo/errors.js';
import type { NotificationKind } from '../../contracts/notifications/notifications.js';
import { type Belonging, readableBy } from '../belonging.js';
import { type DeliveryRule, isGathering } from '../rules/delivery-rules.js';
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

/** Where the mail of a notice stands from now on, and which rule put it there. */
export interface MailMove {
  state: NotificationRow['mail']['state'];
  dueAt?: Date;
  leaseUntil?: Date;
  error?: string;
  rule?: DeliveryRule;
  /** It was not tried after all. */
  untried?: true;
}

/** What waited for a digest, read after an instant (`askedAt`). `isFull`: more may have waited than one can name. */
export interface Kept {
  rows: readonly NotificationRow[];
  isFull: boolean;
  askedAt: Date;
}

const MAX_COUNTED = 100;
const BEGINNING = new Date(0);
const EVER = new Date('9999-12-31T00:00:00.000Z');

/** The only user of the `notifications` collection. */
@Injectable()
export class NotificationsRepository {
  constructor(@InjectModel('Notification') private readonly notifications: Model<NotificationRow>) {}

  /** Forgets some of those that were told before an instant, read or not. */
  async forget(before: Date): Promise<number> {
    return await endSome(this.notifications.collection, 'createdAt', before);
  }

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

  /**
   * Of notices whose key is there already: says the stronger reason where the one that is there is weaker, and returns those rows as they
   * are now. The guard is the strength itself, so that of two processes the stronger reason stays, whoever comes last. A mail that has
   * not left yet, or was not wanted for the weaker reason, follows; what was sent is not sent again.
   */
  async strengthen(rows: readonly NotificationRow[]): Promise<Map<NotificationRow, NotificationRow>> {
    if (rows.length === 0) return new Map();
    const there = await this.notifications
      .find({ $or: rows.map(({ userId, key }) => ({ userId, key })) }, { userId: 1, key: 1, strength: 1 })
      .lean<Pick<NotificationRow, '_id' | 'userId' | 'key' | 'strength'>[]>();
    const known = new Map(there.map((row) => [nameOf(row), row.strength ?? Infinity]));
    const stronger = rows.filter((row) => (row.strength ?? 0) > (known.get(nameOf(row)) ?? Infinity));
    const written = await Promise.all(stronger.map(async (row) => [row, await this.saySo(row)] as const));
    return new Map(written.flatMap(([row, now]) => (now ? [[row, now] as const] : [])));
  }

  private async saySo(row: NotificationRow): Promise<NotificationRow | null> {
    const { userId, key, kind, params, link, why, strength, shown, mail } = row;
    // What was read says no more: whoever tells of a burst takes another key for what came since.
    const unread = isGathering(strength ?? 0) && { readAt: null };
    const weaker = { userId, key, strength: { $lt: strength ?? 0 }, ...unread };
    const said = { kind, params, link, why, strength, ...(shown && { shown }) };
    const startsMail = mail.state === 'waiting' ? (['none', 'digest'] as const) : (['none'] as const);
    const withMail =
      mail.state === 'none'
        ? null
        : await this.notifications
            .findOneAndUpdate(
              { ...weaker, 'mail.state': { $in: startsMail } },
              { $set: { ...said, mail } },
              { returnDocument: 'after' },
            )
            .lean<NotificationRow>();
    return (
      withMail ??
      (await this.notifications
        .findOneAndUpdate(weaker, { $set: said }, { returnDocument: 'after' })
        .lean<NotificationRow>())
    );
  }

  async byId(id: Types.ObjectId): Promise<NotificationRow | null> {
    return await this.notifications.findById(id).lean<NotificationRow>();
  }

  /** A page of a person's inbox, newest first: of these cohorts, and of none. */
  async page(
    userId: Types.ObjectId,
    belonging: Belonging,
    options: { unread: boolean; after: InboxPlace | null; limit: number },
  ): Promise<NotificationRow[]> {
    const { after } = options;
    return await this.notifications
      .find({
        userId,
        shown: true,
        ...(options.unread && { readAt: null }),
        ...readableBy(belonging),
        createdAt: { $gte: BEGINNING, $lte: after?.createdAt ?? EVER },
        ...(after && { $or: [{ createdAt: { $lt: after.createdAt } }, { _id: { $lt: after.id } }] }),
      })
      .sort({ createdAt: -1, _id: -1 })
      .limit(options.limit)
      .lean<NotificationRow[]>();
  }

  /** How many of them are unread, at most 100. */
  async unread(userId: Types.ObjectId, belonging: Belonging): Promise<number> {
    const unread = { userId, shown: true, readAt: null, ...readableBy(belonging) };
    return await this.notifications.countDocuments(unread).limit(MAX_COUNTED);
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

  /** Marks as read what is about a topic, and says which those were. */
  async readTopic(userId: Types.ObjectId, topicId: string, at: Date): Promise<Types.ObjectId[]> {
    const unread = { userId, shown: true, readAt: null, 'params.topicId': topicId };
    const rows = await this.notifications.find(unread, { _id: 1 }).lean<{ _id: Types.ObjectId }[]>();
    const ids = rows.map((row) => row._id);
    if (ids.length > 0) await this.readThese(userId, ids, at);
    return ids;
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
  async moveMail(id: Types.ObjectId, lease: string, from: 'sending' | 'handing', change: MailMove): Promise<boolean> {
    const moved = await this.notifications.updateOne(
      { _id: id, 'mail.state': from, 'mail.lease': lease },
      {
        $set: {
          'mail.state': change.state,
          ...(change.dueAt && { 'mail.dueAt': change.dueAt }),
          ...(change.leaseUntil && { 'mail.leaseUntil': change.leaseUntil }),
          ...(change.error !== undefined && { 'mail.error': change.error }),
          ...(change.rule && { 'mail.rule': change.rule }),
        },
        ...(change.untried && { $inc: { 'mail.attempts': -1 } }),
      },
    );
    return moved.modifiedCount === 1;
  }

  /** What of a person waits for a digest, and what went with this one at an earlier try; the latest first. */
  async keptFor(userId: Types.ObjectId, digest: Types.ObjectId, limit: number): Promise<NotificationRow[]> {
    return await this.notifications
      .find({ userId, $or: [{ 'mail.state': 'digest' }, { 'mail.state': 'digested', 'mail.digest': digest }] })
      .sort({ createdAt: -1 })
      .limit(limit)
      .lean<NotificationRow[]>();
  }

  /**
   * These went with a digest. Where they are the most that one can name (`isFull`), so did what is older and waited before they were
   * read; what was put there since waits for the next one.
   */
  async setDigested(
    userId: Types.ObjectId,
    digest: Types.ObjectId,
    { rows, isFull, askedAt }: Kept,
    now: Date,
  ): Promise<void> {
    const oldest = rows.at(-1)?.createdAt;
    if (!oldest) return;
    const these = { _id: { $in: rows.map(({ _id }) => _id) } };
    const older = { createdAt: { $gte: BEGINNING, $lt: oldest }, 'mail.dueAt': { $lte: askedAt } };
    await this.notifications.updateMany(
      { userId, 'mail.state': 'digest', $or: isFull ? [these, older] : [these] },
      { $set: { 'mail.state': 'digested', 'mail.digest': digest, 'mail.dueAt': now } },
    );
  }

  /** Whose notices wait for a digest for longer than one can be away. */
  async keptTooLong(before: Date, limit: number): Promise<Types.ObjectId[]> {
    const rows = await this.notifications
      .find({ 'mail.state': 'digest', 'mail.dueAt': { $gte: BEGINNING, $lte: before } }, { userId: 1 })
      .sort({ 'mail.dueAt': 1 })
      .limit(limit)
      .lean<Pick<NotificationRow, '_id' | 'userId'>[]>();
    return [...new Map(rows.map(({ userId }) => [String(userId), userId])).values()];
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

const nameOf = ({ userId, key }: Pick<NotificationRow, 'userId' | 'key'>) => `${String(userId)} ${key}`;
