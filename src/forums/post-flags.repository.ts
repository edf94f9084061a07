import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { againWhenDoubled } from '../infra/mongo/errors.js';
import { EVER, type TimePlace } from '../infra/mongo/time-place.js';
import type { PostFlagRow } from './post.schema.js';

/** The only user of the `post-flags` collection. */
@Injectable()
export class PostFlagsRepository {
  constructor(@InjectModel('PostFlag') private readonly flags: Model<PostFlagRow>) {}

  /** False when this person reported these words of the post before. */
  async add(flag: Omit<PostFlagRow, '_id' | 'resolvedAt'>): Promise<boolean> {
    const { postId, userId, digest, ...rest } = flag;
    const result = await againWhenDoubled(() =>
      this.flags.updateOne(
        { postId, userId, digest },
        { $setOnInsert: { ...rest, resolvedAt: null } },
        { upsert: true },
      ),
    );
    return result.upsertedCount === 1;
  }

  /** How many texts of a post a person reported, but for the one that it has now. */
  async countOthers({ postId, userId, digest }: Pick<PostFlagRow, 'postId' | 'userId' | 'digest'>): Promise<number> {
    return await this.flags.countDocuments({ postId, userId, digest: { $ne: digest } });
  }

  /** A page of those that nobody has dealt with, the oldest first, without those at posts of one person. */
  async page(
    cohortId: Types.ObjectId,
    { notAbout, after, limit }: { notAbout: Types.ObjectId; after: TimePlace | null; limit: number },
  ): Promise<PostFlagRow[]> {
    const open = { cohortId, resolvedAt: null };
    const places = after
      ? [
          { ...open, createdAt: { $gt: after.at, $lte: EVER } },
          { ...open, createdAt: after.at, _id: { $gt: after.id } },
        ]
      : [{ ...open, createdAt: { $lte: EVER } }];
    return await this.flags
      .find({ $or: places, authorId: { $ne: notAbout } })
      .sort({ createdAt: 1, _id: 1 })
      .limit(limit)
      .lean<PostFlagRow[]>();
  }

  /** Staff have looked at it: its words are kept no longer. False for one that is none of this cohort, at a post of `notAbout`, or was dealt with. */
  async resolve(
    cohortId: Types.ObjectId,
    flagId: Types.ObjectId,
    { notAbout, at }: { notAbout: Types.ObjectId; at: Date },
  ): Promise<boolean> {
    const open = { _id: flagId, cohortId, resolvedAt: null, authorId: { $ne: notAbout } };
    return (await this.flags.updateOne(open, dealtWith(at))).modifiedCount === 1;
  }

  /** The same of all at a post. */
  async resolveOf(postId: Types.ObjectId, at: Date, session: ClientSession): Promise<void> {
    await this.flags.updateMany({ postId, resolvedAt: null }, dealtWith(at), { session });
  }
}

const dealtWith = (at: Date) => ({ $set: { resolvedAt: at }, $unset: { text: 1, title: 1 } }) as const;
