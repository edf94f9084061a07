import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import { endSome } from '../../infra/mongo/expiry.js';
import { indexesOfErrors, isOnlyDuplicates } from '../../infra/mongo/errors.js';
import { EVER } from '../../infra/mongo/time-place.js';
import type { NotificationKind } from '../../contracts/notifications/notifications.js';
import { type DeliveryRule, isGathering } from '../rules/delivery-rules.js';
import { awake } from './inbox-rows.repository.js';
import type { NotificationRow } from './notification.schema.js';

/** How many notices of a kind reached a person. */
export interface ToldCount {
  kind: NotificationKind;
  inbox: number;
  mail: number;
}

type MailState = NotificationRow['mail']['state'];

/** Where the mail of a notice stands from now on, and which rule put it there. */
export interface MailMove {
  state: MailState;
  dueAt?: Date;
  error?: string;
  rule?: DeliveryRule;
}

/** What waited for a digest, read after an instant (`askedAt`). `isFull`: more may have waited than one can name. */
export interface Kept {
  rows: readonly NotificationRow[];
  isFull: boolean;
  askedAt: Date;
}

const BEGINNING = new Date(0);

/** What is written to the `notifications` collection, and how their mails stand; inbox and pushes read it by repositories of their own. */
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
   * not left yet, or was not wanted for the weaker reason, follows; what was sent is not sent again. `beginAhead` is told of those whose
   * mail begins, and has all of this written.
   */
  async strengthen(
    rows: readonly NotificationRow[],
    beginAhead: <T>(begun: readonly NotificationRow[], write: () => Promise<T>) => Promise<T>,
  ): Promise<Map<NotificationRow, NotificationRow>> {
    if (rows.length === 0) return new Map();
    const there = await this.there(rows);
    const stronger = rows.filter((row) => (row.strength ?? 0) > (there(row)?.strength ?? Infinity));
    const mailOf = (row: NotificationRow) => there(row)?.mail.state;
    const begun = stronger.filter((row) => row.mail.state === 'waiting' && begins(mailOf(row)));
    const sayAll = () => Promise.all(stronger.map(async (row) => [row, await this.saySo(row, mailOf(row))] as const));
    const written = await beginAhead(begun, sayAll);
    return new Map(written.flatMap(([row, now]) => (now ? [[row, now] as const] : [])));
  }

  /** Of some notices: what is there under their keys already. */
  async there(rows: readonly NotificationRow[]) {
    const found = await this.notifications
      .find(
        { $or: rows.map(({ userId, key }) => ({ userId, key })) },
        { userId: 1, key: 1, strength: 1, 'mail.state': 1 },
      )
      .lean<Pick<NotificationRow, '_id' | 'userId' | 'key' | 'strength' | 'mail'>[]>();
    const known = new Map(found.map((row) => [nameOf(row), row]));
    return (row: NotificationRow) => known.get(nameOf(row));
  }

  private async saySo(row: NotificationRow, was: MailState | undefined): Promise<NotificationRow | null> {
    const { userId, key, kind, link, why, strength, shown, mail, createdAt } = row;
    // What was read says no more, also where it was snoozed since: whoever tells of a burst takes another key for what came then.
    const unread = isGathering(strength ?? 0) && { readAt: null, 'before.readAt': null };
    const weaker = { userId, key, strength: { $lt: strength ?? 0 }, ...unread };
    const said = {
      ...{ kind, params: { $literal: row.params }, link: { $literal: link }, why, strength, ...(shown && { shown }) },
      // What came back is like one that never was away: who snoozed it has not seen this.
      snoozedUntil: { $cond: [{ $gt: ['$snoozedUntil', createdAt] }, '$snoozedUntil', null] },
    };
    const change = { returnDocument: 'after', updatePipeline: true } as const;
    // Only as it was read: its delivery is there by now.
    const isBegun = mail.state === 'waiting' ? begins(was) : mail.state === 'digest' && was === 'none';
    const withMail =
      !isBegun || !was
        ? null
        : await this.notifications
            .findOneAndUpdate(
              { ...weaker, 'mail.state': was },
              [{ $set: { ...said, mail: { $literal: mail } } }],
              change,
            )
            .lean<NotificationRow>();
    return (
      withMail ?? (await this.notifications.findOneAndUpdate(weaker, [{ $set: said }], change).lean<NotificationRow>())
    );
  }

  async byId(id: Types.ObjectId): Promise<NotificationRow | null> {
    return await this.notifications.findById(id).lean<NotificationRow>();
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
    await this.notifications.updateMany(
      { userId, _id: { $in: ids }, readAt: null, ...awake(at) },
      { $set: { readAt: at } },
    );
  }

  async readUntil(userId: Types.ObjectId, until: Date, at: Date): Promise<void> {
    await this.notifications.updateMany(
      { userId, shown: true, readAt: null, at: { $lte: until }, ...awake(at) },
      { $set: { readAt: at } },
    );
  }

  /** One whose mail waits, or was left as it was written, from now on being written; null when there is none such. */
  async writeMail(userId: Types.ObjectId, key: string): Promise<NotificationRow | null> {
    return await this.notifications
      .findOneAndUpdate(
        { userId, key, 'mail.state': { $in: ['waiting', 'sending'] } },
        { $set: { 'mail.state': 'sending' } },
        { returnDocument: 'after' },
      )
      .lean<NotificationRow>();
  }

  async ofKey(userId: Types.ObjectId, key: string): Promise<NotificationRow | null> {
    return await this.notifications.findOne({ userId, key }).lean<NotificationRow>();
  }

  /** A device has it: another try leaves it out. */
  async reached(_id: Types.ObjectId, loginId: Types.ObjectId): Promise<void> {
    await this.notifications.updateOne({ _id }, { $addToSet: { pushedTo: loginId } });
  }

  /** Moves a mail on that is being written or handed over. False when it is no more, since what it says is gone, or another by now. */
  async moveMail(
    { userId, key }: Pick<NotificationRow, 'userId' | 'key'>,
    from: readonly ('sending' | 'handing')[],
    change: MailMove,
  ): Promise<boolean> {
    const { state, dueAt, error, rule } = change;
    const moved = await this.notifications.updateOne(
      { userId, key, 'mail.state': { $in: from } },
      {
        $set: {
          'mail.state': state,
          ...(dueAt && { 'mail.dueAt': dueAt }),
          ...(error !== undefined && { 'mail.error': error }),
          ...(rule && { 'mail.rule': rule }),
        },
      },
    );
    return moved.matchedCount === 1;
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
}

/** Of one without a mail, or whose mail waits for a digest, it begins with a stronger reason. */
export const begins = (was: MailState | undefined) => was === 'none' || was === 'digest';

const nameOf = ({ userId, key }: Pick<NotificationRow, 'userId' | 'key'>) => `${String(userId)} ${key}`;
