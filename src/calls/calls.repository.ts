import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { UpdateCall } from '../contracts/calls/calls.js';
import { newId } from '../infra/mongo/ids.js';
import { together } from '../infra/mongo/together.js';
import type { CallFormRow, CallRow } from './call.schema.js';

/** A call without its form, for lists. */
export type CallSummaryRow = Omit<CallRow, 'fields' | 'text' | 'criteria' | 'dates'>;

/** What staff write of a call. */
export type CallChange = Partial<Omit<UpdateCall, 'revision' | 'opensAt' | 'closesAt'>> & {
  opensAt?: Date | null;
  closesAt?: Date | null;
  isFormChanged?: boolean;
};

const summary = { fields: 0, text: 0, criteria: 0, dates: 0 } as const;
/** Those of a cohort: a programme makes two a year. */
const MOST = 100;

/** Reads and writes calls and the versions of their forms. */
@Injectable()
export class CallsRepository {
  constructor(
    @InjectModel('Call') private readonly calls: Model<CallRow>,
    @InjectModel('CallForm') private readonly forms: Model<CallFormRow>,
  ) {}

  /** Throws E11000 (`slug`) where one has this address. */
  async insert(row: CallRow, session: ClientSession): Promise<void> {
    await this.calls.insertMany([row], { session });
  }

  /** Those of a cohort, the newest first. */
  async ofCohort(cohortId: Types.ObjectId): Promise<CallSummaryRow[]> {
    return await together(
      this.calls.find({ cohortId }, summary).sort({ createdAt: -1 }).limit(MOST).lean<CallSummaryRow[]>(),
    );
  }

  /** Those of some cohorts, the newest first. */
  async ofCohorts(cohortIds: readonly Types.ObjectId[]): Promise<CallSummaryRow[]> {
    return await this.calls
      .find({ cohortId: { $in: cohortIds } }, summary)
      .sort({ createdAt: -1 })
      .limit(MOST)
      .lean<CallSummaryRow[]>();
  }

  async countOfCohort(cohortId: Types.ObjectId, session: ClientSession): Promise<number> {
    return await this.calls.countDocuments({ cohortId }, { session });
  }

  async inCohort(cohortId: Types.ObjectId, callId: Types.ObjectId): Promise<CallRow | null> {
    return await this.calls.findOne({ _id: callId, cohortId }).lean<CallRow>();
  }

  async byId(callId: Types.ObjectId, session: ClientSession | null = null): Promise<CallRow | null> {
    return await this.calls.findById(callId).session(session).lean<CallRow>();
  }

  async byIds(callIds: readonly Types.ObjectId[]): Promise<CallRow[]> {
    return await this.calls.find({ _id: { $in: callIds } }).lean<CallRow[]>();
  }

  /** What everybody may see: drafts are never found. */
  async bySlug(slug: string): Promise<CallRow | null> {
    return await this.calls.findOne({ slug, state: { $ne: 'draft' } }).lean<CallRow>();
  }

  /** Those that are published and close after an instant, the first to close first. */
  async closingAfter(instant: Date): Promise<CallSummaryRow[]> {
    return await this.calls
      .find({ state: 'published', closesAt: { $gt: instant } }, summary)
      .sort({ closesAt: 1 })
      .limit(MOST)
      .lean<CallSummaryRow[]>();
  }

  /** Changes one that is still as it was seen; false where it is not. */
  async change(
    { _id, revision, state }: Pick<CallRow, '_id' | 'revision' | 'state'>,
    change: CallChange | Partial<CallRow>,
    session?: ClientSession,
  ): Promise<boolean> {
    const { modifiedCount } = await this.calls.updateOne(
      { _id, revision, state },
      { $set: change, $inc: { revision: 1 } },
      { ...(session && { session }) },
    );
    return modifiedCount === 1;
  }

  /** Throws E11000 (`version`) where it is there. */
  async insertForm(form: Omit<CallFormRow, '_id'>, session: ClientSession): Promise<void> {
    await this.forms.insertMany([{ _id: newId(), ...form }], { session });
  }

  async form(callId: Types.ObjectId, version: number): Promise<CallFormRow | null> {
    return await together(this.forms.find({ callId, version }).limit(1).lean<CallFormRow[]>()).then(
      ([form]) => form ?? null,
    );
  }

  /** All versions, the newest first. */
  async formsOf(callId: Types.ObjectId): Promise<CallFormRow[]> {
    return await this.forms.find({ callId }).sort({ version: -1 }).lean<CallFormRow[]>();
  }

  /** The next number of a file. One that is not used after all is nobody's. */
  async nextNumber(callId: Types.ObjectId): Promise<number> {
    const row = await this.calls
      .findOneAndUpdate(
        { _id: callId },
        { $inc: { numbers: 1 } },
        { returnDocument: 'after', projection: { numbers: 1 } },
      )
      .lean<Pick<CallRow, 'numbers'>>();
    return row?.numbers ?? 1;
  }

  /** Whether places that are lost are offered to the waiting list by themselves. */
  async offer(callId: Types.ObjectId, isOffering: boolean, session: ClientSession): Promise<void> {
    await this.calls.updateOne({ _id: callId }, { $set: { isOffering } }, { session });
  }

  /** Counts files that are erased. */
  async countErased(callId: Types.ObjectId, erased: CallRow['erased'], session: ClientSession): Promise<void> {
    const { drafts, submitted, withdrawn } = erased;
    const $inc = { 'erased.drafts': drafts, 'erased.submitted': submitted, 'erased.withdrawn': withdrawn };
    await this.calls.updateOne({ _id: callId }, { $inc }, { session });
  }
}
