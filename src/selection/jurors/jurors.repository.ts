import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { UpdateJuror } from '../../contracts/selection/jurors.js';
import type { JurorRow } from './juror.schema.js';

/** Who still takes part. */
const THERE = { state: { $in: ['invited' as const, 'joined' as const] } };

/** Reads and writes the jurors of calls. */
@Injectable()
export class JurorsRepository {
  constructor(@InjectModel('Juror') private readonly rows: Model<JurorRow>) {}

  /** Those of a call, in no order. */
  async ofCall(callId: Types.ObjectId, session: ClientSession | null = null): Promise<JurorRow[]> {
    return await this.rows.find({ callId }).session(session).lean<JurorRow[]>();
  }

  async inCall(callId: Types.ObjectId, id: Types.ObjectId): Promise<JurorRow | null> {
    return await this.rows.findOne({ _id: id, callId }).lean<JurorRow>();
  }

  async byId(id: Types.ObjectId, session: ClientSession | null = null): Promise<JurorRow | null> {
    return await this.rows.findById(id).session(session).lean<JurorRow>();
  }

  /** As whom a person reads: one for each call. */
  async ofPerson(userId: Types.ObjectId): Promise<JurorRow[]> {
    return await this.rows.find({ userId, state: 'joined' }).lean<JurorRow[]>();
  }

  /** The juror as whom a person reads what this one is asked to read; null where that is somebody else, or they have left. */
  async asPerson(id: Types.ObjectId, userId: Types.ObjectId): Promise<JurorRow | null> {
    return await this.rows.findOne({ _id: id, userId, state: 'joined' }).lean<JurorRow>();
  }

  /** Throws E11000 (`address`) where the call has one of this address. */
  async insert(rows: readonly JurorRow[], session: ClientSession): Promise<void> {
    if (rows.length > 0) await this.rows.insertMany(rows, { session });
  }

  /** Somebody who had left is invited again, with another link; false where they have not left. */
  async inviteAgain(
    { _id, name, craft, organisation, locale, key, invitedAt }: JurorRow,
    session: ClientSession,
  ): Promise<boolean> {
    const { modifiedCount } = await this.rows.updateOne(
      { _id, state: 'left' },
      {
        $set: {
          ...{ name, craft, organisation, locale, key, invitedAt, state: 'invited', joinedAt: null, remindedAt: null },
          ...{ linkSentAt: null, refusedAt: null },
        },
        $unset: { userId: '' },
      },
      { session },
    );
    return modifiedCount === 1;
  }

  /** Who followed the link reads with an account from now on; false where they are no juror any more, or read with another one. */
  async join(
    id: Types.ObjectId,
    key: string,
    userId: Types.ObjectId,
    at: Date,
    session: ClientSession,
  ): Promise<boolean> {
    const mine = { $or: [{ state: 'invited' as const }, { state: 'joined' as const, userId }] };
    const joined = await this.rows.updateOne(
      { _id: id, key, ...mine },
      { $set: { state: 'joined', userId, joinedAt: at } },
      { session },
    );
    return joined.matchedCount === 1;
  }

  /** Takes those who have not left into a transaction: they leave before or after, not meanwhile. False where one has left. */
  async holdThere(ids: readonly Types.ObjectId[], session: ClientSession): Promise<boolean> {
    if (ids.length === 0) return true;
    const held = await this.rows.updateMany({ _id: { $in: ids }, ...THERE }, { $inc: { held: 1 } }, { session });
    return held.matchedCount === ids.length;
  }

  async update(
    callId: Types.ObjectId,
    id: Types.ObjectId,
    change: UpdateJuror,
    session: ClientSession,
  ): Promise<boolean> {
    const there = { _id: id, callId, ...THERE };
    return (await this.rows.updateOne(there, { $set: change }, { session })).matchedCount === 1;
  }

  /** They leave. Who they are by then; null where they had left before. */
  async leave(id: Types.ObjectId, session: ClientSession): Promise<Pick<JurorRow, 'userId'> | null> {
    return await this.rows
      .findOneAndUpdate({ _id: id, ...THERE }, { $set: { state: 'left' } }, { projection: { userId: 1 }, session })
      .lean<Pick<JurorRow, 'userId'>>();
  }

  /** A letter to one went at an instant: the link of who has not come yet is in it. */
  async reached(id: Types.ObjectId, at: Date): Promise<void> {
    await this.rows.updateOne({ _id: id, ...THERE }, { $set: { linkSentAt: at, refusedAt: null } });
  }

  /** Their mail server refused a letter for good. */
  async refused(id: Types.ObjectId, at: Date): Promise<void> {
    await this.rows.updateOne({ _id: id, ...THERE }, { $set: { refusedAt: at } });
  }

  /** Staff remind one now; false where that was done since an instant, or they have left. */
  async remind(id: Types.ObjectId, at: Date, notSince: Date, session: ClientSession): Promise<boolean> {
    const { modifiedCount } = await this.rows.updateOne(
      { _id: id, ...THERE, $or: [{ remindedAt: null }, { remindedAt: { $lte: notSince } }] },
      { $set: { remindedAt: at } },
      { session },
    );
    return modifiedCount === 1;
  }
}
