import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { EVER } from '../../infra/mongo/time-place.js';
import type { CommonsFlagRow } from '../commons.schema.js';

/** The only user of the `commons-flags` collection. */
@Injectable()
export class CommonsFlagsRepository {
  constructor(@InjectModel('CommonsFlag') private readonly flags: Model<CommonsFlagRow>) {}

  /** Throws E11000 `once` where this person flagged this post before. */
  async add(flags: readonly CommonsFlagRow[], session: ClientSession): Promise<void> {
    await this.flags.insertMany(flags, { session });
  }

  async of(postIds: readonly Types.ObjectId[], session: ClientSession): Promise<CommonsFlagRow[]> {
    return await this.flags
      .find({ postId: { $in: postIds } })
      .session(session)
      .lean<CommonsFlagRow[]>();
  }

  /** Who waits longest first; of all cohorts where none are named. */
  async waiting(cohortIds: readonly Types.ObjectId[] | null, limit: number): Promise<CommonsFlagRow[]> {
    const at = { $gte: new Date(0), $lte: EVER };
    return await this.flags
      .find(cohortIds ? { cohortId: { $in: cohortIds }, at } : { at })
      .sort({ at: 1, _id: 1 })
      .limit(limit)
      .lean<CommonsFlagRow[]>();
  }

  async forget(postIds: readonly Types.ObjectId[], session: ClientSession): Promise<void> {
    if (postIds.length > 0) await this.flags.deleteMany({ postId: { $in: postIds } }, { session });
  }
}
