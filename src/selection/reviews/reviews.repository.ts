import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { ReviewState } from '../../contracts/selection/reviews.js';
import { newId } from '../../infra/mongo/ids.js';
import type { ReviewRow } from './review.schema.js';

/** A row without what was written. */
export type PairRow = Pick<
  ReviewRow,
  '_id' | 'stepId' | 'jurorId' | 'applicationId' | 'state' | 'isLocked' | 'reason' | 'laterAt' | 'submittedAt'
>;

const pair = {
  ...{ stepId: 1, jurorId: 1, applicationId: 1, state: 1, isLocked: 1, reason: 1, laterAt: 1, submittedAt: 1 },
} as const;

/** What still can be written: neither handed in nor given up. */
export const OPEN: readonly ReviewState[] = ['asked', 'begun'];
const IS_OPEN = { state: { $in: OPEN } };

/** What a juror wrote of a file in words. */
export type Comments = Pick<ReviewRow, 'comment' | 'toApplicant'>;

/** Who is asked to read what, for counting. */
export type AskedRow = Pick<ReviewRow, '_id' | 'stepId' | 'jurorId' | 'applicationId' | 'state'>;

const asked = { stepId: 1, jurorId: 1, applicationId: 1, state: 1 } as const;

/** What a part of a review becomes: `null` takes a score away. */
export interface Written {
  set: Record<string, unknown>;
  unset: string[];
  parts: string[];
}

/** Reads and writes who is asked to read what, and what they wrote of it. */
@Injectable()
export class ReviewsRepository {
  constructor(@InjectModel('Review') private readonly rows: Model<ReviewRow>) {}

  async byId(id: Types.ObjectId, session: ClientSession | null = null): Promise<ReviewRow | null> {
    return await this.rows.findById(id).session(session).lean<ReviewRow>();
  }

  /** All pairs of a step. */
  async pairs(stepId: Types.ObjectId, session: ClientSession | null = null): Promise<PairRow[]> {
    return await this.rows.find({ stepId }, pair).session(session).lean<PairRow[]>();
  }

  /** What jurors are asked to read in some steps, in the order in which it was given to them. */
  async ofJurors(jurorIds: readonly Types.ObjectId[], stepIds: readonly Types.ObjectId[]): Promise<PairRow[]> {
    if (jurorIds.length === 0 || stepIds.length === 0) return [];
    return await this.rows
      .find({ jurorId: { $in: jurorIds }, stepId: { $in: stepIds } }, pair)
      .sort({ _id: 1 })
      .lean<PairRow[]>();
  }

  /** Which steps some jurors are asked in. */
  async stepsOfJurors(jurorIds: readonly Types.ObjectId[]): Promise<Types.ObjectId[]> {
    if (jurorIds.length === 0) return [];
    return await this.rows.distinct('stepId', { jurorId: { $in: jurorIds } });
  }

  /** What was handed in about a file in a step. */
  async submittedOf(stepId: Types.ObjectId, applicationId: Types.ObjectId): Promise<ReviewRow[]> {
    return await this.rows.find({ stepId, applicationId, state: 'submitted' }).lean<ReviewRow[]>();
  }

  /** All of a step with their scores, for its results; with all that was written where that is asked for. */
  async whole(stepId: Types.ObjectId, withWords: boolean): Promise<ReviewRow[]> {
    const left = { revisions: 0, ...(!withWords && { comment: 0, toApplicant: 0, reason: 0 }) };
    return await this.rows.find({ stepId }, left).lean<ReviewRow[]>();
  }

  /** What was handed in, in words, about some files of a step, by the id of the review. */
  async comments(stepId: Types.ObjectId, applicationIds: readonly Types.ObjectId[]): Promise<Map<string, Comments>> {
    if (applicationIds.length === 0) return new Map();
    const rows = await this.rows
      .find({ stepId, applicationId: { $in: applicationIds }, state: 'submitted' }, { comment: 1, toApplicant: 1 })
      .lean<(Comments & Pick<ReviewRow, '_id'>)[]>();
    return new Map(rows.map(({ _id, ...words }) => [String(_id), words]));
  }

  /** Who is asked to read what in all steps of a call. */
  async ofCall(callId: Types.ObjectId): Promise<AskedRow[]> {
    return await this.rows.find({ callId }, asked).lean<AskedRow[]>();
  }

  /** What jurors of a call will not read, and said so in whichever of its steps. */
  async givenUp(callId: Types.ObjectId): Promise<AskedRow[]> {
    return await this.rows.find({ callId, state: { $in: ['abstained', 'conflict'] } }, asked).lean<AskedRow[]>();
  }

  /** What jurors of a call have still to read, in whichever of its steps. */
  async unread(callId: Types.ObjectId): Promise<AskedRow[]> {
    return await this.rows.find({ callId, ...IS_OPEN }, asked).lean<AskedRow[]>();
  }

