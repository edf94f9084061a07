import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { idOf } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { NewsRepository } from './news.repository.js';
import type { NewsRow } from './news.schema.js';

/** What people of a workshop are told of together. `batch` names it, however often and by whomever it is read. */
export interface NewsToTell {
  workshopId: string;
  batch: string;
  /** Titles of materials, in the order in which they were added. */
  materials: string[];
  hasMinutes: boolean;
  byIds: string[];
}

/** Materials and minutes that people are still to be told of. No rights are checked here: callers do. */
@Injectable()
export class WorkshopNews {
  constructor(
    private readonly news: NewsRepository,
    private readonly transactions: Transactions,
  ) {}

  /** Workshops of which something has waited since then, the longest first. */
  async waitingSince(before: Date, limit: number): Promise<string[]> {
    return (await this.news.waitingSince(before, limit)).map(String);
  }

  /**
   * What is to be told of a workshop now, together; null when there is nothing. What another process took and did not finish comes
   * first: what is added later is told of by itself. Taken whole or not at all, so that nothing comes into what another one is telling.
   */
  async take(workshopId: string): Promise<NewsToTell | null> {
    const rows = await this.transactions.run((session) => this.taken(idOf(workshopId), session));
    const batch = rows[0]?.batch;
    if (!batch) return null;
    return {
      workshopId,
      batch: String(batch),
      materials: rows.flatMap(({ what, title }) => (what === 'material' ? [title] : [])),
      hasMinutes: rows.some(({ what }) => what === 'minutes'),
      byIds: [...new Set(rows.map(({ byId }) => String(byId)))],
    };
  }

  /** They were told. */
  async told({ workshopId, batch }: Pick<NewsToTell, 'workshopId' | 'batch'>): Promise<void> {
    await this.news.told(idOf(workshopId), idOf(batch));
  }

  private async taken(workshopId: Types.ObjectId, session: ClientSession): Promise<NewsRow[]> {
    const seen = await this.news.ofWorkshop(workshopId, session);
    const before = seen.find(({ batch }) => batch !== null)?.batch;
    if (before) return seen.filter(({ batch }) => batch?.equals(before));
    const [oldest] = seen;
    if (!oldest) return [];
    const ids = seen.map(({ _id }) => _id);
    await this.news.take(ids, oldest._id, session);
    return seen.map((row) => ({ ...row, batch: oldest._id }));
  }
}
