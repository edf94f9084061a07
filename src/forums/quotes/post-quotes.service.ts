import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { toIds } from '../../infra/mongo/ids.js';
import type { PostRow } from '../post.schema.js';
import { PostsRepository } from '../posts.repository.js';
import { TopicsRepository } from '../topics.repository.js';
import { asKept, quotedIn, typedNumbers, withoutGone } from '../../common/texts/forum/quote-marks.js';

/** Where a post stands, and whose it is. */
export type QuotedPost = Pick<PostRow, '_id' | 'topicId' | 'number' | 'authorId'>;

/** What posts quote of each other. */
@Injectable()
export class PostQuotes {
  constructor(
    private readonly posts: PostsRepository,
    private readonly topics: TopicsRepository,
  ) {}

  /** A text as it is kept: quoted posts of the topic by their ids, which stay the same wherever they go. */
  async kept(topicId: Types.ObjectId, body: string): Promise<string> {
    const numbers = typedNumbers(body);
    if (numbers.length === 0) return body;
    const ids = new Map((await this.posts.byNumbers(topicId, numbers)).map(({ number, _id }) => [number, String(_id)]));
    return asKept(body, (number) => ids.get(number));
  }

  /** Some texts without the words of posts that are gone. No query where nothing is quoted. */
  async shown(cohortId: Types.ObjectId, bodies: readonly string[]): Promise<string[]> {
    const quoted = await this.of(
      cohortId,
      bodies.map((body) => ({ body })),
    );
    return bodies.map((body) => withoutGone(body, (id) => quoted.has(id)));
  }

  /** The posts that others of a cohort quote, by their ids; those that are deleted, or of another cohort, are left out. No query where nothing is quoted. */
  async of(cohortId: Types.ObjectId, rows: readonly Pick<PostRow, 'body'>[]): Promise<ReadonlyMap<string, QuotedPost>> {
    return await (await this.lookUp(cohortId, rows)).shown();
  }

  /** The same in two steps, so that what else is asked for goes with each: the posts, and those of them whose topics are there. */
  async lookUp(
    cohortId: Types.ObjectId,
    rows: readonly Pick<PostRow, 'body'>[],
  ): Promise<{ posts: readonly QuotedPost[]; shown: () => Promise<ReadonlyMap<string, QuotedPost>> }> {
    const ids = toIds([...new Set(rows.flatMap(({ body }) => quotedIn(body)))]);
    const all = ids.length === 0 ? [] : await this.posts.byIds(ids);
    const posts = all.filter((row) => !row.deletedAt && row.cohortId.equals(cohortId));
    const shown = async () => {
      const topics = await this.topics.byIds(posts.map(({ topicId }) => topicId));
      const there = new Set(topics.map(({ _id }) => String(_id)));
      return new Map(posts.filter(({ topicId }) => there.has(String(topicId))).map((row) => [String(row._id), row]));
    };
    return { posts, shown };
  }
}
