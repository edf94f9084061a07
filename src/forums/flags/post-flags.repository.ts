import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { PostFlagRow } from './post-flag.schema.js';

/** The only user of the `post-flags` collection. */
@Injectable()
export class PostFlagsRepository {
  constructor(@InjectModel('PostFlag') private readonly flags: Model<PostFlagRow>) {}

  /** Throws E11000 on `once` when this person flagged these words for this case before. */
  async add(flag: PostFlagRow, session: ClientSession): Promise<void> {
    await this.flags.create([flag], { session });
  }

  /** How many texts of a post a person flagged, but for the one that it has now. */
  async countOthers(
    { postId, userId, digest }: Pick<PostFlagRow, 'postId' | 'userId' | 'digest'>,
    session: ClientSession,
  ): Promise<number> {
    return await this.flags.countDocuments({ postId, userId, digest: { $ne: digest } }, { session });
  }

  /** Some by their ids, the newest first, without what they keep of the post. One query. */
  async reasonsOf(flagIds: readonly Types.ObjectId[]): Promise<PostFlagRow[]> {
    return await this.flags
      .find({ _id: { $in: flagIds } }, { text: 0, title: 0 })
      .sort({ _id: -1 })
      .lean<PostFlagRow[]>();
  }

  /** What some keep of the post, the oldest first; nothing of those that were decided. One query. */
  async textsOf(flagIds: readonly Types.ObjectId[]): Promise<Pick<PostFlagRow, '_id' | 'caseId' | 'title' | 'text'>[]> {
    return await this.flags
      .find({ _id: { $in: flagIds }, resolvedAt: null }, { caseId: 1, title: 1, text: 1 })
      .sort({ _id: 1 })
      .lean<PostFlagRow[]>();
  }

  /** The cases that staff decided for which a person flagged these words of a post. */
  async decidedCases({
    postId,
    userId,
    digest,
  }: Pick<PostFlagRow, 'postId' | 'userId' | 'digest'>): Promise<Types.ObjectId[]> {
    const rows = await this.flags
      .find({ postId, userId, digest, resolvedAt: { $ne: null } }, { caseId: 1 })
      .lean<Pick<PostFlagRow, 'caseId'>[]>();
    return rows.map(({ caseId }) => caseId);
  }

  /** Staff have looked: the words of the post are kept no longer. */
  async resolveOf(caseId: Types.ObjectId, at: Date, session: ClientSession): Promise<void> {
    const dealtWith = { $set: { resolvedAt: at }, $unset: { text: 1, title: 1 } } as const;
    await this.flags.updateMany({ caseId, resolvedAt: null }, dealtWith, { session });
  }
}
