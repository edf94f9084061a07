import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { AttachmentRow } from '../../files/attachment.schema.js';
import { beyondRoom } from '../../forums/history/versions.js';
import type { PageVersionRow } from '../page.schema.js';

/** The only user of the `handbook-versions` collection. */
@Injectable()
export class PageVersionsRepository {
  constructor(@InjectModel('HandbookVersion') private readonly versions: Model<PageVersionRow>) {}

  /** Keeps what is being replaced, in the transaction that replaces it; what has no room any more goes: returns the files of that. */
  async keep(version: Omit<PageVersionRow, '_id'>, session: ClientSession): Promise<AttachmentRow[]> {
    await this.versions.create([version], { session });
    const { pageId } = version;
    const sizes = await this.versions
      .find({ pageId }, { number: 1, bytes: 1, attachments: 1 }, { session })
      .sort({ number: 1 })
      .lean<Pick<PageVersionRow, 'number' | 'bytes' | 'attachments'>[]>();
    const gone = beyondRoom(sizes);
    if (gone.length > 0) await this.versions.deleteMany({ pageId, number: { $in: gone } }, { session });
    return sizes.flatMap(({ number, attachments = [] }) => (gone.includes(number) ? attachments : []));
  }

  /** The newest first. */
  async of(pageId: Types.ObjectId): Promise<PageVersionRow[]> {
    return await this.versions.find({ pageId }).sort({ number: -1 }).lean<PageVersionRow[]>();
  }

  /** The files of all earlier versions of some pages; one that several show is there several times. */
  async filesOf(pageIds: readonly Types.ObjectId[], session: ClientSession): Promise<AttachmentRow[]> {
    const rows = await this.versions
      .find({ pageId: { $in: pageIds }, 'attachments.0': { $exists: true } }, { attachments: 1 }, { session })
      .lean<Pick<PageVersionRow, 'attachments'>[]>();
    return rows.flatMap(({ attachments = [] }) => attachments);
  }

  async forget(pageIds: readonly Types.ObjectId[], session: ClientSession): Promise<void> {
    await this.versions.deleteMany({ pageId: { $in: pageIds } }, { session });
  }
}
