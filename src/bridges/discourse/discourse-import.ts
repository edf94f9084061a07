import { Inject, Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { inTurns } from '../../common/in-turns.js';
import { cutAt } from '../../common/texts/cut.js';
import { Clock } from '../../common/times/clock.js';
import { CONFIG, type Config } from '../../config/config.js';
import type { ForumImportCounts } from '../../contracts/bridges/imports.js';
import { Tag } from '../../contracts/forums.js';
import { Line, Text } from '../../contracts/primitives.js';
import { type ImportedPost, TopicImporter } from '../../forums/importing/topic-importer.js';
import { idOf } from '../../infra/mongo/ids.js';
import { ExportProcess } from '../imports/export-process.js';
import { ImportedPeople } from '../imports/imported-people.js';
import { FoundPeople } from '../slack/found-people.js';
import { DiscourseArchive, type FileHeld } from './discourse-archive.js';
import { NOWHERE, type Places, withPlaces } from './discourse-links.js';
import { PostTexts, filesInProcess } from './discourse-reading.js';
import type { PostRead } from './discourse-rows.js';
import { type Survey, type SurveyedTopic, isCalled, postIdOf, survey } from './discourse-survey.js';

const GROUP = 50;
const GROUP_CHARACTERS = 100_000;
const KNOWN_AT_ONCE = 1000;
const LONGEST_TITLE = 150;
/** What is shown of a text, with room for what stands in the place of its marks. */
const LONGEST_BODY = 50_000;
const MOST_TAGS = 5;

/** Told after some posts: of all of the export, how many are looked at. Throws to stop. */
export type OnProgress = (done: number, of: number) => Promise<void>;

interface Run {
  cohortId: string;
  byId: string;
  survey: Survey;
  people: ReadonlyMap<string, Types.ObjectId>;
  /** Their ids, which alone what is brought in may name. */
  personIds: ReadonlySet<string>;
  places: Places;
  texts: PostTexts;
}

/**
 * Brings what Discourse gave into the forum of a cohort: topics, posts, tags, answers. Each has an id made of where it comes from, so a run that was killed, or a later
 * export, adds what is missing and nothing twice.
 */
@Injectable()
export class DiscourseImport {
  constructor(
    private readonly people: ImportedPeople,
    private readonly found: FoundPeople,
    private readonly topics: TopicImporter,
    private readonly process: ExportProcess,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Counts and changes nothing. Throws 422 for what is no export. */
  async check(path: string, cohortId: string): Promise<ForumImportCounts> {
    return await this.withArchive(path, async (archive) => {
      const { topics, posts, writers, left } = await survey(archive, cohortId);
      const all = [...topics.values()].flatMap((one) => [...one.posts.values()].map((id) => [one, id] as const));
      let already = 0;
      for (let at = 0; at < all.length; at += KNOWN_AT_ONCE) {
        const ids = all.slice(at, at + KNOWN_AT_ONCE).map(([one, id]) => postIdOf(one, id));
        already += (await this.topics.known(ids)).size;
      }
      const matched = (await this.people.matched(cohortId, writers)).size;
      const solved = [...topics.values()].filter(({ hasAnswer }) => hasAnswer).length;
      return { ...left, topics: topics.size, posts, solved, already, matched, placeholders: writers.length - matched };
    });
  }

  /** Brings all of it in, for `byId`. Throws 422 for what is no export, and what `onProgress` throws. */
  async run(
    path: string,
    { cohortId, byId }: { cohortId: string; byId: string },
    onProgress: OnProgress,
  ): Promise<void> {
    await this.withArchive(path, async (archive) => {
      const all = await survey(archive, cohortId);
      const people = new Map([
        ...(await this.people.matched(cohortId, all.others)),
        ...(await this.people.ensured(cohortId, all.writers)),
      ]);
      const [host] = all.hosts;
      const texts = new PostTexts(this.process, host ? `https://${host}` : NOWHERE);
      const personIds = new Set([...people.values()].map(String));
      const places = this.placesOf(cohortId, all, people);
      const run = { cohortId, byId, survey: all, people, personIds, texts, places };
      let done = 0;
      const looked = async (count: number) => {
        done = Math.min(done + count, all.posts);
        await onProgress(done, all.posts);
      };
      // Some files may hold what goes on before that which begins: then all are looked at once more.
      if (await this.passed(run, archive, looked)) await this.passed(run, archive, looked);
      // Who came in while their words were brought in.
      await this.found.look(cohortId, [...(await this.people.matched(cohortId, all.writers)).values()]);
    });
  }

  /** True when something waits for the beginning of its topic. */
  private async passed(
    run: Run,
    archive: DiscourseArchive,
    looked: (count: number) => Promise<void>,
  ): Promise<boolean> {
    let isWaiting = false;
    for await (const file of archive.files())
      for (const held of file.topics) if (!(await this.brought(run, held, looked))) isWaiting = true;
    return isWaiting;
  }

  private async brought(
    run: Run,
    { topic, posts }: FileHeld['topics'][number],
    looked: (count: number) => Promise<void>,
  ): Promise<boolean> {
    const one = run.survey.topics.get(topic.id);
    if (!one) return true;
    const known = await this.topics.known(posts.map(({ id }) => postIdOf(one, id)));
    const fresh = posts.filter(({ id }) => !known.has(String(postIdOf(one, id))));
    if (fresh.length < posts.length) await looked(posts.length - fresh.length);
    for (const group of inGroups(fresh)) {
      const written = await this.topics.write(topicOf(run, one), await this.written(run, one, group));
      if (written === 'waiting') return false;
      await looked(group.length);
    }
    return true;
  }

  private async written(run: Run, one: SurveyedTopic, posts: readonly PostRead[]): Promise<ImportedPost[]> {
    const made = await run.texts.of(posts);
    const texts = new Map(posts.map(({ id }, at) => [id, made[at]]));
    const now = this.clock.now().getTime();
    return await inTurns(
      posts,
      ({ id }) => texts.get(id) ?? '',
      (post) => ({
        id: postIdOf(one, post.id),
        authorId: personIn(run, post.by),
        people: run.personIds,
        body:
          Text(LONGEST_BODY).safeParse(cutAt(withPlaces(texts.get(post.id) ?? '', run.places), LONGEST_BODY)).data ||
          '…',
        ...{ createdAt: past(post.at, now), editedAt: post.editedAt === null ? null : past(post.editedAt, now) },
        ...{ isQuestion: post.number === 1, isAnswer: post.isAnswer },
      }),
    );
  }

  private placesOf(cohortId: string, { topics, hosts }: Survey, people: Run['people']): Places {
    const origin = new URL(this.config.PUBLIC_URL).origin;
    const postOf = (number: number, post: number) => {
      const one = topics.get(number);
      const id = one?.posts.get(post);
      return one && id !== undefined ? String(postIdOf(one, id)) : undefined;
    };
    return {
      ...{ postOf, hosts, personOf: (username) => people.get(username)?.toString() },
      addressOf: (number, post, slug, isOurs) => {
        const one = topics.get(number);
        if (!one || !(isOurs || (slug !== null && isCalled(one.topic, slug)))) return undefined;
        const place = post === null ? undefined : one.places.get(post);
        return `${origin}/c/${cohortId}/forum/${String(one.id)}${place ? `#post-${place}` : ''}`;
      },
    };
  }

  private async withArchive<T>(path: string, use: (archive: DiscourseArchive) => Promise<T>): Promise<T> {
    const archive = await DiscourseArchive.open(path, filesInProcess(this.process));
    try {
      return await use(archive);
    } finally {
      archive.close();
    }
  }
}

/** What is said of a time: nothing was written in days that are to come, where it would stay the latest news. */
const past = (at: number, now: number): Date => new Date(Math.min(Math.max(at, 0), now));

const topicOf = ({ cohortId, byId }: Run, { id, topic, hasAnswer }: SurveyedTopic) => ({
  ...{ id, cohortId: idOf(cohortId), hasAnswer },
  title: Line(LONGEST_TITLE).safeParse(cutAt(topic.title.replace(/\s+/g, ' ').trim(), LONGEST_TITLE)).data ?? '…',
  tags: tagsOf(topic.tags),
  closed: topic.isClosed ? idOf(byId) : null,
});

/** Tags as they may be here. */
function tagsOf(given: readonly string[]): string[] {
  const tags = given.flatMap((tag) => {
    const words = tag
      .toLowerCase()
      .match(/[\p{L}\p{N}\p{M}]+/gu)
      ?.join('-')
      .slice(0, 30)
      .replace(/-$/, '');
    return Tag.safeParse(words ?? '').data ?? [];
  });
  return [...new Set(tags)].slice(0, MOST_TAGS);
}

function personIn({ people }: Run, by: string): Types.ObjectId {
  const id = people.get(by);
  if (!id) throw new Error('a writer of the import has no account');
  return id;
}

function* inGroups(posts: readonly PostRead[]): Iterable<PostRead[]> {
  let group: PostRead[] = [];
  let length = 0;
  for (const post of posts) {
    const own = (post.raw ?? post.cooked ?? '').length;
    if (group.length === GROUP || (group.length > 0 && length + own > GROUP_CHARACTERS)) {
      yield group;
      [group, length] = [[], 0];
    }
    group.push(post);
    length += own;
  }
  if (group.length > 0) yield group;
}
