import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { postTokens } from '../common/texts/forum/forum-tokens.js';
import { within } from '../common/texts/within.js';
import type { Reactions } from '../infra/mongo/reactions.js';
import { together } from '../infra/mongo/together.js';
import { told } from './deleting/told.js';
import type { PostRow } from './post.schema.js';
import { ANY_MARK } from '../common/texts/forum/quote-marks.js';
import { lengthOfPost } from './threads/thread-quote.js';

/** Where a post stands. */
export type PlaceOfPost = Pick<PostRow, 'topicId' | 'number'>;

/** A post whose words are gone, and the files that it had. */
export type EmptiedPost = Pick<PostRow, '_id' | 'attachments'>;

const emptiedPost = { 'attachments.fileId': 1 } as const;

const placeOfPost = { _id: 0, topicId: 1, number: 1 } as const;

/** The `posts` collection, of which `moderation/` moves some rows. The words of deleted posts are given out by `withKept` alone. */
@Injectable()
export class PostsRepository {
  constructor(@InjectModel('Post') private readonly posts: Model<PostRow & { tokens?: string[] }>) {}

  /** Throws E11000 `number` when the number is taken. */
  async insert(
    post: Pick<PostRow, '_id' | 'cohortId' | 'topicId' | 'number' | 'authorId' | 'body' | 'mentions' | 'createdAt'> &
      Partial<Pick<PostRow, 'attachments' | 'quotes' | 'staying' | 'poll'>>,
    session: ClientSession,
  ): Promise<void> {
    const quoting = post.quotes && post.quotes.length > 0 ? { quoting: true } : {};
    await this.posts.create([{ ...post, ...quoting, tokens: postTokens(post) }], { session });
  }

  async find(
    cohortId: Types.ObjectId,
    postId: Types.ObjectId,
    session: ClientSession | null = null,
  ): Promise<PostRow | null> {
    const row = await this.withKept(cohortId, postId, session);
    return row && told(row);
  }

  /** With its words, also where it is deleted: for who restores it. */
  async withKept(
    cohortId: Types.ObjectId,
    postId: Types.ObjectId,
    session: ClientSession | null = null,
  ): Promise<PostRow | null> {
    return await this.posts.findOne({ _id: postId, cohortId }).session(session).lean<PostRow>();
  }

  /** What stands at a number of a topic of the cohort, also of one that is gone. */
  async at(cohortId: Types.ObjectId, topicId: Types.ObjectId, number: number): Promise<PostRow | null> {
    const row = await this.posts.findOne({ topicId, number, cohortId }).lean<PostRow>();
    return row && told(row);
  }

  async byIds(postIds: readonly Types.ObjectId[]): Promise<PostRow[]> {
    return (await together(this.posts.find({ _id: { $in: postIds } }, { tokens: 0 }).lean<PostRow[]>())).map(told);
  }

  /** Who wrote some posts; deleted ones are left out. */
  async authorsOf(postIds: readonly Types.ObjectId[]): Promise<Pick<PostRow, 'authorId'>[]> {
    if (postIds.length === 0) return [];
    return await this.posts
      .find({ _id: { $in: postIds }, deletedAt: null }, { authorId: 1 })
      .lean<Pick<PostRow, 'authorId'>[]>();
  }

  /** Living posts of a topic by their numbers. */
  async byNumbers(topicId: Types.ObjectId, numbers: readonly number[]): Promise<Pick<PostRow, '_id' | 'number'>[]> {
    return await this.posts
      .find({ topicId, number: { $in: numbers }, deletedAt: null }, { number: 1 })
      .lean<Pick<PostRow, '_id' | 'number'>[]>();
  }

  /** What became of some posts, and whether they quote others; nothing of what they say. */
  async statesOf(
    postIds: readonly Types.ObjectId[],
  ): Promise<(Pick<PostRow, '_id' | 'mentions' | 'editedAt' | 'deletedAt' | 'quotes'> & { isQuoting: boolean })[]> {
    const isQuoting = { $regexMatch: { input: { $ifNull: ['$body', ''] }, regex: ANY_MARK } };
    const fields = { mentions: 1, editedAt: 1, deletedAt: 1, 'quotes.messageId': 1, isQuoting } as const;
    return await together(
      this.posts.find({ _id: { $in: postIds } }, fields).lean<(PostRow & { isQuoting: boolean })[]>(),
    );
  }

