import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import { EVER } from '../../infra/mongo/time-place.js';
import type { PostRow } from '../post.schema.js';

/** Where a post stands that was accepted, and when. */
export type AcceptedPost = Pick<PostRow, '_id' | 'topicId' | 'number'> & { acceptedAt: Date };

/** Finds posts that were accepted as an answer once. */
@Injectable()
export class AcceptedPostsRepository {
  constructor(@InjectModel('Post') private readonly posts: Model<PostRow>) {}

  /** The living ones of a person, those accepted last first. Whether one is the answer still, its topic says. */
  async latestBy(cohortId: Types.ObjectId, authorId: Types.ObjectId, limit: number): Promise<AcceptedPost[]> {
    return await this.posts
      .find(
        { cohortId, authorId, acceptedAt: { $gt: new Date(0), $lte: EVER }, deletedAt: null },
        { topicId: 1, number: 1, acceptedAt: 1 },
      )
      .sort({ acceptedAt: -1 })
      .limit(limit)
      .lean<AcceptedPost[]>();
  }
}
