import { Injectable } from '@nestjs/common';
import type { ReportOutcome, ReportReason } from '../../contracts/chat/reports.js';
import { toId } from '../../infra/mongo/ids.js';
import { ReportsRepository } from './reports.repository.js';

/** A report in ids, for who tells of it: without the words that were handed over. */
export interface ReportFacts {
  id: string;
  cohortId: string;
  channelId: string;
  messageId: string;
  authorId: string;
  reporterId: string;
  reason: ReportReason;
  outcome: ReportOutcome | null;
  answer: string;
}

/** What notifications may ask about reports. */
@Injectable()
export class ReportsReader {
  constructor(private readonly reports: ReportsRepository) {}

  async byId(reportId: string): Promise<ReportFacts | null> {
    const id = toId(reportId);
    const row = id && (await this.reports.byId(id));
    if (!row) return null;
    return {
      id: String(row._id),
      cohortId: String(row.cohortId),
      channelId: String(row.channelId),
      messageId: String(row.messageId),
      authorId: String(row.authorId),
      reporterId: String(row.reporterId),
      reason: row.reason,
      outcome: row.outcome ?? null,
      answer: row.answer,
    };
  }
}
