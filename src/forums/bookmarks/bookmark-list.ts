import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { People } from '../../auth/people.js';
import type { CohortActor } from '../../common/actor.js';
import { pageOf } from '../../common/cursor.js';
import { excerptOf } from '../../common/markdown/excerpt.js';
import { Clock } from '../../common/times/clock.js';
import type { KeptBookmark, KeptBookmarks } from '../../contracts/forum-bookmarks.js';
import type { TopicSummary } from '../../contracts/forums.js';
import type { PageQuery } from '../../contracts/primitives.js';
import { EVER, timePlaceOf } from '../../infra/mongo/time-place.js';
import { ForumTexts } from '../forum-texts.js';
import { ForumsPresenter, faceOf } from '../forums.presenter.js';
import type { PostRow } from '../post.schema.js';
import { PostsRepository } from '../posts.repository.js';
import { hexes } from '../topic.js';
import { TopicsRepository } from '../topics.repository.js';
import type { BookmarkRow } from './bookmark.schema.js';
import { BookmarksRepository } from './bookmarks.repository.js';
import { presentBookmark, whose } from './bookmarks.service.js';

const EXCERPT = 160;

/** A post as a list of bookmarks shows it. */
type Shown = { row: PostRow; post: NonNullable<KeptBookmark['post']> };

/** The list of what somebody keeps. */
@Injectable()
export class BookmarkList {
  constructor(
    private readonly bookmarks: BookmarksRepository,
    private readonly topics: TopicsRepository,
    private readonly posts: PostsRepository,
    private readonly present: ForumsPresenter,
    private readonly texts: ForumTexts,
    private readonly people: People,
    private readonly clock: Clock,
  ) {}

  /** The latest first. A query for each kind of thing, however many there are. */
  async page(actor: CohortActor, { limit, cursor }: PageQuery): Promise<KeptBookmarks> {
    const after = cursor === undefined ? { at: EVER, id: null } : timePlaceOf(cursor);
    const rows = await this.bookmarks.page(whose(actor), after, limit + 1);
    const { items, nextCursor } = pageOf(rows, limit, (row) => [row.createdAt.toISOString(), String(row._id)]);
    const posts = await this.postsOf(actor, items);
    const topicOf = ({ kind, aboutId }: BookmarkRow) =>
      kind === 'topic' ? aboutId : posts.get(String(aboutId))?.row.topicId;
    const topics = await this.topicsOf(
      actor,
      items.flatMap((row) => topicOf(row) ?? []),
    );
    const now = this.clock.now();
    return {
      nextCursor,
      items: items.flatMap((row) => {
        const topicId = topicOf(row);
        const topic = topicId && topics.get(String(topicId));
        if (!topicId || !topic) return [];
        const shown = posts.get(String(row.aboutId));
        const place = { topicId, number: shown?.row.number ?? null };
        return [{ ...presentBookmark(row, place, now), topic, post: shown?.post ?? null }];
      }),
    };
  }

  private async topicsOf(actor: CohortActor, ids: readonly Types.ObjectId[]): Promise<Map<string, TopicSummary>> {
    const rows = await this.topics.byIds(ids);
    const topics = await this.present.topics(actor, rows);
    return new Map(topics.map((topic) => [topic.id, topic]));
  }

  private async postsOf(actor: CohortActor, kept: readonly BookmarkRow[]): Promise<Map<string, Shown>> {
    const ids = kept.flatMap(({ kind, aboutId }) => (kind === 'post' ? [aboutId] : []));
    const rows = ids.length > 0 ? await this.posts.byIds(ids) : [];
    const [texts, faces] = await Promise.all([
      this.texts.named(
        actor.cohortId,
        rows.map(({ body }) => body ?? ''),
      ),
      this.people.byId(hexes(rows.map(({ authorId }) => authorId))),
    ]);
    return new Map(
      rows.map((row, at) => {
        const author = faceOf(row.authorId, faces);
        const excerpt = excerptOf(texts[at] ?? '', EXCERPT);
        return [String(row._id), { row, post: { author, excerpt, isDeleted: row.deletedAt != null } }];
      }),
    );
  }
}