  /** Posts of a topic in their order, one more than `limit` when there are more. */
  async page(topicId: Types.ObjectId, afterNumber: number, limit: number): Promise<PostRow[]> {
    const rows = await this.posts
      .find({ topicId, number: { $gt: afterNumber } })
      .sort({ number: 1 })
      .limit(limit + 1)
      .lean<PostRow[]>();
    return rows.map(told);
  }

  /** The last posts of a topic before one of them, in their order. */
  async pageBefore(topicId: Types.ObjectId, number: number, limit: number): Promise<PostRow[]> {
    const rows = await this.posts
      .find({ topicId, number: { $lt: number } })
      .sort({ number: -1 })
      .limit(limit)
      .lean<PostRow[]>();
    return [...within(rows, lengthOfPost)].reverse().map(told);
  }

  /** Who wrote the last replies of a topic since an instant, and when: so many at most. */
  async lastReplies(
    topicId: Types.ObjectId,
    { since, most }: { since: Date; most: number },
    session: ClientSession,
  ): Promise<Pick<PostRow, 'authorId' | 'createdAt'>[]> {
    return await this.posts
      .find({ topicId, number: { $gt: 1 }, createdAt: { $gt: since } }, { authorId: 1, createdAt: 1 }, { session })
      .sort({ number: -1 })
      .limit(most)
      .lean<Pick<PostRow, 'authorId' | 'createdAt'>[]>();
  }

  /** The living posts of a person in some topics. One query. */
  async ownIn(userId: Types.ObjectId, topicIds: readonly Types.ObjectId[]): Promise<PlaceOfPost[]> {
    if (topicIds.length === 0) return [];
    return await together(
      this.posts
        .find({ authorId: userId, topicId: { $in: topicIds }, deletedAt: null }, placeOfPost)
        .lean<PlaceOfPost[]>(),
    );
  }

  /** The deleted posts of some topics. One query. */
  async deletedIn(topicIds: readonly Types.ObjectId[]): Promise<PlaceOfPost[]> {
    if (topicIds.length === 0) return [];
    return await together(
      this.posts
        .find({ topicId: { $in: topicIds }, deletedAt: { $gt: new Date(0) } }, placeOfPost)
        .lean<PlaceOfPost[]>(),
    );
  }

  /** The newest post of a topic that is not deleted: what was moved there may be older than it stands. */
  async latest(topicId: Types.ObjectId, session: ClientSession): Promise<PostRow | null> {
    return await this.posts
      .findOne({ topicId, deletedAt: null }, null, { session })
      .sort({ createdAt: -1, number: -1 })
      .lean<PostRow>();
  }

  /** New words for a living post; `evenHidden`: or for one whose words are kept. False for another one. */
  async edit(
    { _id, heading, poll }: Pick<PostRow, '_id' | 'heading' | 'poll'>,
    change: Pick<PostRow, 'body' | 'attachments' | 'mentions' | 'editedAt' | 'edition' | 'heldBack'>,
    session: ClientSession,
    { evenHidden = false } = {},
  ): Promise<boolean> {
    const there = evenHidden ? { $or: [{ deletedAt: null }, { keptSince: { $ne: null } }] } : { deletedAt: null };
    const found = { ...change, tokens: postTokens({ ...change, heading, poll }) };
    const result = await this.posts.updateOne({ _id, ...there }, { $set: found }, { session });
    return result.matchedCount === 1;
  }

  /** Opens a living post to all who read it, or closes it again. False when it is deleted. */
  async setWiki(postId: Types.ObjectId, isWiki: boolean, session: ClientSession): Promise<boolean | null> {
    const change = isWiki ? { $set: { wiki: true } } : { $unset: { wiki: 1 as const } };
    const result = await this.posts.updateOne({ _id: postId, deletedAt: null }, change, { session });
    return result.matchedCount === 0 ? null : result.modifiedCount === 1;
  }

  /** Leaves a tombstone, with its words for who restores it. False when it was one already. */
  async bury(
    postId: Types.ObjectId,
    by: { at: Date; byId: Types.ObjectId | null; wasAnswer: boolean; hidden?: 'flags' | 'staff' },
    session: ClientSession,
  ): Promise<boolean> {
    const { at, byId, wasAnswer, hidden } = by;
    const said = { ...(byId && { deletedBy: byId }), ...(wasAnswer && { wasAnswer }), ...(hidden && { hidden }) };
    const buried = { $set: { deletedAt: at, keptSince: at, ...said } };
    const result = await this.posts.updateOne({ _id: postId, deletedAt: null }, buried, { session });
    return result.modifiedCount === 1;
  }

