import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { People } from '../../auth/people.js';
import type { CohortActor } from '../../common/actor.js';
import { conflict, invalidField, notFound } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import { problemOfTime } from '../../common/times/later.js';
import type { Bookmark, BookmarkMarks, SetBookmark } from '../../contracts/forum-bookmarks.js';
import { MAX_BOOKMARKS } from '../../contracts/limits.js';
import { againWhenDoubled } from '../../infra/mongo/errors.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { RateLimits } from '../../infra/redis/rate-limits.js';
import { PostsRepository } from '../posts.repository.js';
import { PostsService } from '../posts.service.js';
import { type TopicFacts, TopicsRepository } from '../topics.repository.js';
import { TopicsService } from '../topics.service.js';
import type { BookmarkRow } from './bookmark.schema.js';
import { BookmarksRepository } from './bookmarks.repository.js';
import { WakingPort } from './waking.port.js';

const KEEPING = { name: 'forum-bookmarks', points: 120, seconds: 600 };

/** What is kept, and where it stands now. */
type About = { kind: BookmarkRow['kind']; id: Types.ObjectId; topicId: Types.ObjectId; number: number | null };

/** A bookmark of which its person is to be reminded now. */
export interface DueBookmark {
  userId: string;
  cohortId: string;
  topicId: string;
  postId: string | null;
  number: number | null;
  title: string;
  note: string;
}

/** Topics and posts that a person keeps for later. */
@Injectable()
export class Bookmarks {
  constructor(
    private readonly bookmarks: BookmarksRepository,
    private readonly topicsService: TopicsService,
    private readonly postsService: PostsService,
    private readonly topics: TopicsRepository,
    private readonly posts: PostsRepository,
    private readonly people: People,
    private readonly waking: WakingPort,
    private readonly transactions: Transactions,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
  ) {}

  /** Throws 404, 409 `too_many_bookmarks`, 422 `/remindAt`, 429. */
  async keepTopic(actor: CohortActor, topicId: string, wanted: SetBookmark): Promise<Bookmark> {
    const { _id } = await this.topicsService.find(actor, topicId);
    return await this.keep(actor, { kind: 'topic', id: _id, topicId: _id, number: null }, wanted);
  }

  /** The same of a post; a deleted one is kept by nobody. */
  async keepPost(actor: CohortActor, postId: string, wanted: SetBookmark): Promise<Bookmark> {
    const { topic, post } = await this.postsService.load(actor, postId);
    if (post.deletedAt) throw notFound();
    return await this.keep(actor, { kind: 'post', id: post._id, topicId: topic._id, number: post.number }, wanted);
  }

  /** One of mine. Throws 404. */
  async get(actor: CohortActor, bookmarkId: string): Promise<Bookmark> {
    const id = toId(bookmarkId);
    const row = id && (await this.bookmarks.find(whose(actor), id));
    const about = row && (await this.aboutOf(row));
    if (!about) throw notFound();
    return presentBookmark(row, about, this.clock.now());
  }

  /** Which topics and posts carry my mark. */
  async marks(actor: CohortActor): Promise<BookmarkMarks> {
    const rows = await this.bookmarks.marks(whose(actor));
    return { items: rows.map(({ _id, aboutId, kind }) => ({ id: String(_id), aboutId: String(aboutId), kind })) };
  }

  /** Throws 404 for one that is not mine. */
  async remove(actor: CohortActor, bookmarkId: string): Promise<void> {
    const id = toId(bookmarkId);
    if (!id) throw notFound();
    await this.transactions.run(async (session) => {
      if (!(await this.bookmarks.remove(whose(actor), id, session))) throw notFound();
      await this.waking.provider.forget(idOf(actor.userId), [id], session);
    });
  }

