import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { together } from '../../infra/mongo/together.js';
import type { PostRow } from '../post.schema.js';
import type { PollVoteRow } from './poll.schema.js';
import type { changeOf } from './poll-rule.js';

type Change = NonNullable<ReturnType<typeof changeOf>>;

/** The only user of the `poll-votes` collection: what people chose, counted in the poll of the post. */
@Injectable()
export class PollVotesRepository {
  constructor(
    @InjectModel('Post') private readonly posts: Model<PostRow>,
    @InjectModel('PollVote') private readonly votes: Model<PollVoteRow>,
  ) {}

  /** What a person chose in the polls of some posts, by the post's id. */
  async chosenBy(userId: Types.ObjectId, postIds: readonly Types.ObjectId[]): Promise<Map<string, number[]>> {
    if (postIds.length === 0) return new Map();
    const rows = await together(this.votes.find({ postId: { $in: postIds }, userId }).lean<PollVoteRow[]>());
    return new Map(rows.map(({ postId, options }) => [String(postId), options]));
  }

  /** None where they did not vote. */
  async chosenIn(postId: Types.ObjectId, userId: Types.ObjectId, session: ClientSession): Promise<number[]> {
    const row = await this.votes.findOne({ postId, userId }, null, { session }).lean<PollVoteRow>();
    return row?.options ?? [];
  }

  /** Counts a change in a poll that nobody closed, and that closes after `now` if at all. False for another one. */
  async count(
    postId: Types.ObjectId,
    { options, voters }: Change,
    now: Date,
    session: ClientSession,
  ): Promise<boolean> {
    const numbers = [...options].map(([place, by]) => [`poll.options.${place}.votes`, by] as const);
    const result = await this.posts.updateOne(
      openPoll(postId, now),
      { $inc: { ...Object.fromEntries(numbers), 'poll.voters': voters } },
      { session },
    );
    return result.matchedCount === 1;
  }

  /** What a person chooses stands in the place of what they chose before; nothing takes it away. Throws E11000 `voter` where they vote at that moment. */
  async set({ postId, userId, options }: Omit<PollVoteRow, '_id'>, session: ClientSession): Promise<void> {
    if (options.length === 0) await this.votes.deleteOne({ postId, userId }, { session });
    else await this.votes.updateOne({ postId, userId }, { $set: { options } }, { upsert: true, session });
  }

  /** Those who voted, the first first, after one of them; one more than `limit` when there are more. */
  async page(postId: Types.ObjectId, after: Types.ObjectId | null, limit: number): Promise<PollVoteRow[]> {
    return await this.votes
      .find({ postId, ...(after && { _id: { $gt: after } }) })
      .sort({ _id: 1 })
      .limit(limit + 1)
      .lean<PollVoteRow[]>();
  }

  /** Closes an open poll. False where it is closed, or its post is gone. */
  async close(
    postId: Types.ObjectId,
    closed: { byId: Types.ObjectId; at: Date },
    session: ClientSession,
  ): Promise<boolean> {
    const change = { $set: { 'poll.closed': closed } };
    const result = await this.posts.updateOne(openPoll(postId, closed.at), change, { session });
    return result.matchedCount === 1;
  }

  /** With posts whose words are gone for good. */
  async forget(postIds: readonly Types.ObjectId[], session: ClientSession): Promise<void> {
    if (postIds.length > 0) await this.votes.deleteMany({ postId: { $in: postIds } }, { session });
  }
}

const openPoll = (postId: Types.ObjectId, now: Date) => ({
  ...{ _id: postId, deletedAt: null, poll: { $exists: true }, 'poll.closed': null },
  $or: [{ 'poll.closesAt': null }, { 'poll.closesAt': { $gt: now } }],
});
