import { Injectable } from '@nestjs/common';
import { People } from '../auth/people.js';
import type { CohortActor } from '../common/actor.js';
import { Clock } from '../common/times/clock.js';
import { pageOf } from '../common/cursor.js';
import { excerptOf } from '../common/markdown/excerpt.js';
import { conflict, notFound } from '../common/problem.js';
import { digestOf } from '../common/secrets.js';
import type { PostFlag } from '../contracts/forums.js';
import type { PageQuery } from '../contracts/primitives.js';
import { EventBus } from '../infra/events/event-bus.js';
import { idOf, toId } from '../infra/mongo/ids.js';
import { timePlaceOf } from '../infra/mongo/time-place.js';
import { RateLimits } from '../infra/redis/rate-limits.js';
import { ForumTexts } from './forum-texts.js';
import { postFlagged } from './forums.events.js';
import { ForumsPresenter, faceOf } from './forums.presenter.js';
import { PostFlagsRepository } from './post-flags.repository.js';
import type { PostFlagRow, PostRow } from './post.schema.js';
import { PostsRepository } from './posts.repository.js';
import { PostsService } from './posts.service.js';
import { wholeText } from './threads/thread-quote.js';
import { hexes } from './topic.js';

/** So many texts of one post a person reports. */
const MAX_TEXTS = 10;
const FLAGS = { name: 'post-flags', points: 30, seconds: 3600 };

/** Posts that staff are asked to look at, as they were when they were asked. */
@Injectable()
export class PostFlags {
  constructor(
    private readonly postsService: PostsService,
    private readonly posts: PostsRepository,
    private readonly flags: PostFlagsRepository,
    private readonly present: ForumsPresenter,
    private readonly texts: ForumTexts,
    private readonly people: People,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
    private readonly bus: EventBus,
  ) {}

  /** Asks staff to look at a post, once a person and text of it. Throws 404, 409 `own_words`, `too_many_reports`, 429. */
  async add(actor: CohortActor, postId: string, reason: string): Promise<void> {
    const { topic, post } = await this.postsService.load(actor, postId);
    if (post.deletedAt) throw notFound();
    if (String(post.authorId) === actor.userId)
      throw conflict('own_words', 'You wrote this yourself: change it, or delete it.');
    await this.limits.take(FLAGS, actor.userId);
    const [seen] = await this.present.postsOf(actor, topic, [post]);
    const quotes = (seen?.quotes ?? []).map(({ author, ...quote }) => ({ ...quote, authorId: author?.id ?? '' }));
    const text = wholeText(post.body ?? '', quotes);
    const asked = {
      ...{ cohortId: topic.cohortId, topicId: topic._id, postId: post._id, userId: idOf(actor.userId) },
      ...{ authorId: post.authorId, number: post.number, title: topic.title, text },
      // A reply is not another one since its topic was renamed.
      ...{ digest: digestOf(text, ...(post.number === 1 ? [topic.title] : [])), reason, createdAt: this.clock.now() },
    };
    if ((await this.flags.countOthers(asked)) >= MAX_TEXTS)
      throw conflict('too_many_reports', 'You reported this post as often as one can: staff look at it.');
    if (!(await this.flags.add(asked))) return;
    const { cohortId, userId } = actor;
    this.bus.publish(postFlagged, { cohortId, topicId: String(topic._id), postId, userId });
  }

  /** What staff were asked to look at, the oldest first, also where it is gone by now. Of their own posts, others of them are asked. */
  async page(actor: CohortActor, { limit, cursor }: PageQuery) {
    const rows = await this.flags.page(idOf(actor.cohortId), {
      notAbout: idOf(actor.userId),
      after: cursor === undefined ? null : timePlaceOf(cursor),
      limit: limit + 1,
    });
    const { items, nextCursor } = pageOf(rows, limit, (row) => [row.createdAt.toISOString(), String(row._id)]);
    const [faces, posts, texts] = await Promise.all([
      this.people.byId(hexes(items.flatMap(({ userId, authorId }) => [userId, authorId]))),
      this.posts.byIds(items.map(({ postId }) => postId)),
      this.texts.named(
        actor.cohortId,
        items.map(({ text }) => text ?? ''),
      ),
    ]);
    const byId = new Map(posts.map((post) => [String(post._id), post]));
    return {
      items: items.map((row, at): PostFlag => {
        const text = texts[at] ?? '';
        const post = byId.get(String(row.postId));
        return {
          id: String(row._id),
          topicId: String(row.topicId),
          topicTitle: row.title ?? '',
          post: {
            ...{ id: String(row.postId), number: row.number, author: faceOf(row.authorId, faces) },
            ...{ excerpt: excerptOf(text), state: stateOf(row, post) },
          },
          text,
          by: faceOf(row.userId, faces),
          reason: row.reason,
          createdAt: row.createdAt.toISOString(),
        };
      }),
      nextCursor,
    };
  }

  /** Staff have looked at it. Throws 404, also for a flag at a post of one's own. */
  async resolve(actor: CohortActor, flagId: string): Promise<void> {
    const id = toId(flagId);
    const looked = { notAbout: idOf(actor.userId), at: this.clock.now() };
    if (!id || !(await this.flags.resolve(idOf(actor.cohortId), id, looked))) throw notFound();
  }
}

/** What became of a post since it was reported. */
function stateOf({ createdAt }: PostFlagRow, post: PostRow | undefined): PostFlag['post']['state'] {
  if (!post || post.deletedAt) return 'deleted';
  return post.editedAt && post.editedAt > createdAt ? 'edited' : 'same';
}
