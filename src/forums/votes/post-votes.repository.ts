import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { together } from '../../infra/mongo/together.js';
import type { PostRow, PostVoteRow } from '../post.schema.js';

/** The only user of the `post-votes` collection: votes for posts, each counted at its post. */
@Injectable()
export class PostVotesRepository {
  constructor(
    @InjectModel('Post') private readonly posts: Model<PostRow>,
    @InjectModel('PostVote') private readonly votes: Model<PostVoteRow>,
  ) {}

  /** Which of these posts a person voted for. */
  async votedBy(userId: Types.ObjectId, postIds: readonly Types.ObjectId[]): Promise<Set<string>> {
    const rows = await together(
      this.votes.find({ postId: { $in: postIds }, userId }, { postId: 1 }).lean<Pick<PostVoteRow, 'postId'>[]>(),
    );
    return new Set(rows.map((row) => String(row.postId)));
  }

  /** Adds a vote to a living post. False when it is there already (or the post is deleted). */
  async vote(postId: Types.ObjectId, userId: Types.ObjectId, at: Date, session: ClientSession): Promise<boolean> {
    const vote = await this.votes.updateOne(
      { postId, userId },
      { $setOnInsert: { createdAt: at } },
      { upsert: true, session },
    );
    if (vote.upsertedCount === 0) return false;
    await this.posts.updateOne({ _id: postId }, { $inc: { votes: 1 } }, { session });
    return true;
  }

  /** Takes a vote back. False when there was none. */
  async unvote(postId: Types.ObjectId, userId: Types.ObjectId, session: ClientSession): Promise<boolean> {
    const vote = await this.votes.deleteOne({ postId, userId }, { session });
    if (vote.deletedCount === 0) return false;
    await this.posts.updateOne({ _id: postId }, { $inc: { votes: -1 } }, { session });
    return true;
  }

  /**
   * Whoever voted for one post votes for the other, once; nobody for their own. `along` is the topic of the one. Returns how many votes are new. Throws E11000 `vote` where somebody votes at that
   * moment.
   */
  async carry(
    fromId: Types.ObjectId,
    to: Pick<PostRow, '_id' | 'authorId'>,
    { along, at }: { along: Types.ObjectId; at: Date },
    session: ClientSession,
  ): Promise<number> {
    const there = new Set((await this.votersOf(to._id, session)).map(String));
    const voters = (await this.votersOf(fromId, session)).filter(
      (userId) => !there.has(String(userId)) && !userId.equals(to.authorId),
    );
    if (voters.length === 0) return 0;
    const rows = voters.map((userId) => ({ postId: to._id, userId, along, createdAt: at }));
    await this.votes.insertMany(rows, { session });
    await this.posts.updateOne({ _id: to._id }, { $inc: { votes: voters.length } }, { session });
    return voters.length;
  }

  /** Takes back those that came along from a topic. Returns from which posts, with their topics, and how many. */
  async takeBack(
    along: Types.ObjectId,
    session: ClientSession,
  ): Promise<(Pick<PostRow, 'topicId' | 'number'> & { votes: number })[]> {
    const rows = await this.votes.find({ along }, { postId: 1 }, { session }).lean<Pick<PostVoteRow, 'postId'>[]>();
    await this.votes.deleteMany({ along }, { session });
    const taken = new Map<string, number>();
    for (const { postId } of rows) taken.set(String(postId), (taken.get(String(postId)) ?? 0) + 1);
    const from: (Pick<PostRow, 'topicId' | 'number'> & { votes: number })[] = [];
    for (const [postId, votes] of taken) {
      const post = await this.posts
        .findOneAndUpdate(
          { _id: postId },
          { $inc: { votes: -votes } },
          { session, projection: { topicId: 1, number: 1 } },
        )
        .lean<Pick<PostRow, 'topicId' | 'number'>>();
      if (post) from.push({ topicId: post.topicId, number: post.number, votes });
    }
    return from;
  }

  private async votersOf(postId: Types.ObjectId, session: ClientSession): Promise<Types.ObjectId[]> {
    const rows = await this.votes.find({ postId }, { userId: 1 }, { session }).lean<Pick<PostVoteRow, 'userId'>[]>();
    return rows.map(({ userId }) => userId);
  }
}
