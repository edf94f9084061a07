import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { PageRow } from '../page.schema.js';

/** A deleted page that can be restored. */
export type KeptPage = PageRow & { keptSince: Date; deletedBy: Types.ObjectId };

export type GonePage = Pick<PageRow, '_id' | 'attachments'>;

/** Deletes pages, brings them back, and finds those that can be. */
@Injectable()
export class DeletedPagesRepository {
  constructor(@InjectModel('HandbookPage') private readonly pages: Model<PageRow>) {}

  /** False when it was deleted before. */
  async bury(
    pageId: Types.ObjectId,
    { byId, at }: { byId: Types.ObjectId; at: Date },
    session: ClientSession,
  ): Promise<boolean> {
    const buried = { $set: { deletedAt: at, keptSince: at, deletedBy: byId } };
    return (await this.pages.updateOne({ _id: pageId, deletedAt: null }, buried, { session })).modifiedCount === 1;
  }

  /** One that is kept since an instant or later. */
  async kept(
    cohortId: Types.ObjectId,
    pageId: Types.ObjectId,
    from: Date,
    session: ClientSession,
  ): Promise<KeptPage | null> {
    return await this.pages
      .findOne({ _id: pageId, cohortId, keptSince: { $gte: from } }, null, { session })
      .lean<KeptPage>();
  }

  /** It is there again, at a place; without its topic, or what else it was made from, where that is another page. */
  async restore(
    pageId: Types.ObjectId,
    { hasTopic, hasOrigin, ...place }: Pick<PageRow, 'parentId' | 'order'> & { hasTopic: boolean; hasOrigin: boolean },
    session: ClientSession,
  ): Promise<void> {
    const over = {
      ...{ keptSince: 1 as const, deletedBy: 1 as const },
      ...(!hasTopic && { topicId: 1 as const }),
      ...(!hasOrigin && { origin: 1 as const }),
    };
    const back = { $set: { deletedAt: null, ...place }, $unset: over };
    await this.pages.updateOne({ _id: pageId, keptSince: { $exists: true } }, back, { session });
  }

  /** Those of a cohort that are kept since `from`, the latest first. */
  async latest(cohortId: Types.ObjectId, from: Date, limit: number): Promise<KeptPage[]> {
    return await this.pages
      .find({ cohortId, deletedAt: { $gte: from } }, { tokens: 0, 'en.body': 0, 'fr.body': 0 })
      .sort({ deletedAt: -1 })
      .limit(limit)
      .lean<KeptPage[]>();
  }

  /** Some of those that are kept since before an instant, the oldest first. */
  async keptBefore(before: Date, limit: number): Promise<Types.ObjectId[]> {
    const rows = await this.pages
      .find({ keptSince: { $lt: before } }, { _id: 1 })
      .sort({ keptSince: 1 })
      .limit(limit)
      .lean<Pick<PageRow, '_id'>[]>();
    return rows.map(({ _id }) => _id);
  }

  /** Some are gone for good; those that were restored meanwhile stay. Which are gone, with their files. */
  async forget(pageIds: readonly Types.ObjectId[], before: Date, session: ClientSession): Promise<GonePage[]> {
    const over = { _id: { $in: pageIds }, keptSince: { $lt: before } };
    const rows = await this.pages.find(over, { attachments: 1 }, { session }).lean<GonePage[]>();
    await this.pages.deleteMany({ _id: { $in: rows.map(({ _id }) => _id) } }, { session });
    return rows;
  }
}
