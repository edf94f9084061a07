import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import type { LinkPageRow } from './link-page.schema.js';

const NEVER = new Date(0);

/** The only user of the `linkpages` collection. */
@Injectable()
export class LinkPagesRepository {
  constructor(@InjectModel('LinkPage') private readonly pages: Model<LinkPageRow>) {}

  async byUrl(url: string): Promise<LinkPageRow | null> {
    return await this.pages.findOne({ url }).lean<LinkPageRow>();
  }

  /** The page for the one who is to read it now; null while what is known holds or somebody else reads it. The unique key lets one in. */
  async claim(url: string, now: Date, busyUntil: Date): Promise<LinkPageRow | null> {
    try {
      return await this.pages
        .findOneAndUpdate(
          { url, freshUntil: { $lte: now }, busyUntil: { $lte: now } },
          { $set: { busyUntil }, $setOnInsert: { title: null, description: '', site: '', freshUntil: NEVER } },
          { upsert: true, returnDocument: 'after' },
        )
        .lean<LinkPageRow>();
    } catch (error) {
      if (isDuplicateKey(error)) return null;
      throw error;
    }
  }

  async learn(pageId: Types.ObjectId, known: Omit<LinkPageRow, '_id' | 'url' | 'busyUntil'>): Promise<void> {
    await this.pages.updateOne({ _id: pageId }, { $set: { ...known, busyUntil: NEVER } });
  }

  /** Forgets what held until before an instant; those that were never read through, too. */
  async forget(before: Date): Promise<void> {
    await this.pages.deleteMany({ freshUntil: { $lt: before }, busyUntil: { $lt: before } });
  }
}
