import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { type Behind, behind } from '../../infra/mongo/time-place.js';
import type { BookmarkRow } from './bookmark.schema.js';

const BEGINNING = new Date(0);

/** Whose bookmarks, and where. */
interface Whose {
  userId: Types.ObjectId;
  cohortId: Types.ObjectId;
}

/** The only user of the `forum-bookmarks` collection. */
@Injectable()
export class BookmarksRepository {
  constructor(@InjectModel('ForumBookmark') private readonly bookmarks: Model<BookmarkRow>) {}

  /** Keeps something, or changes what was kept; which of both, `isNew` says. Throws E11000 `once` where two do so at once. */
  async set(
    { userId, aboutId, note, remindAt, ...first }: Omit<BookmarkRow, '_id'>,
    session: ClientSession,
  ): Promise<{ row: BookmarkRow; isNew: boolean }> {
    const before = await this.bookmarks.findOne({ userId, aboutId }, null, { session }).lean<BookmarkRow>();
    const row = await this.bookmarks
      .findOneAndUpdate(
        { userId, aboutId },
        { $set: { note, remindAt }, $setOnInsert: first },
        { upsert: true, returnDocument: 'after', session },
      )
      .lean<BookmarkRow>();
    return { row, isNew: before === null };
  }

  async find({ userId, cohortId }: Whose, bookmarkId: Types.ObjectId): Promise<BookmarkRow | null> {
    return await this.bookmarks.findOne({ _id: bookmarkId, userId, cohortId }).lean<BookmarkRow>();
  }

  /** Of whomever. */
  async byId(bookmarkId: Types.ObjectId): Promise<BookmarkRow | null> {
    return await this.bookmarks.findOne({ _id: bookmarkId }).lean<BookmarkRow>();
  }

  async count({ userId, cohortId }: Whose, limit: number, session: ClientSession): Promise<number> {
    return await this.bookmarks.countDocuments({ userId, cohortId }, { limit, session });
  }

  /** The latest first, from a place on. */
  async page({ userId, cohortId }: Whose, after: Behind, limit: number): Promise<BookmarkRow[]> {
    const parts = behind(after, 'createdAt', BEGINNING);
    return await this.bookmarks
      .find({ $or: parts.map((part) => ({ userId, cohortId, ...part })) })
      .sort({ createdAt: -1, _id: -1 })
      .limit(limit)
      .lean<BookmarkRow[]>();
  }

  /** All of somebody in a cohort, without their words. */
  async marks({ userId, cohortId }: Whose): Promise<Pick<BookmarkRow, '_id' | 'kind' | 'aboutId'>[]> {
    return await this.bookmarks
      .find({ userId, cohortId }, { kind: 1, aboutId: 1 })
      .lean<Pick<BookmarkRow, '_id' | 'kind' | 'aboutId'>[]>();
  }

  /** Of whomever, of a topic or a post. */
  async of(aboutId: Types.ObjectId, session: ClientSession): Promise<Pick<BookmarkRow, '_id' | 'userId'>[]> {
    return await this.bookmarks
      .find({ aboutId }, { userId: 1 }, { session })
      .lean<Pick<BookmarkRow, '_id' | 'userId'>[]>();
  }

  /** They are of a post from now on. */
  async turnTo(postId: Types.ObjectId, ids: readonly Types.ObjectId[], session: ClientSession): Promise<void> {
    await this.bookmarks.updateMany({ _id: { $in: ids } }, { $set: { kind: 'post', aboutId: postId } }, { session });
  }

  /** False when it was gone. */
  async remove({ userId, cohortId }: Whose, bookmarkId: Types.ObjectId, session: ClientSession): Promise<boolean> {
    return (await this.bookmarks.deleteOne({ _id: bookmarkId, userId, cohortId }, { session })).deletedCount === 1;
  }

  async removeOne(bookmarkId: Types.ObjectId, session: ClientSession): Promise<void> {
    await this.bookmarks.deleteOne({ _id: bookmarkId }, { session });
  }

  async removeAll({ userId, cohortId }: Whose, session: ClientSession): Promise<void> {
    await this.bookmarks.deleteMany({ userId, cohortId }, { session });
  }
}
