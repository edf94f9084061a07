import { Inject, Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { Members } from '../../cohorts/members/members.service.js';
import type { CohortActor } from '../../common/actor.js';
import { inTurns } from '../../common/in-turns.js';
import { portableMarkdown } from '../../common/markdown/portable.js';
import { OneByOne } from '../../common/one-by-one.js';
import { Problem, forbidden, notFound } from '../../common/problem.js';
import { slugOf } from '../../common/texts/slug.js';
import { CONFIG, type Config } from '../../config/config.js';
import type { Attachment } from '../../contracts/files.js';
import type { ForumExportQuery } from '../../contracts/forum/carrying.js';
import type { Post, TopicSummary } from '../../contracts/forums.js';
import type { FileRow } from '../../files/file.schema.js';
import { FilesService } from '../../files/files.service.js';
import { type ZipEntry, zipOf } from '../../infra/files/zip-stream.js';
import { idOf } from '../../infra/mongo/ids.js';
import { LongTexts, type TextTask } from '../../infra/threads/long-texts.js';
import { ForumsPresenter } from '../forums.presenter.js';
import { PostsRepository } from '../posts.repository.js';
import { type TopicFacts, TopicsRepository } from '../topics.repository.js';
import { pathOfFile, pathOfTopic } from './safe-names.js';
import { type ExportReader, bodyOf, frontMatter, postMarkdown, quotedAs, quotesOf } from './topic-markdown.js';

/** Topics, and posts of one, that are read at once: with more, those who ask meanwhile would wait for the database's answer to be read. */
const TOPICS = 50;
const POSTS = 20;

const PORTABLE: TextTask<string> = {
  ...{ file: new URL('../../common/markdown/portable', import.meta.url), name: 'portableMarkdown' },
  here: portableMarkdown,
};

/** What an export is written for. */
interface Walk {
  actor: CohortActor;
  reader: ExportReader;
}

/**
 * The forum of a cohort as a zip: a Markdown file for each topic, and the files of its posts. It is written as it is read, a few posts at a time between the requests of others, and holds
 * what its reader sees on the pages at that moment, and nothing more.
 */
@Injectable()
export class ForumExports {
  private readonly zips = new OneByOne();

  constructor(
    private readonly members: Members,
    private readonly cohorts: CohortsRepository,
    private readonly topics: TopicsRepository,
    private readonly posts: PostsRepository,
    private readonly present: ForumsPresenter,
    private readonly files: FilesService,
    private readonly texts: LongTexts,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Staff of the cohort, who may have it. Throws 404, 403. */
  async actorFor(userId: string, cohortId: string): Promise<CohortActor> {
    const actor = await this.members.actorIn({ userId, loginId: '', isAdmin: false }, cohortId);
    if (!actor) throw notFound();
    if (actor.role !== 'staff') throw forbidden();
    return actor;
  }

  /** The name of the zip, and its pieces: whether they may still have it is asked before each. Throws 404. */
  async zip(actor: CohortActor, { lang }: ForumExportQuery): Promise<{ name: string; pieces: AsyncGenerator<Buffer> }> {
    const cohort = await this.cohorts.byId(idOf(actor.cohortId));
    if (!cohort) throw notFound();
    const reader = { locale: lang, timeZone: actor.cohortTimeZone, publicUrl: new URL(this.config.PUBLIC_URL).origin };
    const pieces = this.zips.of(actor.userId, zipOf(this.entries({ actor, reader })), () =>
      this.actorFor(actor.userId, actor.cohortId),
    );
    return { name: `${slugOf(cohort.name) ?? 'cohort'}-forum.zip`, pieces };
  }

  private async *entries(walk: Walk): AsyncGenerator<ZipEntry> {
    for (let after: { value: number; id: Types.ObjectId } | null = null; ;) {
      const rows = (await this.topics.page(idOf(walk.actor.cohortId), {}, 'oldest', after, TOPICS)).slice(0, TOPICS);
      const last = rows.at(-1);
      if (!last) return;
      const answers = await this.answersOf(rows);
      const shown = await this.present.topics(walk.actor, rows);
      for (const [at, row] of rows.entries()) {
        const topic = shown[at];
        if (topic) yield* this.entriesOf(walk, row, { ...topic, answer: answers.get(topic.id) ?? null });
      }
      after = { value: last.createdAt.getTime(), id: last._id };
    }
  }

  private async *entriesOf(
    walk: Walk,
    row: TopicFacts,
    topic: TopicSummary & { answer: number | null },
  ): AsyncGenerator<ZipEntry> {
    const files: Attachment[] = [];
    const [path, changedAt] = [pathOfTopic(topic.title, topic.id), row.lastPostAt];
    yield { path, changedAt, isPacked: true, bytes: () => this.textOf(walk, row, topic, files) };
    for (const file of files) yield* this.fileOf(walk, file, changedAt);
  }

  /** The number of the answer of each, by the topic's id. One query. */
  private async answersOf(rows: readonly TopicFacts[]): Promise<Map<string, number>> {
    const posts = await this.posts.byIds(rows.flatMap(({ answerId }) => answerId ?? []));
    return new Map(posts.flatMap((post) => (post.deletedAt ? [] : [[String(post.topicId), post.number] as const])));
  }

  /** Posts that are there; `files` learns what hangs on them. */
  private async *textOf(
    { actor, reader }: Walk,
    row: TopicFacts,
    topic: TopicSummary & { answer: number | null },
    files: Attachment[],
  ): AsyncGenerator<string> {
    for (let [after, isFirst] = [0, true]; ; isFirst = false) {
      const page = (await this.posts.page(row._id, after, POSTS)).slice(0, POSTS);
      const posts = (await this.present.postsOf(actor, row, page)).filter(({ deletedAt }) => deletedAt === null);
      const question = posts.find(({ number }) => number === 1);
      if (isFirst) yield frontMatter({ ...topic, cohortId: actor.cohortId }, question, reader);
      const last = page.at(-1);
      if (!last) return;
      files.push(...posts.flatMap(({ attachments }) => attachments));
      const written = await inTurns(
        posts,
        ({ body }) => body ?? '',
        (post) => this.written(post, actor, reader),
      );
      yield written.join('');
      after = last.number;
    }
  }

  private async written(post: Post, { cohortId }: CohortActor, reader: ExportReader): Promise<string> {
    const body = await this.texts.read(PORTABLE, bodyOf(post, cohortId, reader));
    const quotes: string[] = [];
    for (const { by, body: said } of quotesOf(post, reader))
      quotes.push(quotedAs(by, await this.texts.read(PORTABLE, said)));
    return postMarkdown(post, { body, quotes }, reader);
  }

  /** A file, where its reader may open it by then: mostly packed already, as pictures are. */
  private async *fileOf({ actor }: Walk, { id, name }: Attachment, changedAt: Date): AsyncGenerator<ZipEntry> {
    const row = await this.files.find(actor.userId, id, 'original').catch((error: unknown) => {
      if (error instanceof Problem) return null;
      throw error;
    });
    if (row) yield { path: pathOfFile(name, id), changedAt, isPacked: false, bytes: () => this.bytesOf(row) };
  }

  private async *bytesOf(row: FileRow): AsyncGenerator<Uint8Array> {
    const stream = await this.files.open(row, 'original');
    if (stream) yield* stream as AsyncIterable<Uint8Array>;
  }
}
