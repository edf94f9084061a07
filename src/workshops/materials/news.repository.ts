import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { NewsRow } from './news.schema.js';

/** The only user of the `workshop-news` collection: what waits for some minutes to be told. */
@Injectable()
export class NewsRepository {
  constructor(@InjectModel('WorkshopNews') private readonly news: Model<NewsRow>) {}

  async insert(row: NewsRow, session: ClientSession): Promise<void> {
    await this.news.create([row], { session });
  }

  /** What is not there any more is not told of. */
  async forget(thingId: Types.ObjectId, session: ClientSession): Promise<void> {
    await this.news.deleteMany({ thingId }, { session });
  }

  /** Workshops of which something has waited since then, the longest first. */
  async waitingSince(before: Date, limit: number): Promise<Types.ObjectId[]> {
    const rows = await this.news
      .find({ at: { $lte: before } }, { workshopId: 1 })
      .sort({ at: 1, _id: 1 })
      .limit(limit)
      .lean<Pick<NewsRow, 'workshopId'>[]>();
    return [...new Map(rows.map(({ workshopId }) => [String(workshopId), workshopId])).values()];
  }

  /** All that waits of a workshop, the oldest first. */
  async ofWorkshop(workshopId: Types.ObjectId, session: ClientSession): Promise<NewsRow[]> {
    return await this.news.find({ workshopId }).sort({ at: 1, _id: 1 }).session(session).lean<NewsRow[]>();
  }

  /** Takes these, which nobody had taken when this transaction read them, together. */
  async take(ids: readonly Types.ObjectId[], batch: Types.ObjectId, session: ClientSession): Promise<void> {
    await this.news.updateMany({ _id: { $in: ids } }, { $set: { batch } }, { session });
  }

  /** They were told of. */
  async told(workshopId: Types.ObjectId, batch: Types.ObjectId): Promise<void> {
    await this.news.deleteMany({ workshopId, batch });
  }
}
