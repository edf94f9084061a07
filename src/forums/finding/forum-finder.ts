import { Injectable } from '@nestjs/common';
import type { QueryFilter, Types } from 'mongoose';
import { Clock, DAY } from '../../common/times/clock.js';
import type { PostThing } from '../../common/texts/forum/forum-query.js';
import { withoutQuoted } from '../../common/texts/forum/quote-marks.js';
import { tagToken } from '../../common/texts/forum/forum-tokens.js';
import { fromToken, hasToken } from '../../common/texts/search-words.js';
import { lengthOfBody } from '../../common/texts/within.js';
import type { TopicSummary } from '../../contracts/forums.js';
import { idOf, toIds } from '../../infra/mongo/ids.js';
import { type Place, type TokenSource, type TokenWalk, hasAll, walkTokens } from '../../infra/mongo/token-walk.js';
import { ForumTexts } from '../forum-texts.js';
import { inState } from '../lists/topic-filter.js';
import { withPoll } from '../polls/poll-rule.js';
import { PostsRepository } from '../posts.repository.js';
import { wholeText } from '../threads/thread-quote.js';
import { stateOf } from '../topic.js';
import type { TopicRow } from '../topic.schema.js';
import { type TopicFacts, TopicsRepository } from '../topics.repository.js';
import {
  type FoundPost,
  FoundRepository,
  type FoundTopic,
  type PostKeys,
  type TopicWords,
} from './found.repository.js';

/** What is looked for in the forum of a cohort. */
export interface ForumAsk {
  cohortId: string;
  /** The stems of each word. */
  words: readonly (readonly string[])[];
  /** Of anybody; null: of whoever. */
  authorIds: readonly string[] | null;
  /** All of them. */
  tags: readonly string[];
  states: readonly ('solved' | 'unanswered')[];
  /** What a post must have. */
  has: readonly PostThing[];
  /** What is left out: topics with any of these stems in title or question, by any of these authors, with any of these tags, in any of these states, with any of these things. */
  not: {
    stems: readonly string[];
    authorIds: readonly string[];
    tags: readonly string[];
    states: readonly ('solved' | 'unanswered')[];
    has: readonly PostThing[];
  };
  from: Date | null;
  before: Date | null;
  /** What the stems of a text do not tell: a phrase. */
  fits: ((text: string) => boolean) | null;
}

/** A topic or a post that was found. `number` is that of the post, null where the topic is meant. `text` is markdown with names in the place of ids. */
export interface ForumFound {
  /** Of what was found, for its place in the order. */
  id: string;
  at: string;
  topic: { id: string; title: string; tags: string[]; state: TopicSummary['state'] };
  number: number | null;
  authorId: string;
  text: string;
}

const ANYTHING = {
  ...{ words: [], authorIds: null, tags: [], states: [], has: [] },
  not: { stems: [], authorIds: [], tags: [], states: [], has: [] },
  ...{ from: null, before: null, fits: null },
} satisfies Omit<ForumAsk, 'cohortId'>;

/** A forum is slower than a chat, and of ten posts one begins a topic. */
const FIRST_POSTS = DAY;
const FIRST_TOPICS = 30 * DAY;
const USUAL_LENGTH = 2000;

/** Finds topics and posts of one cohort by their words, newest first. It checks nobody's rights. */
@Injectable()
export class ForumFinder {
  constructor(
    private readonly found: FoundRepository,
    private readonly topics: TopicsRepository,
    private readonly posts: PostsRepository,
    private readonly texts: ForumTexts,
    private readonly clock: Clock,
  ) {}

  /** Topics by their titles and tags. */
  async titles(ask: ForumAsk, after: Place | null, limit: number): Promise<TokenWalk<ForumFound>> {
    const groups = [...ask.words, ...ask.tags.map((tag) => [tagToken(tag)])];
    const { fits } = ask;
    const fitting = async (rows: readonly FoundTopic[]) =>
      await this.notLeftOut(fits ? rows.filter(({ title }) => fits(title)) : rows, ask);
    const isNarrow = fits !== null || leavesOut(ask);
    const walk = await this.walk(this.topicSource(ask, 'titleTokens'), ask, {
      ...{ groups, after, limit },
      fitting: isNarrow ? fitting : null,
    });
    return { ...walk, found: walk.found.map((topic) => foundOf(topic, topic, null, topic.excerpt)) };
  }