  /** Bookmarks of a topic that is merged are of its question, which goes along; whoever keeps that already keeps that one. In the transaction of the merge. */
  async follow({ _id, questionId }: TopicFacts, session: ClientSession): Promise<void> {
    const rows = await this.bookmarks.of(_id, session);
    if (rows.length === 0) return;
    const there = new Set((await this.bookmarks.of(questionId, session)).map(({ userId }) => String(userId)));
    const goOn = rows.filter(({ userId }) => !there.has(String(userId)));
    await this.bookmarks.turnTo(
      questionId,
      goOn.map((row) => row._id),
      session,
    );
    for (const row of rows.filter(({ userId }) => there.has(String(userId)))) {
      await this.bookmarks.removeOne(row._id, session);
      await this.waking.provider.forget(row.userId, [row._id], session);
    }
  }

  /** What its person asked to be reminded of at this time, as it is now; null when they did not, or it is not there. It checks nobody's rights. */
  async toRemind(bookmarkId: string, at: Date): Promise<DueBookmark | null> {
    const row = await this.bookmarks.byId(idOf(bookmarkId));
    if (row?.remindAt?.getTime() !== at.getTime()) return null;
    const about = await this.aboutOf(row);
    const topic = about && (await this.topics.byId(about.topicId));
    if (!topic) return null;
    return {
      ...{ userId: String(row.userId), cohortId: String(row.cohortId), topicId: String(topic._id), title: topic.title },
      ...{ postId: row.kind === 'post' ? String(row.aboutId) : null, number: about.number, note: row.note },
    };
  }

  private async keep(actor: CohortActor, about: About, { note, remindAt }: SetBookmark): Promise<Bookmark> {
    const now = this.clock.now();
    const at = remindAt === null ? null : new Date(remindAt);
    const problem = at && problemOfTime(at, now);
    if (problem) throw invalidField('/remindAt', problem);
    await this.limits.take(KEEPING, actor.userId);
    const { userId, cohortId } = whose(actor);
    const wanted = { userId, cohortId, kind: about.kind, aboutId: about.id, note, remindAt: at, createdAt: now };
    const row = await againWhenDoubled(() =>
      this.transactions.run(async (session) => {
        const kept = await this.bookmarks.set(wanted, session);
        if (kept.isNew) {
          await this.people.hold(userId, session);
          if ((await this.bookmarks.count({ userId, cohortId }, MAX_BOOKMARKS + 1, session)) > MAX_BOOKMARKS)
            throw conflict('too_many_bookmarks', 'You keep as many bookmarks as one can.', { most: MAX_BOOKMARKS });
        }
        await this.waking.provider.plan({ bookmarkId: kept.row._id, userId, cohortId, at }, session);
        return kept.row;
      }),
    );
    if (at) await this.waking.provider.arm({ userId, bookmarkId: row._id });
    return presentBookmark(row, about, now);
  }

  /** Where it stands; null for what is deleted. */
  private async aboutOf({ kind, aboutId }: BookmarkRow): Promise<About | null> {
    if (kind === 'topic') return { kind, id: aboutId, topicId: aboutId, number: null };
    const [post] = await this.posts.byIds([aboutId]);
    return post && !post.deletedAt ? { kind, id: aboutId, topicId: post.topicId, number: post.number } : null;
  }
}

/** Whose bookmarks an actor sees: their own, of this cohort. */
export const whose = ({ userId, cohortId }: CohortActor) => ({ userId: idOf(userId), cohortId: idOf(cohortId) });

/** A bookmark as its person sees it. */
export function presentBookmark(
  { _id, kind, aboutId, note, remindAt, createdAt }: BookmarkRow,
  { topicId, number }: Pick<About, 'topicId' | 'number'>,
  now: Date,
): Bookmark {
  return {
    ...{ id: String(_id), topicId: String(topicId), postId: kind === 'post' ? String(aboutId) : null, number, note },
    remindAt: remindAt && remindAt > now ? remindAt.toISOString() : null,
    createdAt: createdAt.toISOString(),
  };
}
