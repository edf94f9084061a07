import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, QueryFilter, Types } from 'mongoose';
import type { ApplicationRow } from './application.schema.js';

/** A file as erasing looks at it. */
export type ErasableRow = Pick<
  ApplicationRow,
  | '_id'
  | 'callId'
  | 'state'
  | 'openedAt'
  | 'createdAt'
  | 'withdrawnAt'
  | 'decision'
  | 'decidedBefore'
  | 'decisionTurn'
  | 'eraseAt'
>;

const looked = {
  ...{ callId: 1, state: 1, openedAt: 1, createdAt: 1, withdrawnAt: 1, eraseAt: 1 },
  ...{ decision: 1, decidedBefore: 1, decisionTurn: 1 },
} as const;

/** The file is still as it was looked at, and nothing was decided or undone since. */
const stillAs = ({
  _id,
  eraseAt,
  state,
  decision,
  decisionTurn,
}: Pick<ErasableRow, '_id' | 'eraseAt' | 'state' | 'decision' | 'decisionTurn'>): QueryFilter<ApplicationRow> => ({
  ...{ _id, eraseAt, state },
  decisionTurn: decisionTurn ?? { $exists: false },
  'decision.turn': decision?.turn ?? { $exists: false },
});

/** Finds files whose time is over, and deletes them. Every write is guarded by what was looked at. */
@Injectable()
export class ApplicationErasingRepository {
  constructor(@InjectModel('Application') private readonly rows: Model<ApplicationRow>) {}

  /** Those whose time is over, the oldest first. */
  async due(now: Date, limit: number): Promise<ErasableRow[]> {
    return await this.rows
      .find({ eraseAt: { $lte: now } }, looked)
      .sort({ eraseAt: 1 })
      .limit(limit)
      .lean<ErasableRow[]>();
  }

  /** Those of a call that are drafts or handed in, by their id. */
  async ofCall(callId: Types.ObjectId, after: Types.ObjectId | null, limit: number): Promise<ErasableRow[]> {
    return await this.rows
      .find({ callId, state: { $in: ['draft', 'submitted'] }, ...(after && { _id: { $gt: after } }) }, looked)
      .sort({ _id: 1 })
      .limit(limit)
      .lean<ErasableRow[]>();
  }

  /** Its time is another than it says; nothing where it was changed meanwhile. */
  async move(file: ErasableRow, eraseAt: Date): Promise<void> {
    await this.rows.updateOne(stillAs(file), { $set: { eraseAt } });
  }

  /** Erases one that is still due as it was seen, and returns it; null where it is not. */
  async erase(file: ErasableRow, session: ClientSession): Promise<ApplicationRow | null> {
    return await this.rows.findOneAndDelete(stillAs(file), { session }).lean<ApplicationRow>();
  }

  /** No other file of the call names the number of one that is erased: from whom a place came, or to whom it went. */
  async forgetNumber(callId: Types.ObjectId, number: string, session: ClientSession): Promise<void> {
    for (const path of [
      ...['decision.place.insteadOf', 'decision.place.passedTo'],
      ...['decidedBefore.place.insteadOf', 'decidedBefore.place.passedTo'],
    ])
      await this.rows.updateMany({ callId, [path]: number }, { $unset: { [path]: '' } }, { session });
  }
}
