import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { TimePlace } from '../../infra/mongo/time-place.js';
import type { CommonsPostRow } from '../commons.schema.js';

/** What a post is written with. */
export type NewCommonsPost = Pick<
  CommonsPostRow,
  '_id' | 'topicId' | 'authorId' | 'fromPostId' | 'body' | 'createdAt' | 'cameAt'
> &
  Partial<Pick<CommonsPostRow, 'hiddenAt'>>;

/** The only user of the `commons-posts` collection. */
@Injectable()
export class CommonsPostsRepository {
  constructor(@InjectModel('CommonsPost') private readonly posts: Model<CommonsPostRow>) {}

  /** Throws E11000 `_id_` where it was written before, `copy` where that post of a cohort is here. */
  async insert(rows: readonly NewCommonsPost[], session: ClientSession): Promise<void> {
    await this.posts.insertMany(rows, { session });
  }

  async find(postId: Types.ObjectId, session: ClientSession | null = null): Promise<CommonsPostRow | null> {
    return await this.posts.findOne({ _id: postId }).session(session).lean<CommonsPostRow>();
  }

  async byIds(postIds: readonly Types.ObjectId[]): Promise<CommonsPostRow[]> {
    return await this.posts.find({ _id: { $in: postIds } }).lean<CommonsPostRow[]>();
  }

  /** Copies of some posts of a cohort; those that staff removed are among them. */
  async copiesOf(
    postIds: readonly Types.ObjectId[],
    session: ClientSession | null = null,
  ): Promise<(CommonsPostRow & { fromPostId: Types.ObjectId })[]> {
    return await this.posts
      .find({ fromPostId: { $in: postIds } })
      .session(session)
      .lean<(CommonsPostRow & { fromPostId: Types.ObjectId })[]>();
  }

  /** In the order in which they were written, one more than `limit` where there are more. */
  async page(topicId: Types.ObjectId, after: TimePlace | null, limit: number): Promise<CommonsPostRow[]> {
    const place = after && {
      $or: [{ createdAt: { $gt: after.at } }, { createdAt: after.at, _id: { $gt: after.id } }],
    };
    return await this.posts
      .find({ topicId, ...place })
      .sort({ createdAt: 1, _id: 1 })
      .limit(limit + 1)
      .lean<CommonsPostRow[]>();
  }

  /** Who has words in a topic, each once, however many posts it has. */
  async writersOf(topicId: Types.ObjectId): Promise<string[]> {
    return (await this.posts.distinct('authorId', { topicId, removedAt: null })).map(String);
  }

  /** Who of some people has words in which of some topics, as `<topic> <person>`: one row a pair is read, however many posts there are. */
  async writersAmong(
    topicIds: readonly Types.ObjectId[],
    userIds: readonly Types.ObjectId[],
  ): Promise<ReadonlySet<string>> {
    if (topicIds.length === 0 || userIds.length === 0) return new Set();
    const rows = await this.posts.aggregate<{ _id: Pick<CommonsPostRow, 'topicId' | 'authorId'> }>([
      { $match: { topicId: { $in: topicIds }, authorId: { $in: userIds }, removedAt: null } },
      { $group: { _id: { topicId: '$topicId', authorId: '$authorId' } } },
    ]);
    return new Set(rows.map(({ _id }) => `${String(_id.topicId)} ${String(_id.authorId)}`));
  }

  /** How many are there; hidden ones are among them. */
  async count(topicId: Types.ObjectId, session: ClientSession): Promise<number> {
    return await this.posts.countDocuments({ topicId, removedAt: null }, { session });
  }

  /** How many not by its author are read by all. */
  async countOthers(topicId: Types.ObjectId, authorId: Types.ObjectId, session: ClientSession): Promise<number> {
    const others = { topicId, removedAt: null, hiddenAt: null, authorId: { $ne: authorId } };
    return await this.posts.countDocuments(others, { session });
  }

  /** What came last of what is there. */
  async newest(topicId: Types.ObjectId, session: ClientSession): Promise<CommonsPostRow | null> {
    return await this.posts
      .findOne({ topicId, removedAt: null })
      .sort({ cameAt: -1, _id: -1 })
      .session(session)
      .lean<CommonsPostRow>();
  }

  /** As it was; null where it went, or was removed, before. */
  async delete(postId: Types.ObjectId, session: ClientSession): Promise<CommonsPostRow | null> {
    return await this.posts.findOneAndDelete({ _id: postId, removedAt: null }, { session }).lean<CommonsPostRow>();
  }

  /** Its words go, its row stays. */
  async remove(
    postId: Types.ObjectId,
    by: { byId: Types.ObjectId; at: Date },
    session: ClientSession,
  ): Promise<boolean> {
    const removed = await this.posts.updateOne({ _id: postId, removedAt: null }, removedBy(by), { session });
    return removed.modifiedCount === 1;
  }

  /** Only where it still says what was seen. */
  async edit(postId: Types.ObjectId, seen: string, body: string, at: Date, session: ClientSession): Promise<boolean> {
    const same = { _id: postId, body: seen, removedAt: null, hiddenAt: null };
    return (await this.posts.updateOne(same, { $set: { body, editedAt: at } }, { session })).matchedCount === 1;
  }

  /** As it is, with a write: who flags it at this moment conflicts. Null where it is removed. */
  async touch(postId: Types.ObjectId, session: ClientSession): Promise<CommonsPostRow | null> {
    return await this.posts
      .findOneAndUpdate(
        { _id: postId, removedAt: null },
        { $inc: { touches: 1 } },
        { session, returnDocument: 'after' },
      )
      .lean<CommonsPostRow>();
  }

  async hide(postId: Types.ObjectId, at: Date, session: ClientSession): Promise<void> {
    await this.posts.updateOne({ _id: postId, removedAt: null }, { $set: { hiddenAt: at } }, { session });
  }

  async keep(postId: Types.ObjectId, at: Date, session: ClientSession): Promise<void> {
    await this.posts.updateOne({ _id: postId, removedAt: null }, { $set: { hiddenAt: null, keptAt: at } }, { session });
  }

  /** To another topic, with whatever was said of it: words, flags, and whether it is hidden. False where it went, or was removed, at this moment. */
  async move(
    { _id, topicId }: Pick<CommonsPostRow, '_id' | 'topicId'>,
    to: { topicId: Types.ObjectId; cameAt: Date },
    session: ClientSession,
  ): Promise<boolean> {
    const there = { _id, topicId, removedAt: null };
    return (await this.posts.updateOne(there, { $set: to }, { session })).matchedCount === 1;
  }

  /** All of a topic: of copies the words go, their rows stay; what was written here is gone. The ids of those that were there. */
  async removeAll(
    topicId: Types.ObjectId,
    by: { byId: Types.ObjectId; at: Date },
    session: ClientSession,
  ): Promise<Types.ObjectId[]> {
    const living = { topicId, removedAt: null };
    const rows = await this.posts.find(living, { _id: 1 }, { session }).lean<Pick<CommonsPostRow, '_id'>[]>();
    await this.posts.updateMany({ ...living, fromPostId: { $exists: true } }, removedBy(by), { session });
    await this.posts.deleteMany({ topicId, fromPostId: { $exists: false } }, { session });
    return rows.map(({ _id }) => _id);
  }
}

const removedBy = ({ byId, at }: { byId: Types.ObjectId; at: Date }) => ({
  $set: { body: null, removedAt: at, removedBy: byId, hiddenAt: null },
});
