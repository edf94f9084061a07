import { Injectable } from '@nestjs/common';
import type { ReportOutcome, ReportReason } from '../../contracts/chat/reports.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
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

  /** Those that were opened or closed in [from, to) and nobody was told of, the oldest first. */
  async untold(from: Date, to: Date, limit: number): Promise<string[]> {
    return (await this.reports.untold(from, to, limit)).map(String);
  }

  /** Everybody was told of it as it was read. */
  async told({ id, outcome }: ReportFacts): Promise<void> {
    await this.reports.told(idOf(id), outcome);
  }
}
