import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { FollowedFileRow } from './followed-file.schema.js';

/** Which applications led into a team already. */
@Injectable()
export class FollowedFilesRepository {
  constructor(@InjectModel('FollowedFile') private readonly rows: Model<FollowedFileRow>) {}

  /** Those of these that were followed. */
  async among(applicationIds: readonly Types.ObjectId[], session: ClientSession | null = null): Promise<Set<string>> {
    const rows = await this.rows
      .find({ _id: { $in: applicationIds } }, { _id: 1 })
      .session(session)
      .lean<Pick<FollowedFileRow, '_id'>[]>();
    return new Set(rows.map(({ _id }) => String(_id)));
  }

  /** Throws E11000 where one of them was followed meanwhile: then nothing of the transaction is written. */
  async insert(rows: readonly FollowedFileRow[], session: ClientSession): Promise<void> {
    if (rows.length > 0) await this.rows.insertMany(rows, { session });
  }

  async forget(applicationId: Types.ObjectId): Promise<void> {
    await this.rows.deleteOne({ _id: applicationId });
  }
}
