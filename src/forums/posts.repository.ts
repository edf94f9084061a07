import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { PostRow, PostVoteRow } from './post.schema.js';

/** The only user of the `posts` and `post-votes` collections. */
@Injectable()
export class PostsRepository {
  constructor(
    @InjectModel('Post') private readonly posts: Model<PostRow>,
    @InjectModel('PostVote') private readonly votes: Model<PostVoteRow>,
  ) {}

  /** Throws E11000 `number` when the number is taken. */
  async insert(
    post: Pick<PostRow, '_id' | 'cohortId' | 'topicId' | 'number' | 'authorId' | 'body' | 'mentions' | 'createdAt'> &
      Partial<Pick<PostRow, 'quotes' | 'staying'>>,
    session: ClientSession,
  ): Promise<void> {
    const quoting = post.quotes && post.quotes.length > 0 ? { quoting: true } : {};
    await this.posts.create([{ ...post, ...quoting }], { session });
  }

  async find(
    cohortId: Types.ObjectId,
    postId: Types.ObjectId,
    session: ClientSession | null = null,
  ): Promise<PostRow | null> {
    return await this.posts.findOne({ _id: postId, cohortId }).session(session).lean<PostRow>();
  }

  async byIds(postIds: readonly Types.ObjectId[]): Promise<PostRow[]> {
    return await this.posts.find({ _id: { $in: postIds } }).lean<PostRow[]>();
  }

  /** Posts of a topic in their order, one more than `limit` when there are more. */
  async page(topicId: Types.ObjectId, afterNumber: number, limit: number): Promise<PostRow[]> {
    return await this.posts
      .find({ topicId, number: { $gt: afterNumber } })
      .sort({ number: 1 })
      .limit(limit + 1)
      .lean<PostRow[]>();
  }

  /** The last post of a topic that is not deleted. */
  async latest(topicId: Types.ObjectId, session: ClientSession): Promise<PostRow | null> {
    return await this.posts
      .findOne({ topicId, number: { $gt: 0 }, deletedAt: null }, null, { session })
      .sort({ number: -1 })
      .lean<PostRow>();
  }

  /** New words for a living post. False when it is deleted. */
  async edit(
    postId: Types.ObjectId,
    change: Pick<PostRow, 'body' | 'mentions' | 'editedAt'>,
    session: ClientSession,
  ): Promise<boolean> {
    const result = await this.posts.updateOne({ _id: postId, deletedAt: null }, { $set: change }, { session });
    return result.matchedCount === 1;
  }

  /** Leaves a tombstone. False when it was one already. */
  async bury(postId: Types.ObjectId, at: Date, session: ClientSession): Promise<boolean> {
    const result = await this.posts.updateOne(
      { _id: postId, deletedAt: null },
      { $set: { deletedAt: at, body: null, mentions: [] }, $unset: { quotes: 1, quoting: 1, staying: 1 } },
      { session },
    );
    return result.modifiedCount === 1;
  }

  /** Marks a living reply as accepted. False when it is deleted: accepting and deleting at once conflict here. */
  async touchAccepted(postId: Types.ObjectId, at: Date, session: ClientSession): Promise<boolean> {
    const result = await this.posts.updateOne(
      { _id: postId, deletedAt: null, number: { $gt: 1 } },
      { $set: { acceptedAt: at } },
      { session },
    );
    return result.matchedCount === 1;
  }

  /** The posts that quote one of these messages of chat. */
  async quoting(messageIds: readonly Types.ObjectId[]): Promise<PostRow[]> {
    return await this.posts.find({ 'quotes.messageId': { $in: messageIds } }).lean<PostRow[]>();
  }

  /** Those that quote what may still go, in the order of their ids, after one of them. */
  async quotingAfter(after: Types.ObjectId | null, limit: number): Promise<PostRow[]> {
    return await this.posts
      .find({ quoting: true, ...(after && { _id: { $gt: after } }) })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<PostRow[]>();
  }

  /** Takes the words of these messages out of a post that quotes them. Returns the post as it is then; null when it is deleted. */
  async blank(
    postId: Types.ObjectId,
    messageIds: readonly Types.ObjectId[],
    session: ClientSession,
  ): Promise<PostRow | null> {
    const after = await this.posts
      .findOneAndUpdate(
        { _id: postId, deletedAt: null },
        { $set: { 'quotes.$[gone].body': null } },
        { arrayFilters: [{ 'gone.messageId': { $in: messageIds } }], returnDocument: 'after', session },
      )
      .lean<PostRow>();
    if (after && !after.quotes?.some(({ body }) => body !== null))
      await this.posts.updateOne({ _id: postId }, { $unset: { quoting: 1 } }, { session });
    return after;
  }

  /** Which of these posts a person voted for. */
  async votedBy(userId: Types.ObjectId, postIds: readonly Types.ObjectId[]): Promise<Set<string>> {
    const rows = await this.votes
      .find({ postId: { $in: postIds }, userId }, { postId: 1 })
      .lean<Pick<PostVoteRow, 'postId'>[]>();
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
}
