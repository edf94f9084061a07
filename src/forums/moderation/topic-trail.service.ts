import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import type { CohortActor } from '../../common/actor.js';
import { pageOf } from '../../common/cursor.js';
import { notFound } from '../../common/problem.js';
import type { PostPlace, TopicAct } from '../../contracts/forum-moderation.js';
import type { PageQuery } from '../../contracts/primitives.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
import { EVER, timePlaceOf } from '../../infra/mongo/time-place.js';
import { faceOf } from '../forums.presenter.js';
import { PostsRepository } from '../posts.repository.js';
import { hexes } from '../topic.js';
import { TopicsRepository } from '../topics.repository.js';
import { TopicsService } from '../topics.service.js';
import { TopicActsRepository } from './topic-acts.repository.js';

/** What became of a topic: what was done with it, and where its posts are. */
@Injectable()
export class TopicTrail {
  constructor(
    private readonly service: TopicsService,
    private readonly topics: TopicsRepository,
    private readonly posts: PostsRepository,
    private readonly acts: TopicActsRepository,
    private readonly people: People,
  ) {}

  /** The newest first, for whoever reads the topic. Throws 404. */
  async page(
    actor: CohortActor,
    topicId: string,
    { limit, cursor }: PageQuery,
  ): Promise<{ items: TopicAct[]; nextCursor: string | null }> {
    const topic = await this.service.find(actor, topicId);
    const after = cursor === undefined ? { at: EVER, id: null } : timePlaceOf(cursor);
    const rows = await this.acts.page(topic._id, after, limit + 1);
    const page = pageOf(rows, limit, ({ at, _id }) => [at.toISOString(), String(_id)]);
    const [others, answers] = await Promise.all([
      this.topics.byIds(page.items.flatMap(({ otherId }) => otherId ?? [])),
      this.posts.byIds(page.items.flatMap(({ postId }) => postId ?? [])),
    ]);
    const faces = await this.people.byId(
      hexes([...page.items.map(({ byId }) => byId), ...answers.map(({ authorId }) => authorId)]),
    );
    const titles = new Map(others.map(({ _id, title }) => [String(_id), title]));
    const posts = new Map(answers.map((post) => [String(post._id), post]));
    const items = page.items.map((row): TopicAct => {
      const title = titles.get(String(row.otherId));
      const post = posts.get(String(row.postId));
      const isHere = post && !post.deletedAt && post.topicId.equals(topic._id);
      return {
        ...{ id: String(row._id), what: row.what, by: faceOf(row.byId, faces), at: row.at.toISOString() },
        ...{ why: row.why ?? null, posts: row.posts ?? null, until: row.until ?? null, minutes: row.minutes ?? null },
        topic: title === undefined ? null : { id: String(row.otherId), title },
        post: isHere ? { number: post.number, author: faceOf(post.authorId, faces) } : null,
      };
    });
    return { ...page, items };
  }

  /** Where the post is that has, or had, a number in a topic that is there or was merged. Throws 404. */
  async placeOf(actor: CohortActor, topicId: string, number: string): Promise<PostPlace> {
    const [cohortId, id] = [idOf(actor.cohortId), toId(topicId)];
    const asked = /^\d{1,9}$/.test(number) ? Number(number) : 0;
    const row = id && (await this.posts.at(cohortId, id, asked));
    const post = row?.moved ? await this.posts.find(cohortId, row.moved.postId) : row;
    const topic = post && (await this.topics.find(cohortId, post.topicId));
    if (!post || !topic) throw notFound();
    return { topicId: String(topic._id), postId: String(post._id), number: post.number };
  }
}
