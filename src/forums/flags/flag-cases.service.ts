import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import type { CohortActor } from '../../common/actor.js';
import { pageOf } from '../../common/cursor.js';
import { grouped } from '../../common/grouped.js';
import { notFound } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import type { FlagCase, FlagCaseCounts, FlagCasesQuery, FlagCaseWithBody } from '../../contracts/forum/flags.js';
import { presentAttachment } from '../../files/attachment.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
import { timePlaceOf } from '../../infra/mongo/time-place.js';
import { ForumTexts } from '../forum-texts.js';
import { faceOf } from '../forums.presenter.js';
import type { PostRow } from '../post.schema.js';
import { PostsRepository } from '../posts.repository.js';
import { hexes } from '../topic.js';
import { TopicsRepository } from '../topics.repository.js';
import { FlagCasesRepository } from './flag-cases.repository.js';
import { PostFlagsRepository } from './post-flags.repository.js';
import type { FlagCaseRow, PostFlagRow } from './post-flag.schema.js';

/** Flagged posts as staff see them: as they were when they were flagged, with who asked and why. Never those that one wrote oneself. */
@Injectable()
export class FlagCases {
  constructor(
    private readonly cases: FlagCasesRepository,
    private readonly flags: PostFlagsRepository,
    private readonly posts: PostsRepository,
    private readonly topics: TopicsRepository,
    private readonly texts: ForumTexts,
    private readonly people: People,
    private readonly clock: Clock,
  ) {}

  async page(
    actor: CohortActor,
    { state, limit, cursor }: FlagCasesQuery,
  ): Promise<{ items: FlagCase[]; nextCursor: string | null }> {
    const rows = await this.cases.page(idOf(actor.cohortId), {
      ...{ state, now: this.clock.now(), notAbout: idOf(actor.userId) },
      after: cursor === undefined ? null : timePlaceOf(cursor),
      limit: limit + 1,
    });
    const { items, nextCursor } = pageOf(
      rows,
      limit,
      (row) => [(row.settledAt ?? row.waitsFrom).toISOString(), String(row._id)],
      ({ texts }) => texts.reduce((sum, { length }) => sum + length, 0),
    );
    return { items: await this.present(actor, items), nextCursor };
  }

  async counts(actor: CohortActor): Promise<FlagCaseCounts> {
    return await this.cases.count(idOf(actor.cohortId), idOf(actor.userId), this.clock.now());
  }

  /** Of others' posts, by its id. Throws 404. */
  async load(actor: CohortActor, caseId: string): Promise<FlagCaseRow> {
    const id = toId(caseId);
    const row = id && (await this.cases.byId(id));
    if (!row || String(row.cohortId) !== actor.cohortId || String(row.authorId) === actor.userId) throw notFound();
    return row;
  }

  /** With what the post says now, also where it is hidden. Throws 404. */
  async withBody(actor: CohortActor, caseId: string): Promise<FlagCaseWithBody> {
    const row = await this.load(actor, caseId);
    const [one, post] = await Promise.all([this.one(actor, row), this.posts.withKept(row.cohortId, row.postId)]);
    const faces = await this.people.byId(hexes(post?.mentions ?? []));
    const attachments = (post?.attachments ?? []).map(presentAttachment);
    return { ...one, body: post?.body ?? null, mentions: [...faces.values()], attachments };
  }

  async one(actor: CohortActor, row: FlagCaseRow): Promise<FlagCase> {
    const [one] = await this.present(actor, [row]);
    if (!one) throw notFound();
    return one;
  }

  private async present(actor: CohortActor, rows: readonly FlagCaseRow[]): Promise<FlagCase[]> {
    const [flags, kept, posts] = await Promise.all([
      this.flags.reasonsOf(rows.flatMap(({ newest }) => newest)),
      this.flags.textsOf(rows.flatMap(({ texts }) => texts.map(({ flagId }) => flagId))),
      this.posts.byIds(rows.map(({ postId }) => postId)),
    ]);
    const postById = new Map(posts.map((post) => [String(post._id), post]));
    // Where it is by now.
    const topicIdOf = ({ postId, topicId }: FlagCaseRow) => postById.get(String(postId))?.topicId ?? topicId;
    const named = rows.flatMap(({ authorId, settledById }) => [authorId, ...(settledById ? [settledById] : [])]);
    const [topics, faces, texts] = await Promise.all([
      this.topics.byIds(rows.map(topicIdOf)),
      this.people.byId(hexes([...named, ...flags.map(({ userId }) => userId)])),
      this.texts.named(
        actor.cohortId,
        kept.map(({ text }) => text ?? ''),
      ),
    ]);
    const flagsOf = grouped(flags, ({ caseId }) => String(caseId));
    const textsOf = grouped(
      kept.map(({ caseId, title }, at) => ({ caseId, title: title ?? '', text: texts[at] ?? '' })),
      ({ caseId }) => String(caseId),
    );
    const titles = new Map(topics.map(({ _id, title }) => [String(_id), title]));
    const now = this.clock.now();
    return rows.map((row): FlagCase => {
      const id = String(row._id);
      const said = textsOf.get(id) ?? [];
      const post = postById.get(String(row.postId));
      const topicId = String(topicIdOf(row));
      return {
        ...{ id, topicId },
        topicTitle: titles.get(topicId) ?? said.at(-1)?.title ?? '',
        post: {
          ...{ id: String(row.postId), number: post?.number ?? row.number, author: faceOf(row.authorId, faces) },
          state: stateOf(post, flagsOf.get(id)?.[0]),
        },
        texts: said.map(({ title, text }) => ({ title, text })),
        flags: (flagsOf.get(id) ?? []).map(({ _id, userId, kind, reason, createdAt }) => ({
          ...{ id: String(_id), by: faceOf(userId, faces), kind, reason, createdAt: createdAt.toISOString() },
        })),
        ...{ people: row.people.length, openedAt: row.openedAt.toISOString() },
        hiddenAt: row.hiddenAt?.toISOString() ?? null,
        deferredUntil: row.settledAt === null && row.waitsFrom > now ? row.waitsFrom.toISOString() : null,
        settledAt: row.settledAt?.toISOString() ?? null,
        settledBy: row.settledById ? faceOf(row.settledById, faces) : null,
        ...{ outcome: row.outcome ?? null, toAuthor: row.toAuthor, toReporters: row.toReporters },
      };
    });
  }
}

/** What became of a post since it was flagged for the last time. */
function stateOf(post: PostRow | undefined, last: PostFlagRow | undefined): FlagCase['post']['state'] {
  if (post?.deletedAt && post.hidden) return 'hidden';
  if (!post || post.deletedAt) return 'deleted';
  return post.editedAt && last && post.editedAt > last.createdAt ? 'edited' : 'same';
}