  /** Topics by what they ask, where their title says not all of it. */
  async questions(ask: ForumAsk, after: Place | null, limit: number): Promise<TokenWalk<ForumFound>> {
    const bodies = new Map<string, string>();
    const fitting = async (rows: readonly FoundTopic[]) => {
      const { fits } = ask;
      const having =
        ask.has.length > 0 ? await this.withThings(rows, ask.has) : rows.filter((row) => !isOfTitle(row, ask));
      const others = await this.notLeftOut(having, ask);
      if (!fits) return others;
      await this.readQuestions(others, bodies);
      return others.filter(({ _id, title }) => fits(`${title} ${bodies.get(String(_id)) ?? ''}`));
    };
    const walk = await this.walk(this.topicSource(ask, 'tokens'), ask, { groups: ask.words, after, limit, fitting });
    await this.readQuestions(
      walk.found.filter(({ _id }) => !bodies.has(String(_id))),
      bodies,
    );
    const texts = await this.texts.named(
      ask.cohortId,
      walk.found.map(({ _id }) => bodies.get(String(_id)) ?? ''),
    );
    return { ...walk, found: walk.found.map((topic, at) => foundOf(topic, topic, null, texts[at] ?? '')) };
  }

  /** Replies, in the topics that are asked for. */
  async replies(ask: ForumAsk, after: Place | null, limit: number): Promise<TokenWalk<ForumFound>> {
    const known = new Map<string, TopicFacts>();
    const groups = [
      ...ask.words,
      ...(ask.authorIds ? [ask.authorIds.map(fromToken)] : []),
      ...ask.has.map((thing) => [hasToken(thing)]),
    ];
    const isNarrow = ask.tags.length > 0 || ask.states.length > 0 || ask.fits !== null || leavesOut(ask);
    const fitting = async (rows: readonly FoundPost[]) => {
      await this.readTopics(rows, known);
      return rows.filter(({ topicId, authorId, body, tokens }) => {
        const topic = known.get(String(topicId));
        if (!topic || !isAsked(topic, ask) || isLeftOut(topic, authorId, ask)) return false;
        return (
          !ask.not.has.some((thing) => tokens.includes(hasToken(thing))) && (!ask.fits || ask.fits(withoutQuoted(body)))
        );
      });
    };
    const source = this.postSource(idOf(ask.cohortId));
    const walk = await this.walk(source, ask, { groups, after, limit, fitting: isNarrow ? fitting : null });
    await this.readTopics(walk.found, known);
    const texts = await this.texts.named(
      ask.cohortId,
      walk.found.map(({ body }) => body),
    );
    const found = walk.found.flatMap((post, at) => {
      const topic = known.get(String(post.topicId));
      return topic ? [foundOf(post, topic, post.number, texts[at] ?? '')] : [];
    });
    return { ...walk, found };
  }

  /** The latest topics that share any of some tokens with what is asked, in their titles or in all of it: so many of each. */
  async sharing(cohortId: string, tokens: readonly string[], most: number): Promise<FoundTopic[]> {
    const ask = { ...ANYTHING, cohortId };
    const how = { groups: [tokens], after: null, limit: most, fitting: null };
    const [titles, texts] = await Promise.all([
      this.walk(this.topicSource(ask, 'titleTokens'), ask, how),
      this.walk(this.topicSource(ask, 'tokens'), ask, how),
    ]);
    return [...new Map([...titles.found, ...texts.found].map((topic) => [String(topic._id), topic])).values()];
  }

  private async walk<Row extends { _id: Types.ObjectId; createdAt: Date }>(
    source: TokenSource<Row>,
    { from, before }: ForumAsk,
    {
      fitting,
      ...how
    }: {
      groups: readonly (readonly string[])[];
      after: Place | null;
      limit: number;
      fitting: ((rows: readonly Row[]) => Promise<readonly Row[]>) | null;
    },
  ): Promise<TokenWalk<Row>> {
    return await walkTokens(source, { ...how, from, before, ...(fitting && { fitting }) }, this.clock.now());
  }

  private topicSource(ask: ForumAsk, words: TopicWords): TokenSource<FoundTopic> {
    const cohortId = idOf(ask.cohortId);
    const only = onlyOf(ask);
    return {
      read: async (tokens, range, limit) => await this.found.topics(cohortId, { words, tokens, only }, range, limit),
      count: async (tokens, from, to, limit) =>
        await this.found.countTopics(cohortId, { words, tokens }, from, to, limit),
      isThere: () => true,
      tokensOf: (topic) => topic[words],
      // Where their questions are read, they count as long as those mostly are.
      lengthOf: () => (words === 'tokens' && ask.fits ? USUAL_LENGTH : 0),
      firstWindow: FIRST_TOPICS,
    };
  }

