import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { foldedWords, wordPrefix } from '../../common/texts/fold.js';
import type { AccountsQuery } from '../../contracts/auth/accounts.js';
import type { UserRow } from '../user.schema.js';

/** An account as admins look at it. */
export type AccountRow = Pick<
  UserRow,
  '_id' | 'name' | 'email' | 'avatar' | 'isAdmin' | 'createdAt' | 'lastSeenAt' | 'ended' | 'unconfirmedIn'
>;

const fields = {
  name: 1,
  email: 1,
  avatar: 1,
  isAdmin: 1,
  createdAt: 1,
  lastSeenAt: 1,
  ended: 1,
  unconfirmedIn: 1,
} as const;

/** Nobody is behind a placeholder. */
const ofPeople = { placeholderFor: null };

/** Accounts of the `users` collection, for the admins of the installation. */
@Injectable()
export class AccountsRepository {
  constructor(@InjectModel('User') private readonly users: Model<UserRow>) {}

  /** A page of the accounts that fit, the newest first. */
  async page(
    { q = '', only }: Pick<AccountsQuery, 'q' | 'only'>,
    before: Types.ObjectId | null,
    limit: number,
  ): Promise<AccountRow[]> {
    return await this.users
      .find(
        {
          ...ofPeople,
          ...whereNamed(q),
          ...(only === 'admins' && { isAdmin: true }),
          ...(only === 'ended' && { 'ended.at': { $type: 'date' } }),
          ...(before && { _id: { $lt: before } }),
        },
        fields,
      )
      .sort({ _id: -1 })
      .limit(limit)
      .lean<AccountRow[]>();
  }

  async byId(userId: Types.ObjectId, session?: ClientSession): Promise<AccountRow | null> {
    return await this.users
      .findOne({ _id: userId, ...ofPeople }, fields)
      .session(session ?? null)
      .lean<AccountRow>();
  }

  /**
   * Takes the rows of all admins into a transaction and returns their ids: two acts on admins come one after the other, on whichever
   * process, and the second one looks at what the first one left.
   */
  async holdAdmins(session: ClientSession): Promise<Types.ObjectId[]> {
    await this.users.updateMany({ isAdmin: true }, { $inc: { adminRevision: 1 } }, { session });
    const rows = await this.users.find({ isAdmin: true }, { _id: 1 }, { session }).lean<Pick<UserRow, '_id'>[]>();
    return rows.map(({ _id }) => _id);
  }

  /**
   * Takes the row of one admin into a transaction. False for who is none any more: their token may be older than the act that took the
   * right, and an act that comes at the same moment waits, or is seen here.
   */
  async holdAdmin(userId: Types.ObjectId, session: ClientSession): Promise<boolean> {
    const result = await this.users.updateOne(
      { _id: userId, isAdmin: true },
      { $inc: { adminRevision: 1 } },
      { session },
    );
    return result.matchedCount === 1;
  }

  /** False when it was closed before. The right of an admin goes with it. */
  async end(userId: Types.ObjectId, ended: NonNullable<UserRow['ended']>, session: ClientSession): Promise<boolean> {
    const result = await this.users.updateOne(
      { _id: userId, ended: null },
      { $set: { ended, isAdmin: false, changedAt: new Date() } },
      { session },
    );
    return result.modifiedCount === 1;
  }

  /** False when it was open already. */
  async open(userId: Types.ObjectId, session: ClientSession): Promise<boolean> {
    const result = await this.users.updateOne(
      { _id: userId, ended: { $exists: true } },
      { $unset: { ended: 1 }, $set: { changedAt: new Date() } },
      { session },
    );
    return result.modifiedCount === 1;
  }

  /** False when they were that already, their account is closed, or nobody has shown that its address is theirs. */
  async setAdmin(userId: Types.ObjectId, isAdmin: boolean, session: ClientSession): Promise<boolean> {
    const result = await this.users.updateOne(
      { _id: userId, ...ofPeople, ended: null, isAdmin: !isAdmin, ...(isAdmin && { unconfirmedIn: null }) },
      { $set: { isAdmin } },
      { session },
    );
    return result.modifiedCount === 1;
  }
}

/** Each word asked for begins a word that the person is found by; what holds an at sign begins the address. */
function whereNamed(q: string): Record<string, unknown> {
  const address = q.trim().toLowerCase();
  if (address.includes('@')) return { email: { $gte: address, $lt: `${address}\uffff` } };
  const words = foldedWords([q]).flatMap((word) => wordPrefix(word) ?? []);
  return words.length === 0 ? {} : { $and: words.map((word) => ({ words: word })) };
}
