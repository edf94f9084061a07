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

  /** What is not there any more is not told of. Whether it was to be told. */
  async forget(thingId: Types.ObjectId, session: ClientSession): Promise<boolean> {
    return (await this.news.deleteMany({ thingId }, { session })).deletedCount > 0;
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
