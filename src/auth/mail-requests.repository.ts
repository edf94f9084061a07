import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { endSome } from '../infra/mongo/expiry.js';
import { together } from '../infra/mongo/together.js';
import type { MailRequestRow } from './mail-request.schema.js';

export type NewMailRequest = Pick<MailRequestRow, 'kind' | 'email' | 'createdAt' | 'expiresAt'> & {
  _id?: Types.ObjectId;
  userId?: Types.ObjectId | null;
};

/** The only user of the `mail-requests` collection. */
@Injectable()
export class MailRequestsRepository {
  constructor(@InjectModel('MailRequest') private readonly requests: Model<MailRequestRow>) {}

  async insert(request: NewMailRequest, session?: ClientSession): Promise<Types.ObjectId> {
    const [row] = await this.requests.create([request], { session });
    if (!row) throw new Error('no request was written');
    return row._id;
  }

  /** Nothing is to come of it. */
  async drop(_id: Types.ObjectId): Promise<void> {
    await this.requests.deleteOne({ _id });
  }

  async byId(id: Types.ObjectId, session?: ClientSession): Promise<MailRequestRow | null> {
    return await this.requests
      .findById(id)
      .session(session ?? null)
      .lean<MailRequestRow>();
  }

  /** It is good until then, if it is not longer. */
  async extend(id: Types.ObjectId, expiresAt: Date, session: ClientSession): Promise<void> {
    await this.requests.updateOne({ _id: id }, { $max: { expiresAt } }, { session });
  }

  /** The row, used up by this call; null when it is used, over or not there. */
  async use(
    id: Types.ObjectId,
    kind: MailRequestRow['kind'],
    now: Date,
    session?: ClientSession,
  ): Promise<MailRequestRow | null> {
    return await this.requests
      .findOneAndUpdate(
        { _id: id, kind, usedAt: null, expiresAt: { $gt: now } },
        { $set: { usedAt: now } },
        { session, returnDocument: 'after' },
      )
      .lean<MailRequestRow>();
  }

  /** The newest address waiting for its confirmation. */
  async pendingEmail(userId: Types.ObjectId, now: Date): Promise<string | null> {
    const row = await together(
      this.requests
        .findOne({ userId, kind: 'confirm' }, { email: 1, usedAt: 1, expiresAt: 1 })
        .sort({ createdAt: -1 })
        .lean<Pick<MailRequestRow, 'email' | 'usedAt' | 'expiresAt'>>(),
    );
    return row && !row.usedAt && row.expiresAt > now ? row.email : null;
  }

  /** The confirmations that wait for a person are void from now on. */
  async voidConfirmations(userId: Types.ObjectId, now: Date, session?: ClientSession): Promise<void> {
    await this.requests.updateMany({ userId, kind: 'confirm', usedAt: null }, { $set: { usedAt: now } }, { session });
  }

  /**
   * The links that give an account another address are void: they were asked for by whoever it was taken from. Of those that undo a change
   * only the ones made after `since`: an older one belongs to an owner of before, whom a thief must not shut out with their own.
   */
  async voidAddresses(userId: Types.ObjectId, now: Date, session: ClientSession, since = new Date(0)): Promise<void> {
    const kinds = [
      { kind: { $in: ['confirm', 'verify'] as const } },
      { kind: 'undo' as const, createdAt: { $gt: since } },
    ];
    for (const kind of kinds)
      await this.requests.updateMany({ userId, ...kind, usedAt: null }, { $set: { usedAt: now } }, { session });
  }

  /** Forgets some of those whose link was over at an instant. */
  async forget(before: Date): Promise<number> {
    return await endSome(this.requests.collection, 'expiresAt', before);
  }
}