  private postSource(cohortId: Types.ObjectId): TokenSource<FoundPost> {
    return {
      read: async (tokens, range, limit) => await this.found.posts(cohortId, keysOf(tokens), range, limit),
      count: async (tokens, from, to, limit) => await this.found.countPosts(cohortId, keysOf(tokens), from, to, limit),
      isThere: () => true,
      tokensOf: ({ tokens, authorId }) => [...tokens, fromToken(String(authorId))],
      lengthOf: lengthOfBody,
      firstWindow: FIRST_POSTS,
    };
  }

  /** Without the topics that are left out, by their author, tags and state, and by what their question has. */
  private async notLeftOut(topics: readonly FoundTopic[], ask: ForumAsk): Promise<readonly FoundTopic[]> {
    const stems = new Set(ask.not.stems);
    const kept = topics.filter(
      (topic) => !isLeftOut(topic, topic.authorId, ask) && !topic.tokens.some((token) => stems.has(token)),
    );
    if (ask.not.has.length === 0) return kept;
    const having = await Promise.all(ask.not.has.map((thing) => this.withThings(kept, [thing])));
    const leftOut = new Set(having.flat());
    return kept.filter((topic) => !leftOut.has(topic));
  }

  private async withThings(topics: readonly FoundTopic[], things: readonly PostThing[]): Promise<FoundTopic[]> {
    const having = await this.found.having(
      things.map(hasToken),
      topics.map(({ questionId }) => questionId),
    );
    return topics.filter(({ questionId }) => having.has(String(questionId)));
  }

  private async readQuestions(topics: readonly TopicFacts[], bodies: Map<string, string>): Promise<void> {
    if (topics.length === 0) return;
    const questions = await this.posts.byIds(topics.map(({ questionId }) => questionId));
    for (const { topicId, body, quotes, poll } of questions)
      bodies.set(String(topicId), withPoll(wholeText(withoutQuoted(body ?? ''), quotes), poll));
  }

  private async readTopics(posts: readonly FoundPost[], known: Map<string, TopicFacts>): Promise<void> {
    const missing = [...new Set(posts.map(({ topicId }) => String(topicId)))].filter((id) => !known.has(id));
    if (missing.length === 0) return;
    for (const topic of await this.topics.byIds(toIds(missing))) known.set(String(topic._id), topic);
  }
}

const FROM = /^from:/;

/** Who wrote a post is no token of it: somebody's posts have an index of their own. */
function keysOf(tokens: readonly string[]): PostKeys {
  const isFrom = (token: string) => FROM.test(token);
  return {
    tokens: tokens.filter((token) => !isFrom(token)),
    authorIds: toIds(tokens.filter(isFrom).map((token) => token.replace(FROM, ''))),
  };
}

const onlyOf = ({ authorIds, tags, states }: ForumAsk): QueryFilter<TopicRow> => ({
  ...(authorIds && { authorId: { $in: toIds(authorIds) } }),
  ...(tags.length > 0 && { tags: { $all: [...tags] } }),
  ...(states.length > 0 && { $and: states.map(inState) }),
});

const isAsked = (topic: TopicFacts, { tags, states }: ForumAsk) =>
  tags.every((tag) => topic.tags.includes(tag)) && states.every((state) => stateOf(topic) === state);

const leavesOut = ({ not }: ForumAsk) => Object.values(not).some((some) => some.length > 0);

const isLeftOut = (topic: TopicFacts, authorId: Types.ObjectId, { not }: ForumAsk) =>
  not.authorIds.includes(String(authorId)) ||
  topic.tags.some((tag) => not.tags.includes(tag)) ||
  not.states.some((state) => stateOf(topic) === state);

/** Was it found by its title already? */
const isOfTitle = ({ titleTokens, title }: FoundTopic, { words, fits }: ForumAsk) =>
  hasAll(titleTokens, words) && (!fits || fits(title));

const foundOf = (
  { _id, createdAt, authorId }: Pick<FoundPost, '_id' | 'createdAt' | 'authorId'>,
  topic: TopicFacts,
  number: number | null,
  text: string,
): ForumFound => ({
  ...{ id: String(_id), at: createdAt.toISOString(), number, authorId: String(authorId), text },
  topic: { id: String(topic._id), title: topic.title, tags: topic.tags, state: stateOf(topic) },
});
