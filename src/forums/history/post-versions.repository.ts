import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { grouped } from '../../common/grouped.js';
import type { AttachmentRow } from '../../files/attachment.schema.js';
import type { PostVersionRow } from './post-version.schema.js';
import { beyondRoom } from './versions.js';

/** The only user of the `post-versions` collection. */
@Injectable()
export class PostVersionsRepository {
  constructor(@InjectModel('PostVersion') private readonly versions: Model<PostVersionRow>) {}

  /** Keeps what is being replaced, in the transaction that replaces it; what has no room any more goes: returns the files of that. */
  async keep(version: Omit<PostVersionRow, '_id'>, session: ClientSession): Promise<AttachmentRow[]> {
    await this.versions.create([version], { session });
    const { postId } = version;
    const sizes = await this.versions
      .find({ postId }, { number: 1, bytes: 1, attachments: 1 }, { session })
      .sort({ number: 1 })
      .lean<Pick<PostVersionRow, 'number' | 'bytes' | 'attachments'>[]>();
    const gone = beyondRoom(sizes);
    if (gone.length > 0) await this.versions.deleteMany({ postId, number: { $in: gone } }, { session });
    return sizes.flatMap(({ number, attachments = [] }) => (gone.includes(number) ? attachments : []));
  }

  /** The newest first. */
  async of(postId: Types.ObjectId): Promise<PostVersionRow[]> {
    return await this.versions.find({ postId }).sort({ number: -1 }).lean<PostVersionRow[]>();
  }

  /** Who wrote each kept version of some posts, by post. One query. */
  async writersOf(
    postIds: readonly Types.ObjectId[],
    session: ClientSession | null,
  ): Promise<Map<string, Types.ObjectId[]>> {
    if (postIds.length === 0) return new Map();
    const rows = await this.versions
      .find({ postId: { $in: postIds } }, { postId: 1, byId: 1 }, { session })
      .lean<Pick<PostVersionRow, 'postId' | 'byId'>[]>();
    const byPost = grouped(rows, ({ postId }) => String(postId));
    return new Map([...byPost].map(([postId, versions]) => [postId, versions.map(({ byId }) => byId)]));
  }

  /** Does a version after a number show a file? */
  async showsAfter(postId: Types.ObjectId, number: number, fileId: Types.ObjectId): Promise<boolean> {
    const showing = { postId, number: { $gt: number }, 'attachments.fileId': fileId };
    return (await this.versions.exists(showing)) !== null;
  }

  /** The files of all earlier versions of a post (after a number); one that several show is there several times. */
  async filesOf(postId: Types.ObjectId, session: ClientSession, after = 0): Promise<AttachmentRow[]> {
    const rows = await this.versions
      .find({ postId, number: { $gt: after }, 'attachments.0': { $exists: true } }, { attachments: 1 }, { session })
      .lean<Pick<PostVersionRow, 'attachments'>[]>();
    return rows.flatMap(({ attachments = [] }) => attachments);
  }

  /** Returns the files that they showed. */
  async forget(postIds: readonly Types.ObjectId[], session: ClientSession): Promise<AttachmentRow[]> {
    const theirs = { postId: { $in: postIds } };
    const rows = await this.versions
      .find({ ...theirs, 'attachments.0': { $exists: true } }, { attachments: 1 }, { session })
      .lean<Pick<PostVersionRow, 'attachments'>[]>();
    await this.versions.deleteMany(theirs, { session });
    return rows.flatMap(({ attachments = [] }) => attachments);
  }
}
