import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, QueryFilter, Types } from 'mongoose';
import type { ApplicationRow, DecisionRow } from '../applications/application.schema.js';

/** A file as places look at it. */
export type PlacedRow = Pick<
  ApplicationRow,
  | '_id'
  | 'callId'
  | 'cohortId'
  | 'email'
  | 'state'
  | 'openedAt'
  | 'createdAt'
  | 'withdrawnAt'
  | 'number'
  | 'numberText'
  | 'decision'
  | 'decisionTurn'
> & { submitted: Pick<NonNullable<ApplicationRow['submitted']>, 'known'> | null };

const looked = {
  ...{ callId: 1, cohortId: 1, email: 1, state: 1, openedAt: 1, createdAt: 1, withdrawnAt: 1, number: 1 },
  ...{ numberText: 1, decision: 1, decisionTurn: 1, 'submitted.known': 1 },
} as const;

/** More are on no list. */
const MOST = 1000;

const ORDER = { 'decision.rank': 1, number: 1 } as const;

/** Reads and writes places and the waiting list. Every write is guarded by the turn that was looked at. */
@Injectable()
export class PlacesRepository {
  constructor(@InjectModel('Application') private readonly rows: Model<ApplicationRow>) {}

  async one(id: Types.ObjectId, session: ClientSession): Promise<PlacedRow | null> {
    return await this.rows.findById(id, looked, { session }).lean<PlacedRow>();
  }

  /** Those that nobody confirmed in time. Who withdrew has no place to confirm. */
  async overdue(now: Date, limit: number): Promise<{ _id: Types.ObjectId }[]> {
    return await this.rows
      .find(
        { 'decision.place.state': 'open', 'decision.place.confirmBy': { $lte: now }, state: 'submitted' },
        { _id: 1 },
      )
      .limit(limit)
      .lean<{ _id: Types.ObjectId }[]>();
  }

  /** Whose place it is takes it; false where it is not to be taken any more, or was taken before. */
  async take(id: Types.ObjectId, now: Date, session: ClientSession): Promise<boolean> {
    const open: QueryFilter<ApplicationRow> = {
      // Until its letter goes nobody has heard of it.
      ...{ 'decision.sendAt': { $lte: now }, 'decision.place.state': 'open', 'decision.place.confirmBy': { $gt: now } },
    };
    const { modifiedCount } = await this.rows.updateOne(
      { _id: id, state: 'submitted', ...open },
      { $set: { 'decision.place.state': 'taken', 'decision.place.since': now } },
      { session },
    );
    return modifiedCount === 1;
  }

  /** Its place is lost; false where it is another turn by now. */
  async lose(
    { _id, decisionTurn }: Pick<PlacedRow, '_id' | 'decisionTurn'>,
    decision: DecisionRow,
    eraseAt: Date,
    session: ClientSession,
  ): Promise<boolean> {
    const { modifiedCount } = await this.rows.updateOne(
      { _id, decisionTurn, 'decision.kind': 'accepted' },
      { $set: { decision, decisionTurn: decision.turn, eraseAt }, $unset: { decidedBefore: '' } },
      { session },
    );
    return modifiedCount === 1;
  }

  /** The first on the waiting list of a craft who knows that they are on it, and to whom a place may be offered. */
  async next(
    callId: Types.ObjectId,
    craft: string | undefined,
    now: Date,
    session: ClientSession,
  ): Promise<PlacedRow | null> {
    const heard: QueryFilter<ApplicationRow> = {
      'decision.kind': 'waiting',
      'decision.sendAt': { $lte: now },
      'decision.offer': { $exists: true },
    };
    const found = await this.rows
      .find({ callId, state: 'submitted', ...heard, 'submitted.known.craft': craft ?? { $exists: false } }, looked, {
        session,
      })
      .sort(ORDER)
      .limit(1)
      .lean<PlacedRow[]>();
    return found[0] ?? null;
  }

  /** Who is on the waiting list is offered a place; false where they are not on it any more. */
  async offer(
    { _id, decisionTurn, decision: before }: Pick<PlacedRow, '_id' | 'decisionTurn' | 'decision'>,
    decision: DecisionRow,
    session: ClientSession,
  ): Promise<boolean> {
    const { modifiedCount } = await this.rows.updateOne(
      { _id, state: 'submitted', decisionTurn, 'decision.kind': 'waiting' },
      { $set: { decision, decisionTurn: decision.turn, ...(before && { decidedBefore: before }) } },
      { session },
    );
    return modifiedCount === 1;
  }

  /** The offer to these was undone: whose place it was passed it to nobody. */
  async unpass(callId: Types.ObjectId, numbers: readonly string[], session: ClientSession): Promise<void> {
    if (numbers.length === 0) return;
    await this.rows.updateMany(
      { callId, 'decision.kind': 'lapsed', 'decision.place.passedTo': { $in: numbers } },
      { $unset: { 'decision.place.passedTo': '' } },
      { session },
    );
  }

  /** Who is on the waiting list of a call, in its order. */
  async waiting(callId: Types.ObjectId, session: ClientSession | null = null): Promise<PlacedRow[]> {
    return await this.rows
      .find({ callId, state: 'submitted', 'decision.kind': 'waiting' }, looked)
      .session(session)
      .sort(ORDER)
      .limit(MOST)
      .lean<PlacedRow[]>();
  }

  /** Who waits stands elsewhere; false where they stand elsewhere already, or wait no more. */
  async rank(
    { _id, decision }: Pick<PlacedRow, '_id' | 'decision'>,
    rank: number,
    session: ClientSession,
  ): Promise<boolean> {
    const seen: QueryFilter<ApplicationRow> = {
      'decision.kind': 'waiting',
      'decision.rank': decision?.rank ?? { $exists: false },
    };
    const { modifiedCount } = await this.rows.updateOne(
      { _id, 'decision.turn': decision?.turn, ...seen },
      { $set: { 'decision.rank': rank } },
      { session },
    );
    return modifiedCount === 1;
  }
}
