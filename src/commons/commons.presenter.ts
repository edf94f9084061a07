import { Injectable } from '@nestjs/common';
import type { CommonsActor } from '../cohorts/commons/commons-access.js';
import { People } from '../auth/people.js';
import { namingOnly } from '../common/texts/forum/own-words.js';
import type { CommonsPost, CommonsTopic, CommonsTopicSummary } from '../contracts/commons/commons.js';
import type { Person } from '../contracts/primitives.js';
import { faceOf } from '../forums/forums.presenter.js';
import { kindOf, stateOf } from '../forums/topic.js';
import { toIds } from '../infra/mongo/ids.js';
import { namedIn } from './commons-texts.js';
import { choosesAnswer, commonsPostAbilities, readsWords } from './commons.policy.js';
import type { CommonsPostRow, CommonsTopicRow } from './commons.schema.js';
import { CommonsPostsRepository } from './posts/commons-posts.repository.js';

/** Makes replies of rows: one query for all faces, one for who of those that are named has words in the topics. */
@Injectable()
export class CommonsPresenter {
  constructor(
    private readonly people: People,
    private readonly posts: CommonsPostsRepository,
  ) {}

  async topics(rows: readonly CommonsTopicRow[]): Promise<CommonsTopicSummary[]> {
    const faces = await this.people.byId(
      rows.flatMap(({ authorId, lastAuthorId }) => [String(authorId), String(lastAuthorId)]),
    );
    return rows.map((row) => ({
      ...{ id: String(row._id), title: row.title, tags: row.tags, excerpt: row.excerpt, posts: row.posts },
      ...{ kind: kindOf(row), state: stateOf(row) },
      ...{ author: faceOf(row.authorId, faces), lastAuthor: faceOf(row.lastAuthorId, faces) },
      ...{ openedAt: row.openedAt.toISOString(), lastAt: row.lastAt.toISOString() },
    }));
  }

  /** The reply that was chosen, as somebody sees it, and by whom; neither while it is hidden. */
  async answerOf(actor: CommonsActor, topic: CommonsTopicRow): Promise<Pick<CommonsTopic, 'answer' | 'chosen'>> {
    const { answerId, chosen, solved } = topic;
    const post = solved && answerId ? await this.posts.find(answerId) : null;
    if (!post || !chosen) return { answer: null, chosen: null };
    const [[answer = null], faces] = await Promise.all([
      this.postsOf(actor, [topic], [post]),
      this.people.byId([String(chosen.byId)]),
    ]);
    return { answer, chosen: answer && { by: faceOf(chosen.byId, faces), at: chosen.at.toISOString() } };
  }

  /** Posts of some topics as somebody sees them, in their order. */
  async postsOf(
    actor: CommonsActor,
    topics: readonly CommonsTopicRow[],
    rows: readonly CommonsPostRow[],
  ): Promise<CommonsPost[]> {
    const byId = new Map(topics.map((topic) => [String(topic._id), topic]));
    const namedBy = new Map(rows.map((row) => [row, namedIn(row.body ?? '')]));
    const writers = await this.posts.writersAmong(
      topics.map(({ _id }) => _id),
      toIds([...new Set([...namedBy.values()].flat())]),
    );
    const named = (row: CommonsPostRow) =>
      (namedBy.get(row) ?? []).filter((id) => writers.has(`${String(row.topicId)} ${id}`));
    const faces = await this.people.byId(rows.flatMap((row) => [String(row.authorId), ...named(row)]));
    return rows.flatMap((row) => {
      const topic = byId.get(String(row.topicId));
      return topic ? [postOf(actor, topic, row, { faces, named: named(row) })] : [];
    });
  }
}

function postOf(
  actor: CommonsActor,
  topic: CommonsTopicRow,
  row: CommonsPostRow,
  { faces, named }: { faces: ReadonlyMap<string, Person>; named: readonly string[] },
): CommonsPost {
  const isQuestion = row.fromPostId?.equals(topic.fromPostId) ?? false;
  const lead = { authorId: String(topic.authorId), cohortId: String(topic.cohortId) };
  const isAnswer = topic.solved && (topic.answerId?.equals(row._id) ?? false);
  const post = {
    ...{ authorId: String(row.authorId), topicCohortId: String(topic.cohortId) },
    ...{ isRemoved: row.removedAt !== null, isHidden: row.hiddenAt !== null },
    isToChoose: !isQuestion && !isAnswer && kindOf(topic) === 'question' && choosesAnswer(actor, lead),
  };
  const isRead = row.body !== null && readsWords(actor, post);
  return {
    id: String(row._id),
    author: faceOf(row.authorId, faces),
    body: isRead ? namingOnly(row.body ?? '', (id) => named.includes(id)) : null,
    mentions: isRead ? named.flatMap((id) => faces.get(id) ?? []) : [],
    ...{ isQuestion, isAnswer },
    carried: row.fromPostId !== undefined,
    createdAt: row.createdAt.toISOString(),
    editedAt: row.editedAt?.toISOString() ?? null,
    removed: post.isRemoved,
    hidden: post.isHidden,
    abilities: commonsPostAbilities(actor, post),
  };
}
