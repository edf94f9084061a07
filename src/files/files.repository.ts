import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { FileRow } from './file.schema.js';

/** A waiting file that comes to hang on something. */
export interface Claim {
  fileId: Types.ObjectId;
  ownerId: Types.ObjectId;
  cohortId: Types.ObjectId | null;
  holder: NonNullable<FileRow['holder']>;
}

/** The only user of the `files` collection. Every step from one state to the next is guarded by the state it leaves. */
@Injectable()
export class FilesRepository {
  constructor(@InjectModel('File') private readonly files: Model<FileRow>) {}

  async byId(fileId: Types.ObjectId): Promise<FileRow | null> {
    return await this.files.findById(fileId).lean<FileRow>();
  }

  async insert(row: FileRow): Promise<void> {
    await this.files.create([row]);
  }

  /** Its bytes are stored. */
  async arrived(fileId: Types.ObjectId, since: Date): Promise<void> {
    await this.files.updateOne({ _id: fileId, state: 'arriving' }, { $set: { state: 'waiting', since } });
  }

  /** How many of a person wait to be sent; counting stops at `limit`. */
  async countWaiting(ownerId: Types.ObjectId, limit: number): Promise<number> {
    return await this.files.countDocuments({ ownerId, state: { $in: ['arriving', 'waiting'] } }, { limit });
  }

  async waiting(fileIds: readonly Types.ObjectId[], session: ClientSession): Promise<FileRow[]> {
    return await this.files.find({ _id: { $in: fileIds }, state: 'waiting' }, null, { session }).lean<FileRow[]>();
  }

  /** Uploads of a person are not swept before a day after `until`. Returns those that wait. */
  async keep(fileIds: readonly Types.ObjectId[], ownerId: Types.ObjectId, until: Date): Promise<FileRow[]> {
    const mine = { _id: { $in: fileIds }, ownerId, state: 'waiting' as const };
    await this.files.updateMany(mine, { $max: { since: until } });
    return await this.files.find(mine).lean<FileRow[]>();
  }

  /** Returns how many were taken: fewer than asked for when one of them was sent or swept meanwhile. */
  async hold(claims: readonly Claim[], since: Date, session: ClientSession): Promise<number> {
    const { matchedCount } = await this.files.bulkWrite(
      claims.map(({ fileId, ownerId, cohortId, holder }) => ({
        updateOne: {
          filter: { _id: fileId, ownerId, state: 'waiting' },
          update: { $set: { state: 'held', since, holder, cohortId } },
        },
      })),
      { session },
    );
    return matchedCount;
  }

  /** What these hung on is deleted. */
  async release(fileIds: readonly Types.ObjectId[], since: Date, session: ClientSession): Promise<void> {
    await this.files.updateMany({ _id: { $in: fileIds } }, { $set: { state: 'gone', since } }, { session });
  }

  /** Throws one's own upload away. False when it is not there, not one's own, or sent. */
  async discard(fileId: Types.ObjectId, ownerId: Types.ObjectId, since: Date): Promise<boolean> {
    const { matchedCount } = await this.files.updateOne(
      { _id: fileId, ownerId, state: { $in: ['arriving', 'waiting'] } },
      { $set: { state: 'gone', since } },
    );
    return matchedCount === 1;
  }

  /** What was uploaded up to `before` and never sent is to go. */
  async expire(before: Date, since: Date): Promise<void> {
    await this.files.updateMany(
      { state: { $in: ['arriving', 'waiting'] }, since: { $lte: before } },
      { $set: { state: 'gone', since } },
    );
  }

  async gone(limit: number): Promise<FileRow[]> {
    return await this.files.find({ state: 'gone' }).sort({ since: 1 }).limit(limit).lean<FileRow[]>();
  }

  /** After their bytes. */
  async forget(fileIds: readonly Types.ObjectId[]): Promise<void> {
    await this.files.deleteMany({ _id: { $in: fileIds }, state: 'gone' });
  }
}
