import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { PostsRepository } from '../posts.repository.js';
import type { PostRow } from '../post.schema.js';
import { TopicsRepository } from '../topics.repository.js';

/** Where a post that went away stands now; null where its topic is gone. */
export type PlaceNow = { topicId: Types.ObjectId; title: string; number: number } | null;

/** Finds posts again that were moved, however often. */
@Injectable()
export class MovedPlaces {
  constructor(
    private readonly posts: PostsRepository,
    private readonly topics: TopicsRepository,
  ) {}

  /** Of the rows that they left, by the id of those. Two queries, the second as it is called, so that what else is asked for goes with each; none where nothing was moved. */
  async lookUp(rows: readonly PostRow[]): Promise<() => Promise<Map<string, PlaceNow>>> {
    const left = rows.flatMap(({ _id, moved }) => (moved ? [{ rowId: String(_id), postId: moved.postId }] : []));
    const posts = left.length === 0 ? [] : await this.posts.byIds(left.map(({ postId }) => postId));
    return async () => await this.placesOf(left, posts);
  }

  private async placesOf(
    left: readonly { rowId: string; postId: Types.ObjectId }[],
    posts: readonly PostRow[],
  ): Promise<Map<string, PlaceNow>> {
    const byId = new Map(posts.map((post) => [String(post._id), post]));
    const titles = new Map(
      (await this.topics.byIds(posts.map(({ topicId }) => topicId))).map(({ _id, title }) => [String(_id), title]),
    );
    return new Map(
      left.map(({ rowId, postId }): [string, PlaceNow] => {
        const post = byId.get(String(postId));
        const title = post && titles.get(String(post.topicId));
        return [rowId, post && title !== undefined ? { topicId: post.topicId, title, number: post.number } : null];
      }),
    );
  }
}
