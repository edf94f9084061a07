import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { EVER, type TimePlace, behind } from '../../infra/mongo/time-place.js';
import type { ReportRow } from './report.schema.js';

const BEGINNING = new Date(0);

/** Who decided what, and when; by nobody of this cohort: staff of another one to which it was reported, too, decided. */
export type Closing = Pick<ReportRow, 'outcome' | 'answer' | 'closedById' | 'closedAt'>;

/** The only user of the `message-reports` collection. */
@Injectable()
export class ReportsRepository {
  constructor(@InjectModel('MessageReport') private readonly reports: Model<ReportRow>) {}

  /** Throws the duplicate key where this person handed over before what the message says. */
  async add(report: ReportRow, session: ClientSession): Promise<void> {
    await this.reports.collection.insertOne(report, { session });
  }

  /** What this person handed over before of a message, as it read with this digest. */
  async ofReporter(messageId: Types.ObjectId, reporterId: Types.ObjectId, digest: string): Promise<ReportRow | null> {
    return await this.reports.findOne({ messageId, reporterId, digest }).lean<ReportRow>();
  }

  /** How many texts of a message a person reported, but for the one that it has now. */
  async countOthers(
    { messageId, reporterId, digest }: Pick<ReportRow, 'messageId' | 'reporterId' | 'digest'>,
    session: ClientSession,
  ): Promise<number> {
    return await this.reports.countDocuments({ messageId, reporterId, digest: { $ne: digest } }, { session });
  }

  async byId(id: Types.ObjectId): Promise<ReportRow | null> {
    return await this.reports.findById(id).lean<ReportRow>();
  }

  async inCohort(cohortId: Types.ObjectId, id: Types.ObjectId): Promise<ReportRow | null> {
    return await this.reports.findOne({ _id: id, cohortId }).lean<ReportRow>();
  }

  /** Those of a cohort that are open or closed, the latest first, without those about one person. */
  async page(
    cohortId: Types.ObjectId,
    {
      open,
      notAbout,
      after,
      limit,
    }: { open: boolean; notAbout: Types.ObjectId; after: TimePlace | null; limit: number },
  ): Promise<ReportRow[]> {
    const alternatives = behind(after ?? { at: EVER, id: null }, 'createdAt', BEGINNING);
    return await this.reports
      .find({ $or: alternatives.map((part) => ({ cohortId, open, ...part })), authorId: { $ne: notAbout } })
      .sort({ createdAt: -1, _id: -1 })
      .limit(limit)
      .lean<ReportRow[]>();
  }

  /** The reports of a message: in which cohorts, and by whom. */
  async ofMessage(messageId: Types.ObjectId): Promise<ReportRow[]> {
    return await this.reports.find({ messageId }).lean<ReportRow[]>();
  }

  /** The open reports of a message, whoever handed it over, in whichever cohort. */
  async openOf(messageId: Types.ObjectId, session: ClientSession): Promise<ReportRow[]> {
    return await this.reports.find({ messageId, open: true }, null, { session }).lean<ReportRow[]>();
  }

  /** Decides an open one. False when somebody did before. */
  async close(id: Types.ObjectId, closing: Closing, session: ClientSession): Promise<boolean> {
    const one = await this.reports.updateOne({ _id: id, open: true }, { $set: closedBy(closing) }, { session });
    return one.modifiedCount === 1;
  }

  /** Decides all open ones of a message in the same way. Those of other cohorts hear what came of it, and neither who of this one decided nor their words. */
  async closeOf(
    { messageId, cohortId }: Pick<ReportRow, 'messageId' | 'cohortId'>,
    closing: Closing,
    session: ClientSession,
  ): Promise<void> {
    const open = { messageId, open: true };
    const elsewhere = { ...closing, answer: '', closedById: null };
    await this.reports.updateMany({ ...open, cohortId }, { $set: closedBy(closing) }, { session });
    await this.reports.updateMany(open, { $set: closedBy(elsewhere) }, { session });
  }
}

const closedBy = (closing: Closing) => ({ ...closing, open: false });
