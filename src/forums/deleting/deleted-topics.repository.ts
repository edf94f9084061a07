import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { type Behind, behind } from '../../infra/mongo/time-place.js';
import type { TopicRow } from '../topic.schema.js';
import { type TopicFacts, facts } from '../topics.repository.js';

/** A deleted topic that can be restored. */
export type KeptTopic = TopicFacts & { keptSince: Date };

/** Ends topics, brings them back, and finds those that can be. */
@Injectable()
export class DeletedTopicsRepository {
  constructor(@InjectModel('Topic') private readonly topics: Model<TopicRow>) {}

  /** Deletes a topic with its question, if nobody has answered, or with its last post. False when something is left. */
  async end(
    topicId: Types.ObjectId,
    { at, ended, withQuestion }: { at: Date; ended: NonNullable<TopicRow['ended']>; withQuestion: boolean },
    session: ClientSession,
  ): Promise<boolean> {
    const alone = withQuestion ? { others: 0 } : { posts: 0 };
    const result = await this.topics.updateOne(
      { _id: topicId, deletedAt: null, ...alone },
      { $set: { deletedAt: at, keptSince: at, ended } },
      { session },
    );
    return result.modifiedCount === 1;
  }

  /** It is there again; `thread`: and goes on with the thread of chat that it began as. False when it was there, or its words are gone. */
  async revive(topicId: Types.ObjectId, { thread }: { thread: boolean }, session: ClientSession): Promise<boolean> {
    const result = await this.topics.updateOne(
      { _id: topicId, keptSince: { $exists: true } },
      { $set: { deletedAt: null }, $unset: { ended: 1, keptSince: 1, ...(!thread && { thread: 1 }) } },
      { session },
    );
    return result.modifiedCount === 1;
  }

  /** A post is back: one more, the answer again if it was and no other is, and the latest is the last that is there. */
  async addBack(
    topicId: Types.ObjectId,
    post: {
      byOther: boolean;
      answerId: Types.ObjectId | null;
      latest: { authorId: Types.ObjectId; createdAt: Date } | null;
    },
    session: ClientSession,
  ): Promise<void> {
    const { byOther, answerId, latest } = post;
    await this.topics.updateOne(
      { _id: topicId },
      {
        $inc: { posts: 1, others: byOther ? 1 : 0 },
        ...(latest && { $set: { lastPostAt: latest.createdAt, lastAuthorId: latest.authorId } }),
      },
      { session },
    );
    if (answerId)
      await this.topics.updateOne({ _id: topicId, answerId: null }, { $set: { answerId, solved: true } }, { session });
  }

  /** Those of a cohort that are kept since `from`, the latest first, from a place on; `byId`: those that this person deleted, not as staff. */
  async page(
    cohortId: Types.ObjectId,
    { from, after, byId, limit }: { from: Date; after: Behind; byId: Types.ObjectId | null; limit: number },
  ): Promise<KeptTopic[]> {
    // From before it was kept with which post they went, none can be brought back.
    const whose = byId ? { 'ended.byId': byId, 'ended.removed': false } : { ended: { $exists: true } };
    const places = behind(after, 'keptSince', from).map((place) => ({ cohortId, ...place }));
    return await this.topics
      .find({ $or: places, ...whose }, facts)
      .sort({ keptSince: -1, _id: -1 })
      .limit(limit)
      .lean<KeptTopic[]>();
  }

  /** Some of those whose words are kept since before an instant, the oldest first. */
  async keptBefore(before: Date, limit: number): Promise<Types.ObjectId[]> {
    const rows = await this.topics
      .find({ keptSince: { $lt: before } }, { _id: 1 })
      .sort({ keptSince: 1 })
      .limit(limit)
      .lean<Pick<TopicRow, '_id'>[]>();
    return rows.map(({ _id }) => _id);
  }

  /** What a deleted topic said is gone for good. False when it was restored meanwhile. */
  async empty(topicId: Types.ObjectId, before: Date, session: ClientSession): Promise<boolean> {
    const result = await this.topics.updateOne(
      { _id: topicId, keptSince: { $lt: before } },
      {
        $set: { title: '', tags: [], excerpt: '', words: [] },
        $unset: { tokens: 1, titleTokens: 1, keptSince: 1 },
      },
      { session },
    );
    return result.modifiedCount === 1;
  }
}