  /** Staff agree that a deleted post stays away: who wrote it brings it back no more. */
  async keepHidden(postId: Types.ObjectId, byId: Types.ObjectId, session: ClientSession): Promise<boolean> {
    const deleted = { _id: postId, deletedAt: { $ne: null } };
    const result = await this.posts.updateOne(deleted, { $set: { deletedBy: byId, hidden: 'staff' } }, { session });
    return result.matchedCount === 1;
  }

  /** Takes a deletion back. False when its words are gone, or somebody took it back before. */
  async restore(postId: Types.ObjectId, keptSince: Date, session: ClientSession): Promise<boolean> {
    const result = await this.posts.updateOne(
      { _id: postId, keptSince },
      { $set: { deletedAt: null }, $unset: { deletedBy: 1, keptSince: 1, wasAnswer: 1, hidden: 1 } },
      { session },
    );
    return result.modifiedCount === 1;
  }

  /** Some of those whose words are kept since before an instant, the oldest first. */
  async keptBefore(before: Date, limit: number): Promise<Types.ObjectId[]> {
    const rows = await this.posts
      .find({ keptSince: { $lt: before } }, { _id: 1 })
      .sort({ keptSince: 1 })
      .limit(limit)
      .lean<Pick<PostRow, '_id'>[]>();
    return rows.map(({ _id }) => _id);
  }

  /** What these deleted posts said is gone for good, but for those that were restored meanwhile; returns which went, with their files. */
  async empty(postIds: readonly Types.ObjectId[], before: Date, session: ClientSession): Promise<EmptiedPost[]> {
    const over = { _id: { $in: postIds }, keptSince: { $lt: before } };
    const rows = await this.posts.find(over, emptiedPost, { session }).lean<EmptiedPost[]>();
    await this.posts.updateMany(over, WITHOUT_WORDS, { session });
    return rows;
  }

  /** The same of all posts of a topic that is gone with them. */
  async emptyTopic(topicId: Types.ObjectId, at: Date, session: ClientSession): Promise<EmptiedPost[]> {
    const rows = await this.posts.find({ topicId }, emptiedPost, { session }).lean<EmptiedPost[]>();
    await this.posts.updateMany({ topicId, deletedAt: null }, { $set: { deletedAt: at } }, { session });
    await this.posts.updateMany({ topicId }, WITHOUT_WORDS, { session });
    return rows;
  }

  /** Marks a living reply of a topic as accepted. False when it is deleted or moved: accepting and that at once conflict here. */
  async touchAccepted(
    { _id, topicId }: Pick<PostRow, '_id' | 'topicId'>,
    at: Date,
    session: ClientSession,
  ): Promise<boolean> {
    const result = await this.posts.updateOne(
      { _id, topicId, deletedAt: null, number: { $gt: 1 } },
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

  /** Takes the words of these messages out of a post that quotes them, also out of what is kept of a deleted one. Returns the post as it is then. */
  async blank(
    postId: Types.ObjectId,
    messageIds: readonly Types.ObjectId[],
    session: ClientSession,
  ): Promise<PostRow | null> {
    const after = await this.posts
      .findOneAndUpdate(
        { _id: postId },
        { $set: { 'quotes.$[gone].body': null } },
        { arrayFilters: [{ 'gone.messageId': { $in: messageIds } }], returnDocument: 'after', session },
      )
      .lean<PostRow>();
    if (after && !after.quotes?.some(({ body }) => body !== null))
      await this.posts.updateOne({ _id: postId }, { $unset: { quoting: 1 } }, { session });
    return after && told(after);
  }

  /** False when it is deleted. */
  async react(postId: Types.ObjectId, reactions: Reactions, session: ClientSession): Promise<boolean> {
    const result = await this.posts.updateOne({ _id: postId, deletedAt: null }, { $set: { reactions } }, { session });
    return result.matchedCount === 1;
  }
}

const WITHOUT_WORDS = {
  $set: { body: null, mentions: [] },
  $unset: {
    heading: 1,
    attachments: 1,
    poll: 1,
    tokens: 1,
    quotes: 1,
    quoting: 1,
    staying: 1,
    edition: 1,
    reactions: 1,
    keptSince: 1,
    wasAnswer: 1,
  },
} as const;
