import { Injectable } from '@nestjs/common';
import { idOf } from '../../infra/mongo/ids.js';
import { NewsRepository } from './news.repository.js';

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
  constructor(private readonly news: NewsRepository) {}

  /** Workshops of which something has waited since then, the longest first. */
  async waitingSince(before: Date, limit: number): Promise<string[]> {
    return (await this.news.waitingSince(before, limit)).map(String);
  }

  /**
   * What is to be told of a workshop now, together; null when there is nothing. What another process took and did not finish comes
   * first: what is added later is told of by itself.
   */
  async take(workshopId: string): Promise<NewsToTell | null> {
    const id = idOf(workshopId);
    const seen = await this.news.ofWorkshop(id);
    const [oldest] = seen;
    if (!oldest) return null;
    const taken = seen.find(({ batch }) => batch !== null)?.batch;
    const batch = taken ?? oldest._id;
    if (!taken) {
      await this.news.take(
        seen.map(({ _id }) => _id),
        batch,
      );
    }
    const rows = (await this.news.ofWorkshop(id)).filter((row) => row.batch?.equals(batch));
    if (rows.length === 0) return null;
    return {
      workshopId,
      batch: String(batch),
      materials: rows.flatMap(({ what, title }) => (what === 'material' ? [title] : [])),
      hasMinutes: rows.some(({ what }) => what === 'minutes'),
      byIds: [...new Set(rows.map(({ byId }) => String(byId)))],
    };
  }

  async told({ workshopId, batch }: Pick<NewsToTell, 'workshopId' | 'batch'>): Promise<void> {
    await this.news.told(idOf(workshopId), idOf(batch));
  }
}
