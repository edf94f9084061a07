import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, QueryFilter, Types } from 'mongoose';
import { type Behind, behind } from '../../infra/mongo/time-place.js';
import type { PostRow } from '../post.schema.js';
import type { TopicRow } from '../topic.schema.js';
import type { TopicFacts } from '../topics.repository.js';

/** By which words topics are looked for: those of the title and the tags, or those of the question, too. */
export type TopicWords = 'titleTokens' | 'tokens';

/** A topic with what it is found by. */
export type FoundTopic = TopicFacts & Record<TopicWords, string[]>;

/** A post with what it is found by. */
export type FoundPost = Pick<PostRow, '_id' | 'topicId' | 'number' | 'authorId' | 'createdAt'> & {
  body: string;
  tokens: string[];
};

/** Posts by any of some tokens, or by any of some people. */
export interface PostKeys {
  tokens: readonly string[];
  authorIds: readonly Types.ObjectId[];
}

/** A stretch of time, from behind a place on. */
export interface Stretch {
  after: Behind;
  from: Date;
}

const NEWEST = { createdAt: -1, _id: -1 } as const;
const ofPost = { topicId: 1, number: 1, authorId: 1, createdAt: 1, body: 1, tokens: 1 } as const;

/** Reads topics and posts by what they are found by. Deleted ones are never found. */
@Injectable()
export class FoundRepository {
  constructor(
    @InjectModel('Topic') private readonly topicRows: Model<TopicRow>,
    @InjectModel('Post') private readonly postRows: Model<PostRow>,
  ) {}

  /** Topics with any of some tokens, newest first. */
  async topics(
    cohortId: Types.ObjectId,
    by: { words: TopicWords; tokens: readonly string[]; only: QueryFilter<TopicRow> },
    { after, from }: Stretch,
    limit: number,
  ): Promise<FoundTopic[]> {
    const parts = behind(after, 'createdAt', from);
    return await this.topicRows
      .find({ $or: alternatives(by, cohortId, parts), deletedAt: null, ...by.only }, { words: 0 })
      .sort(NEWEST)
      .limit(limit)
      .lean<FoundTopic[]>();
  }

  /** How many those are, up to a limit. */
  async countTopics(
    cohortId: Types.ObjectId,
    by: { words: TopicWords; tokens: readonly string[] },
    from: Date,
    to: Date,
    limit: number,
  ): Promise<number> {
    const parts = [{ createdAt: { $gte: from, $lt: to } }];
    const rows = await this.topicRows
      .find({ $or: alternatives(by, cohortId, parts) }, { _id: 1 })
      .sort(NEWEST)
      .limit(limit)
      .lean();
    return rows.length;
  }

  /** Replies by any of some keys, newest first. */
  async posts(cohortId: Types.ObjectId, keys: PostKeys, { after, from }: Stretch, limit: number): Promise<FoundPost[]> {
    const parts = behind(after, 'createdAt', from);
    return await this.postRows
      .find({ $or: keyed(keys, cohortId, parts), deletedAt: null, number: { $gt: 1 } }, ofPost)
      .sort(NEWEST)
      .limit(limit)
      .lean<FoundPost[]>();
  }

  /** Which of some posts have all of some tokens. */
  async having(tokens: readonly string[], postIds: readonly Types.ObjectId[]): Promise<ReadonlySet<string>> {
    const rows = await this.postRows
      .find({ _id: { $in: postIds }, tokens: { $all: [...tokens] }, deletedAt: null }, { _id: 1 })
      .lean<Pick<PostRow, '_id'>[]>();
    return new Set(rows.map(({ _id }) => String(_id)));
  }

  /** How many those are, up to a limit. */
  async countPosts(cohortId: Types.ObjectId, keys: PostKeys, from: Date, to: Date, limit: number): Promise<number> {
    const parts = [{ createdAt: { $gte: from, $lt: to } }];
    const rows = await this.postRows
      .find({ $or: keyed(keys, cohortId, parts) }, { _id: 1 })
      .sort(NEWEST)
      .limit(limit)
      .lean();
    return rows.length;
  }
}

type Parts = readonly Record<string, unknown>[];

/** Each a range of an index. */
const alternatives = (
  { words, tokens }: { words: TopicWords; tokens: readonly string[] },
  cohortId: Types.ObjectId,
  parts: Parts,
) => tokens.flatMap((token) => parts.map((part) => ({ [words]: token, cohortId, ...part })));

const keyed = ({ tokens, authorIds }: PostKeys, cohortId: Types.ObjectId, parts: Parts) => [
  ...tokens.flatMap((token) => parts.map((part) => ({ tokens: token, cohortId, ...part }))),
  ...authorIds.flatMap((authorId) => parts.map((part) => ({ authorId, cohortId, ...part }))),
];