  /** Asks jurors to read files. Throws E11000 (`pair`) where one is asked to already. */
  async ask(
    pairs: readonly Pick<ReviewRow, 'stepId' | 'callId' | 'jurorId' | 'applicationId' | 'isLocked'>[],
    session: ClientSession,
  ): Promise<void> {
    const rows = pairs.map((one): ReviewRow => ({
      ...{ _id: newId(), ...one, state: 'asked', revision: 0, revisions: {}, scores: {}, verdict: null },
      ...{ comment: '', toApplicant: '', reason: '', laterAt: null, changedAt: null, submittedAt: null },
    }));
    if (rows.length > 0) await this.rows.insertMany(rows, { session });
  }

  /** Takes back what nobody has begun and staff did not set by hand; returns how many that were. */
  async takeBack(ids: readonly Types.ObjectId[], session: ClientSession): Promise<number> {
    if (ids.length === 0) return 0;
    const taken = await this.rows.deleteMany({ _id: { $in: ids }, state: 'asked', isLocked: false }, { session });
    return taken.deletedCount;
  }

  /** Takes one back that is open, whatever was written; false where it was handed in or given up. */
  async remove(id: Types.ObjectId, session: ClientSession): Promise<boolean> {
    return (await this.rows.deleteOne({ _id: id, ...IS_OPEN }, { session })).deletedCount === 1;
  }

  /** A juror leaves: what they had not begun is free, what they had begun they abstain from. */
  async leave(jurorId: Types.ObjectId, session: ClientSession): Promise<void> {
    await this.rows.deleteMany({ jurorId, state: 'asked' }, { session });
    await this.rows.updateMany({ jurorId, state: 'begun' }, { $set: { state: 'abstained' } }, { session });
  }

  /** Writes parts into what is still as it was seen, and open; false where it is not. */
  async write(
    { _id, revision }: Pick<ReviewRow, '_id' | 'revision'>,
    { set, unset, parts }: Written,
    at: Date,
  ): Promise<boolean> {
    const revisions = Object.fromEntries(parts.map((part) => [`revisions.${part}`, revision + 1]));
    const $set = {
      ...set,
      ...revisions,
      state: 'begun',
      revision: revision + 1,
      changedAt: at,
      laterAt: null,
      reason: '',
    };
    const $unset = Object.fromEntries(unset.map((path): [string, ''] => [path, '']));
    const { modifiedCount } = await this.rows.updateOne(
      { _id, revision, ...IS_OPEN },
      { $set, ...(unset.length > 0 && { $unset }) },
    );
    return modifiedCount === 1;
  }

  /** What was shown in a revision is handed in; false where it is another by now. */
  async submit(
    { _id, revision }: Pick<ReviewRow, '_id' | 'revision'>,
    at: Date,
    session: ClientSession,
  ): Promise<boolean> {
    const { modifiedCount } = await this.rows.updateOne(
      { _id, revision, ...IS_OPEN },
      { $set: { state: 'submitted', submittedAt: at, laterAt: null, reason: '' } },
      { session },
    );
    return modifiedCount === 1;
  }

  /** The juror does not write of this file, and says why; false where it was handed in, or given up for the other reason. */
  async giveUp(
    id: Types.ObjectId,
    state: 'abstained' | 'conflict',
    reason: string,
    session: ClientSession,
  ): Promise<boolean> {
    const { matchedCount } = await this.rows.updateOne(
      { _id: id, state: { $in: [...OPEN, 'abstained', state] } },
      { $set: { state, reason, laterAt: null } },
      { session },
    );
    return matchedCount === 1;
  }

  /** Puts it off, or takes that back (`at` null); false where it is not open. */
  async later(id: Types.ObjectId, at: Date | null, reason: string): Promise<boolean> {
    const { matchedCount } = await this.rows.updateOne({ _id: id, ...IS_OPEN }, { $set: { laterAt: at, reason } });
    return matchedCount === 1;
  }

  /** What was handed in, or abstained from, can be written again. A conflict of interest stays one. */
  async reopen(id: Types.ObjectId, session: ClientSession): Promise<boolean> {
    const { modifiedCount } = await this.rows.updateOne(
      { _id: id, state: { $in: ['submitted', 'abstained'] } },
      { $set: { state: 'begun', submittedAt: null, reason: '' }, $inc: { revision: 1 } },
      { session },
    );
    return modifiedCount === 1;
  }

  /** What was written about a file goes with it. */
  async forget(applicationId: Types.ObjectId): Promise<void> {
    await this.rows.deleteMany({ applicationId });
  }

  async hasAny(stepId: Types.ObjectId): Promise<boolean> {
    return (await this.rows.exists({ stepId })) !== null;
  }
}
