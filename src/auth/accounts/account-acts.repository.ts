import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { newId } from '../../infra/mongo/ids.js';
import type { AccountActRow } from './account-act.schema.js';

/** The only user of the `account_acts` collection: acts are added and read, never changed. */
@Injectable()
export class AccountActs {
  constructor(@InjectModel('AccountAct') private readonly acts: Model<AccountActRow>) {}

  /** Writes an act down, in the transaction that does it. */
  async add(
    act: Pick<AccountActRow, 'userId' | 'act'> & {
      byId: Types.ObjectId | null;
      reason?: string | undefined;
      cohortId?: Types.ObjectId;
    },
    session: ClientSession,
  ): Promise<void> {
    await this.acts.create([{ _id: newId(), at: new Date(), ...act }], { session });
  }

  /** A page of all acts, the latest first. */
  async page(before: Types.ObjectId | null, limit: number): Promise<AccountActRow[]> {
    return await this.acts
      .find(before ? { _id: { $lt: before } } : {})
      .sort({ _id: -1 })
      .limit(limit)
      .lean<AccountActRow[]>();
  }
}
