import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { ApplicationRow, DecisionRow } from '../applications/application.schema.js';

/** A file as decisions look at it. */
export type DecidableRow = Pick<
  ApplicationRow,
  '_id' | 'state' | 'email' | 'number' | 'numberText' | 'asked' | 'decision' | 'decidedBefore' | 'decisionTurn'
>;

const looked = {
  state: 1,
  email: 1,
  number: 1,
  numberText: 1,
  asked: 1,
  decision: 1,
  decidedBefore: 1,
  decisionTurn: 1,
} as const;

/** A decision about a file that is still as it was looked at. */
export interface NewDecision {
  file: DecidableRow;
  decision: DecisionRow;
}

/** Reads and writes what was decided about files. Every write is guarded by the turn that was looked at. */
@Injectable()
export class DecisionsRepository {
  constructor(@InjectModel('Application') private readonly rows: Model<ApplicationRow>) {}

  async some(callId: Types.ObjectId, ids: readonly Types.ObjectId[], session: ClientSession): Promise<DecidableRow[]> {
    return await this.rows.find({ _id: { $in: ids }, callId }, looked, { session }).lean<DecidableRow[]>();
  }

  /** Returns how many were written. */
  async decide(decisions: readonly NewDecision[], session: ClientSession): Promise<number> {
    if (decisions.length === 0) return 0;
    const { matchedCount } = await this.rows.bulkWrite(
      decisions.map(({ file, decision }) => ({
        updateOne: {
          filter: { _id: file._id, state: 'submitted', decisionTurn: file.decisionTurn ?? { $exists: false } },
          update: {
            $set: { decision, decisionTurn: decision.turn, ...(file.decision && { decidedBefore: file.decision }) },
          },
        },
      })),
      { session },
    );
    return matchedCount;
  }

  /** The one before stands again, where there was one. Returns how many were undone. */
  async undo(files: readonly DecidableRow[], session: ClientSession): Promise<number> {
    if (files.length === 0) return 0;
    const { matchedCount } = await this.rows.bulkWrite(
      files.map(({ _id, decision, decidedBefore }) => ({
        updateOne: {
          filter: { _id, 'decision.turn': decision?.turn },
          update: decidedBefore
            ? { $set: { decision: decidedBefore }, $unset: { decidedBefore: '' as const } }
            : { $unset: { decision: '' as const, decidedBefore: '' as const } },
        },
      })),
      { session },
    );
    return matchedCount;
  }
}
