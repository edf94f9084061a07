import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { FileRow } from './file.schema.js';

/** Files take room until nobody can open them any more; their bytes follow within a minute. */
const COUNTED: FileRow['state'][] = ['arriving', 'waiting', 'held'];
const UNSENT: FileRow['state'][] = ['arriving', 'waiting'];

/** What the files of an owner take at a place. */
export interface FilesSum {
  ownerId: Types.ObjectId;
  imported: boolean;
  callId?: Types.ObjectId | null;
  bytes: number;
  files: number;
}

/** A waiting file that comes to hang on something, at the place for which it was uploaded. */
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

  async insert(row: FileRow, session: ClientSession): Promise<void> {
    await this.files.create([row], { session });
  }

  /** Its bytes are stored. */
  async arrived(fileId: Types.ObjectId, since: Date): Promise<void> {
    await this.files.updateOne({ _id: fileId, state: 'arriving' }, { $set: { state: 'waiting', since } });
  }

  /** How many of a person wait to be sent; counting stops at `limit`. */
  async countWaiting(ownerId: Types.ObjectId, limit: number, session?: ClientSession): Promise<number> {
    return await this.files.countDocuments({ ownerId, state: { $in: UNSENT } }, { limit, session });
  }

  async waiting(fileIds: readonly Types.ObjectId[], session: ClientSession): Promise<FileRow[]> {
    return await this.files.find({ _id: { $in: fileIds }, state: 'waiting' }, null, { session }).lean<FileRow[]>();
  }

  /** Uploads of a person for a place are not swept before a day after `until`. Returns those that wait. */
  async keep(
    fileIds: readonly Types.ObjectId[],
    { ownerId, cohortId }: Pick<FileRow, 'ownerId' | 'cohortId'>,
    until: Date,
  ): Promise<FileRow[]> {
    const mine = { _id: { $in: fileIds }, ownerId, cohortId: cohortId ?? null, state: 'waiting' as const };
    await this.files.updateMany(mine, { $max: { since: until } });
    return await this.files.find(mine).lean<FileRow[]>();
  }

  /** Returns how many were taken: fewer than asked for when one of them was sent or swept meanwhile. */
  async hold(claims: readonly Claim[], since: Date, session: ClientSession): Promise<number> {
    const { matchedCount } = await this.files.bulkWrite(
      claims.map(({ fileId, ownerId, cohortId, holder }) => ({
        updateOne: {
          filter: { _id: fileId, ownerId, cohortId, state: 'waiting' },
          update: { $set: { state: 'held', since, holder } },
        },
      })),
      { session },
    );
    return matchedCount;
  }

  /** What was uploaded up to `before` and never sent, the oldest first. */
  async unsent(before: Date, limit: number): Promise<Types.ObjectId[]> {
    const rows = await this.files
      .find({ state: { $in: UNSENT }, since: { $lte: before } }, { _id: 1 })
      .sort({ since: 1 })
      .limit(limit)
      .lean<Pick<FileRow, '_id'>[]>();
    return rows.map(({ _id }) => _id);
  }

  /** From now on nobody opens these. Returns those of which that was not so before: `which` may ask for an owner, and that they were not sent. */
  async letGo(
    fileIds: readonly Types.ObjectId[],
    which: { ownerId?: Types.ObjectId; unsentUntil?: Date; unsent?: true },
    since: Date,
    session: ClientSession,
  ): Promise<FileRow[]> {
    const { ownerId, unsent, unsentUntil } = which;
    const asked = {
      ...{ _id: { $in: fileIds }, state: { $in: unsent || unsentUntil ? UNSENT : COUNTED } },
      ...(ownerId && { ownerId }),
      ...(unsentUntil && { since: { $lte: unsentUntil } }),
    };
    const rows = await this.files.find(asked, null, { session }).lean<FileRow[]>();
    const ids = rows.map(({ _id }) => _id);
    if (ids.length > 0)
      await this.files.updateMany({ _id: { $in: ids } }, { $set: { state: 'gone', since } }, { session });
    return rows;
  }

  /** Where files were uploaded for. */
  async places(): Promise<(Types.ObjectId | null)[]> {
    return await this.files.distinct('cohortId');
  }

  /** What the files of a place take, by owner: the truth that counts follow. */
  async sums(cohortId: Types.ObjectId | null, session: ClientSession): Promise<FilesSum[]> {
    return await this.files
      .aggregate<FilesSum>([
        { $match: { cohortId, state: { $in: COUNTED } } },
        {
          $group: {
            _id: { ownerId: '$ownerId', imported: '$imported', callId: '$callId' },
            bytes: { $sum: '$bytes' },
            files: { $sum: 1 },
          },
        },
        { $replaceRoot: { newRoot: { $mergeObjects: ['$_id', { bytes: '$bytes', files: '$files' }] } } },
      ])
      .session(session);
  }

  async gone(limit: number): Promise<FileRow[]> {
    return await this.files.find({ state: 'gone' }).sort({ since: 1 }).limit(limit).lean<FileRow[]>();
  }

  /** After their bytes. */
  async forget(fileIds: readonly Types.ObjectId[]): Promise<void> {
    await this.files.deleteMany({ _id: { $in: fileIds }, state: 'gone' });
  }
}
