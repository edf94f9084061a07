import { Injectable } from '@nestjs/common';
import type { Actor } from '../../common/actor.js';
import { pageOf } from '../../common/cursor.js';
import { forbidden, notFound } from '../../common/problem.js';
import { foldedWords } from '../../common/texts/fold.js';
import { Clock } from '../../common/times/clock.js';
import type {
  CommonsPost,
  CommonsTopic,
  CommonsTopicSummary,
  CommonsTopicsQuery,
} from '../../contracts/commons/commons.js';
import type { PageQuery } from '../../contracts/primitives.js';
import { TopicsReader } from '../../forums/topics-reader.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
import { timePlaceOf } from '../../infra/mongo/time-place.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { CommonsAccess, type CommonsActor } from '../../cohorts/commons/commons-access.js';
import { CommonsPresenter } from '../commons.presenter.js';
import { choosesAnswer, keepsOrder } from '../commons.policy.js';
import type { CommonsTopicRow } from '../commons.schema.js';
import { CommonsFlagsRepository } from '../flags/commons-flags.repository.js';
import { CommonsPostsRepository } from '../posts/commons-posts.repository.js';
import { CommonsSettling } from './commons-settling.js';
import { CommonsTopicsRepository } from './commons-topics.repository.js';

type Page<T> = { items: T[]; nextCursor: string | null };

const MAX_BEGINNINGS = 8;

/** Topics that all cohorts read: finding them, reading them, taking one out. Every act throws 403 for who is in no cohort. */
@Injectable()
export class CommonsTopics {
  constructor(
    private readonly access: CommonsAccess,
    private readonly topics: CommonsTopicsRepository,
    private readonly posts: CommonsPostsRepository,
    private readonly flags: CommonsFlagsRepository,
    private readonly present: CommonsPresenter,
    private readonly settling: CommonsSettling,
    private readonly reader: TopicsReader,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** The latest first; those that nobody answered by how long they wait. */
  async list(actor: Actor, { q, tag, state, cursor, limit }: CommonsTopicsQuery): Promise<Page<CommonsTopicSummary>> {
    await this.access.enter(actor);
    const beginnings = foldedWords([q ?? ''], MAX_BEGINNINGS);
    if (q !== undefined && beginnings.length === 0) return { items: [], nextCursor: null };
    const after = cursor === undefined ? null : timePlaceOf(cursor);
    const rows = await this.topics.page({ beginnings, tag, state, after }, limit);
    const by = state === 'unanswered' ? 'openedAt' : 'lastAt';
    const page = pageOf(rows, limit, (row) => [row[by].getTime(), String(row._id)]);
    return { ...page, items: await this.present.topics(page.items) };
  }

  /** Throws 404. */
  async get(actor: Actor, topicId: string): Promise<CommonsTopic> {
    const me = await this.access.enter(actor);
    const topic = await this.find(topicId);
    const [[summary], origin, answer] = await Promise.all([
      this.present.topics([topic]),
      this.originOf(me, topic),
      this.present.answerOf(me, topic),
    ]);
    if (!summary) throw notFound();
    const facts = { authorId: String(topic.authorId), cohortId: String(topic.cohortId) };
    const accept = summary.kind === 'question' && choosesAnswer(me, facts);
    return { ...summary, origin, ...answer, abilities: { delete: keepsOrder(me, facts.cohortId), accept } };
  }

  /** Its posts in the order in which they were written. Throws 404. */
  async listPosts(actor: Actor, topicId: string, { cursor, limit }: PageQuery): Promise<Page<CommonsPost>> {
    const me = await this.access.enter(actor);
    const topic = await this.find(topicId);
    const rows = await this.posts.page(topic._id, cursor === undefined ? null : timePlaceOf(cursor), limit);
    const page = pageOf(
      rows,
      limit,
      ({ createdAt, _id }) => [createdAt.getTime(), String(_id)],
      ({ body }) => body?.length ?? 0,
    );
    return { ...page, items: await this.present.postsOf(me, [topic], page.items) };
  }

  /** Staff take all of it out, for good. Throws 404, 403. */
  async remove(actor: Actor, topicId: string): Promise<void> {
    const me = await this.access.enter(actor);
    const { _id, cohortId } = await this.find(topicId);
    if (!keepsOrder(me, String(cohortId))) throw forbidden();
    const by = { byId: idOf(actor.userId), at: this.clock.now() };
    await this.transactions.run(async (session) => {
      if (!keepsOrder(await this.access.held(actor, cohortId, session), String(cohortId))) throw forbidden();
      const topic = await this.topics.find(_id, session);
      if (topic) await this.flags.forget(await this.settling.remove(topic, by, session), session);
    });
  }

  private async find(topicId: string): Promise<CommonsTopicRow> {
    const id = toId(topicId);
    const topic = id && (await this.topics.find(id));
    if (!topic) throw notFound();
    return topic;
  }

  /** Where its first post stands by now, for members of that cohort. */
  private async originOf(
    { cohortIds }: CommonsActor,
    { cohortId, fromPostId }: CommonsTopicRow,
  ): Promise<CommonsTopic['origin']> {
    if (!cohortIds.has(String(cohortId))) return null;
    const post = await this.reader.post(String(fromPostId));
    const isThere = post !== null && post.body !== null;
    return isThere ? { cohortId: post.cohortId, topicId: post.topicId } : null;
  }
}
