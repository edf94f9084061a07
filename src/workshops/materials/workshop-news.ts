import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { Clock, MINUTE } from '../../common/times/clock.js';
import { idOf, newId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { type Limit, RateLimits } from '../../infra/redis/rate-limits.js';
import { workshopDocumented } from '../workshops.events.js';
import { NewsRepository } from './news.repository.js';
import type { NewsRow } from './news.schema.js';

/** All who come are told of what is added: so often a day by workshop, whoever adds it. */
const TOLD: Limit = { name: 'materials-told', points: 6, seconds: 24 * 3600 };

/** What is added within so long of the first is told of together. */
const GATHER_MS = 10 * MINUTE;

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
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly limits: RateLimits,
  ) {}

  /** People are to be told of this, with what is added to the workshop in the next minutes. */
  async add(row: Omit<NewsRow, '_id' | 'batch'>, session: ClientSession): Promise<void> {
    await this.news.insert({ ...row, _id: newId(), batch: null }, session);
    const fact = { cohortId: String(row.cohortId), workshopId: String(row.workshopId) };
    await this.outbox.write(workshopDocumented, fact, session, { afterMs: GATHER_MS });
  }

  /** What is not there any more is not told of. Whether it was still to be told. */
  async forget(thingId: Types.ObjectId, session: ClientSession): Promise<boolean> {
    return await this.news.forget(thingId, session);
  }

  /** What is to be told of a workshop by now: nothing as long as what was added first has not waited for long enough. */
  async takeDue(workshopId: string): Promise<NewsToTell | null> {
    return await this.take(workshopId, new Date(this.clock.now().getTime() - GATHER_MS));
  }

  /**
   * What is to be told of a workshop, together; null when there is nothing (of before an instant). What another process took and did not finish comes
   * first: what is added later is told of by itself. Taken whole or not at all, so that nothing comes into what another one is telling.
   */
  async take(workshopId: string, before?: Date): Promise<NewsToTell | null> {
    const rows = await this.transactions.run((session) => this.taken(idOf(workshopId), before, session));
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

  /** Whether people of a workshop are told once more today: what is added after that they find on its page. */
  async mayTell(workshopId: string): Promise<boolean> {
    return (await this.limits.pace(TOLD, workshopId)) === 0;
  }

  /** They were told. */
  async told({ workshopId, batch }: Pick<NewsToTell, 'workshopId' | 'batch'>): Promise<void> {
    await this.news.told(idOf(workshopId), idOf(batch));
  }

  private async taken(
    workshopId: Types.ObjectId,
    before: Date | undefined,
    session: ClientSession,
  ): Promise<NewsRow[]> {
    const seen = await this.news.ofWorkshop(workshopId, session);
    const taken = seen.find(({ batch }) => batch !== null)?.batch;
    if (taken) return seen.filter(({ batch }) => batch?.equals(taken));
    const [oldest] = seen;
    if (!oldest || (before && oldest.at > before)) return [];
    const ids = seen.map(({ _id }) => _id);
    await this.news.take(ids, oldest._id, session);
    return seen.map((row) => ({ ...row, batch: oldest._id }));
  }
}
