import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { ThreadFollowerRow } from './thread-follower.schema.js';
import type { TimePlace } from '../../infra/mongo/time-place.js';

/** What a group of replies does to the followers of one thread. */
export interface ThreadGrowth {
  threadId: Types.ObjectId;
  channelId: Types.ObjectId;
  /** The latest reply, and when it was written. */
  headSeq: number;
  repliedAt: Date;
  /** Who follows from now on, unless they chose otherwise, having read up to a place. That of who `wrote` also moves a pointer that is there. */
  people: readonly { userId: Types.ObjectId; readSeq: number; wrote: boolean }[];
}

const behindNow = (headSeq: number) => ({ headSeq, behind: { $lt: ['$readSeq', headSeq] } });

/** The only user of the `thread-followers` collection. */
@Injectable()
export class ThreadFollowersRepository {
  constructor(@InjectModel('ThreadFollower') private readonly followers: Model<ThreadFollowerRow>) {}

  /** Within the transaction of the replies. */
  async grow(threads: readonly ThreadGrowth[], session: ClientSession): Promise<void> {
    await this.followers.bulkWrite(
      threads.flatMap(({ threadId, channelId, headSeq, repliedAt, people }) => [
        ...people.map(({ userId, readSeq, wrote }) => ({
          updateOne: {
            filter: { threadId, userId },
            update: {
              $setOnInsert: {
                channelId,
                following: true,
                headSeq,
                behind: false,
                repliedAt,
                ...(!wrote && { readSeq }),
              },
              ...(wrote && { $max: { readSeq } }),
            },
            upsert: true,
          },
        })),
        { updateMany: { filter: { threadId }, update: [{ $set: { ...behindNow(headSeq), repliedAt } }] } },
      ]),
      { session },
    );
  }

  /** The latest reply was deleted: `headSeq` is the one before it, 0 when none is left. Within the transaction of that. */
  async shrink(threadId: Types.ObjectId, headSeq: number, session: ClientSession): Promise<void> {
    await this.followers.updateMany({ threadId }, [{ $set: behindNow(headSeq) }], { session, updatePipeline: true });
  }

  async find(threadId: Types.ObjectId, userId: Types.ObjectId): Promise<ThreadFollowerRow | null> {
    return await this.followers.findOne({ threadId, userId }).lean<ThreadFollowerRow>();
  }

  /** Who follows these threads. */
  async followersOf(threadIds: readonly Types.ObjectId[]): Promise<Pick<ThreadFollowerRow, 'threadId' | 'userId'>[]> {
    return await this.followers
      .find({ threadId: { $in: threadIds }, following: true }, { threadId: 1, userId: 1 })
      .lean<Pick<ThreadFollowerRow, '_id' | 'threadId' | 'userId'>[]>();
  }

  /** Follows, or no more, by one's own choice. Who follows anew has read what is there. Within the transaction that read that. */
  async choose(row: Omit<ThreadFollowerRow, '_id' | 'behind'>, session: ClientSession): Promise<void> {
    const { threadId, userId, following, ...fresh } = row;
    await this.followers.updateOne(
      { threadId, userId },
      { $set: { following }, $setOnInsert: { ...fresh, behind: false } },
      { upsert: true, session },
    );
  }

  /** Moves the pointer forward. */
  async read(threadId: Types.ObjectId, userId: Types.ObjectId, seq: number): Promise<void> {
    const readSeq = { $max: ['$readSeq', seq] };
    await this.followers.updateOne(
      { threadId, userId },
      [{ $set: { readSeq, behind: { $lt: [readSeq, '$headSeq'] } } }],
      { updatePipeline: true },
    );
  }

  /** Threads that a person follows in these channels, latest reply first, after a place. */
  async mine(
    userId: Types.ObjectId,
    channelIds: readonly Types.ObjectId[],
    { waiting, after, limit }: { waiting: boolean; after: TimePlace | null; limit: number },
  ): Promise<ThreadFollowerRow[]> {
    return await this.followers
      .find({
        userId,
        following: true,
        ...(waiting && { behind: true }),
        channelId: { $in: channelIds },
        ...(after && {
          $or: [{ repliedAt: { $lt: after.at } }, { repliedAt: after.at, _id: { $lt: after.id } }],
        }),
      })
      .sort({ repliedAt: -1, _id: -1 })
      .limit(limit)
      .lean<ThreadFollowerRow[]>();
  }

  /** How many threads wait for a person, by channel. */
  async waiting(userId: Types.ObjectId, channelIds: readonly Types.ObjectId[]): Promise<Map<string, number>> {
    const rows = await this.followers.aggregate<{ _id: Types.ObjectId; count: number }>([
      { $match: { userId, following: true, behind: true, channelId: { $in: [...channelIds] } } },
      { $group: { _id: '$channelId', count: { $sum: 1 } } },
    ]);
    return new Map(rows.map(({ _id, count }) => [String(_id), count]));
  }

  /** Who left a channel follows nothing in it any more. */
  async leave(channelId: Types.ObjectId, userIds: readonly Types.ObjectId[]): Promise<void> {
    await this.followers.deleteMany({ userId: { $in: userIds }, channelId });
  }
}
