import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { endSome } from '../../infra/mongo/expiry.js';
import type { ClientSession, Model, Types } from 'mongoose';
import type { LoginRow } from './login.schema.js';

export interface EndedLogin {
  loginId: string;
  userId: string;
}

/** The only user of the `logins` collection. */
@Injectable()
export class LoginsRepository {
  constructor(@InjectModel('Login') private readonly logins: Model<LoginRow>) {}

  async insert(
    login: Pick<LoginRow, '_id' | 'userId' | 'tokenHash' | 'userAgent' | 'createdAt' | 'lastUsedAt' | 'expiresAt'>,
  ): Promise<void> {
    await this.logins.create([login]);
  }

  async byId(loginId: Types.ObjectId): Promise<LoginRow | null> {
    return await this.logins.findById(loginId).lean<LoginRow>();
  }

  /** Swaps the good token for the next one. False when `from` is not the good one (any more) or the login has ended. */
  async rotate(loginId: Types.ObjectId, from: string, to: string, now: Date, expiresAt: Date): Promise<boolean> {
    const result = await this.logins.updateOne(
      { _id: loginId, tokenHash: from, revokedAt: null, expiresAt: { $gt: now } },
      { $set: { tokenHash: to, lastUsedAt: now, expiresAt } },
    );
    return result.modifiedCount === 1;
  }

  async end(loginId: Types.ObjectId, because: string, now: Date): Promise<boolean> {
    const result = await this.logins.updateOne(
      { _id: loginId, revokedAt: null },
      { $set: { revokedAt: now, revokedBecause: because } },
    );
    return result.modifiedCount === 1;
  }

  /** Ends all logins of a person, but `except`; with `before` only those that began earlier. Returns those that were live. */
  async endAll(
    userId: Types.ObjectId,
    because: string,
    now: Date,
    { except, before, session }: { except?: Types.ObjectId | undefined; before?: Date; session?: ClientSession } = {},
  ): Promise<string[]> {
    const live = await this.logins
      .find({ userId, revokedAt: null, ...(before && { createdAt: { $lt: before } }) }, { _id: 1 }, { session })
      .lean<{ _id: Types.ObjectId }[]>();
    const ended = live.map((login) => login._id).filter((id) => !except?.equals(id));
    await this.logins.updateMany(
      { _id: { $in: ended }, revokedAt: null },
      { $set: { revokedAt: now, revokedBecause: because } },
      { session },
    );
    return ended.map(String);
  }

  /** Those that were used last come first. */
  async live(userId: Types.ObjectId, now: Date, limit: number): Promise<LoginRow[]> {
    return await this.logins
      .find({ userId, revokedAt: null, expiresAt: { $gt: now } })
      .sort({ lastUsedAt: -1, _id: -1 })
      .limit(limit)
      .lean<LoginRow[]>();
  }

  /** The live ones of a person behind the first so many in the order of {@link live}. */
  async liveBeyond(userId: Types.ObjectId, most: number, now: Date): Promise<Pick<LoginRow, '_id'>[]> {
    return await this.logins
      .find({ userId, revokedAt: null, expiresAt: { $gt: now } }, { _id: 1 })
      .sort({ lastUsedAt: -1, _id: -1 })
      .skip(most)
      .lean<Pick<LoginRow, '_id'>[]>();
  }

  /** Logins that ended after an instant: what every process asks every 2 s. */
  async endedSince(since: Date): Promise<EndedLogin[]> {
    const rows = await this.logins
      .find({ revokedAt: { $gt: since, $type: 'date' } }, { userId: 1 })
      .lean<{ _id: Types.ObjectId; userId: Types.ObjectId }[]>();
    return rows.map((row) => ({ loginId: String(row._id), userId: String(row.userId) }));
  }

  /** Forgets some of those that could not be used any more at an instant: one that was ended goes when it would have been over anyway. */
  async forget(before: Date): Promise<number> {
    return await endSome(this.logins.collection, 'expiresAt', before);
  }
}
