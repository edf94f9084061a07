import { type InfiniteData, useInfiniteQuery, useQuery, type QueryClient } from '@tanstack/react-query';
import type { Post, Topic, TopicCounts, TopicRead, TopicSummary, TopicsQuery } from '../../../../src/contracts/forums';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import type { Page } from '../../api/types';

/** What the list is narrowed to: the search of the address. */
export interface TopicFilter {
  tab?: 'fresh' | 'unanswered' | 'solved' | 'mine' | 'bookmarks' | undefined;
  q?: string;
  tag?: string;
  sort?: TopicsQuery['sort'] | undefined;
}

const HOUR = 3_600_000;

/** How urgent an unanswered topic is: after 48 hours it is nudged, after 96 it is late. `now` in ms. */
export function waitTone(createdAt: string, now: number): 'wait' | 'alert' | undefined {
  const hours = (now - Date.parse(createdAt)) / HOUR;
  if (hours >= 96) return 'alert';
  return hours >= 48 ? 'wait' : undefined;
}

/** An age in its largest two parts: days and hours, or hours, or minutes. `now` in ms. */
export function ageOf(createdAt: string, now: number): { days: number; hours: number; minutes: number } {
  const minutes = Math.max(0, Math.floor((now - Date.parse(createdAt)) / 60_000));
  return { days: Math.floor(minutes / 1440), hours: Math.floor(minutes / 60) % 24, minutes: minutes % 60 };
}

function queryOfTab(tab: TopicFilter['tab']) {
  if (tab === 'mine') return { mine: 'true' };
  if (tab === 'bookmarks') return {};
  return tab === 'fresh' ? { list: tab } : { state: tab };
}

const queryOf = ({ tab, tag, sort }: TopicFilter) => ({
  tag,
  sort,
  ...queryOfTab(tab),
});

/** Topics page by page. */
export function useTopics(cohortId: string, filter: TopicFilter, limit = 30) {
  return useInfiniteQuery({
    queryKey: keys.in(cohortId, 'topics', 'list', filter, limit),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<TopicSummary>>(`/cohorts/${cohortId}/topics`, {
        query: { ...queryOf(filter), limit, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
}

const countsKey = (cohortId: string) => keys.in(cohortId, 'topics', 'counts');

export function useTopicCounts(cohortId: string, enabled = true) {
  return useQuery({
    enabled,
    queryKey: countsKey(cohortId),
    queryFn: ({ signal }) => api.get<TopicCounts>(`/cohorts/${cohortId}/topics/counts`, { signal }),
  });
}

/** Posts come with the cards of what they link to, so that nothing moves once they are there. Without cards the links stay links. */
async function withCards(posts: readonly Post[]): Promise<void> {
  const texts = posts.flatMap(({ body }) => (body?.includes(`${window.location.origin}/`) ? body : []));
  if (texts.length === 0) return;
  await import('../cards/bring').then(({ bringCards }) => bringCards(texts)).catch(() => undefined);
}

export const postsKey = (cohortId: string, topicId: string) => keys.in(cohortId, 'topics', 'posts', topicId);

export function useTopic(cohortId: string, topicId: string) {
  return useQuery({
    queryKey: keys.topic(cohortId, topicId),
    queryFn: async ({ signal }) => {
      const topic = await api.get<Topic>(`/cohorts/${cohortId}/topics/${topicId}`, { signal });
      await withCards(topic.answer ? [topic.question, topic.answer] : [topic.question]);
      return topic;
    },
  });
}

interface Part {
  from?: number;
  before?: number;
  cursor?: string;
}

/** The posts of a topic from a number on (1: the question, too), and those before it once they are asked for. */
export function usePosts(cohortId: string, topicId: string, from: number) {
  const first: Part = { from };
  return useInfiniteQuery({
    queryKey: [...postsKey(cohortId, topicId), from],
    queryFn: async ({ pageParam, signal }) => {
      const query = { limit: 50, ...pageParam };
      const page = await api.get<Page<Post>>(`/cohorts/${cohortId}/topics/${topicId}/posts`, { query, signal });
      await withCards(page.items);
      return page;
    },
    initialPageParam: first,
    getNextPageParam: ({ nextCursor }) => (nextCursor === null ? undefined : { cursor: nextCursor }),
    getPreviousPageParam: ({ items }) => {
      const before = items[0]?.number ?? from;
      return before > 1 ? { before } : undefined;
    },
  });
}

/** Topics like some words, the most alike first. */
export function useSimilar(cohortId: string, title: string) {
  const asked = title.trim();
  return useQuery({
    queryKey: keys.in(cohortId, 'topics', 'similar', asked),
    queryFn: ({ signal }) =>
      api.get<Page<TopicSummary>>(`/cohorts/${cohortId}/topics/similar`, { query: { title: asked }, signal }),
    select: (page) => page.items,
    enabled: asked.length >= 4,
    placeholderData: (before) => before,
  });
}

/** Everything of the forum that is on screen is asked for again: its answers are small and carry an ETag. */
export const askForumAgain = (client: QueryClient, { cohortId }: { cohortId: string }) =>
  void client.invalidateQueries({ queryKey: keys.in(cohortId, 'topics') });

type TopicPages = InfiniteData<Page<TopicSummary>>;

/** How far I have read a topic, wherever it is on screen; what is known already and further stands. Lists that depend on it are asked for again. */
export function applyRead(
  client: QueryClient,
  { cohortId, topicId, readNumber, unread, subscription }: TopicRead,
): void {
  const read = <T extends TopicSummary>(topic: T): T =>
    topic.id === topicId && topic.readNumber <= readNumber ? { ...topic, readNumber, unread } : topic;
  // Reading tracks what one had no level for. Any other level in it may be older than what one has chosen meanwhile.
  const follows = (topic: Topic) =>
    topic.subscription === 'normal' && subscription === 'tracking' ? subscription : topic.subscription;
  client.setQueryData<Topic>(
    keys.topic(cohortId, topicId),
    (topic) => topic && { ...read(topic), subscription: follows(topic) },
  );
  client.setQueriesData<TopicPages>(
    { queryKey: keys.in(cohortId, 'topics', 'list') },
    (pages) => pages && { ...pages, pages: pages.pages.map((page) => ({ ...page, items: page.items.map(read) })) },
  );
  void client.invalidateQueries({ queryKey: countsKey(cohortId) });
  const tab = 'fresh' satisfies TopicFilter['tab'];
  void client.invalidateQueries({ queryKey: keys.in(cohortId, 'topics', 'list', { tab }) });
}

/** So long no more is asked for after an event: many of them come together where many are at work. */
const CALM_MS = 2000;
const calm = new Map<string, 'quiet' | 'again'>();

/** What others did is asked for at once, and what they do right after that together. */
function askForumSoon(client: QueryClient, { cohortId }: { cohortId: string }): void {
  if (calm.has(cohortId)) {
    calm.set(cohortId, 'again');
    return;
  }
  calm.set(cohortId, 'quiet');
  askForumAgain(client, { cohortId });
  setTimeout(() => {
    const isMore = calm.get(cohortId) === 'again';
    calm.delete(cohortId);
    if (isMore) askForumSoon(client, { cohortId });
  }, CALM_MS);
}

export const forumEvents = { 'topic.changed': askForumSoon, 'post.created': askForumSoon, 'topic.read': applyRead };

/** A text with each `<@userId>` as a link to the person, for the page only. */
export const withMentions = (body: string, mentions: Post['mentions'], cohortId: string): string =>
  replaceNamed(body, mentions, ({ id, name }) => `[@${name.replace(/[[\]\\]/g, '')}](/c/${cohortId}/people/${id})`);

function replaceNamed(body: string, mentions: Post['mentions'], say: (person: Post['author']) => string): string {
  const people = new Map(mentions.filter((person) => person.name !== '').map((person) => [person.id, person]));
  return body.replace(/<@([0-9a-f]{24})>/gi, (token, id: string) => {
    const person = people.get(id.toLowerCase());
    return person ? say(person) : token;
  });
}

/** A text as one types it: names for the ids of those it names. */
export const tokensToTyped = (body: string, mentions: Post['mentions']): string =>
  replaceNamed(body, mentions, (person) => `@${person.name}`);

type QuotingPost = Pick<Post, 'body' | 'mentions' | 'quoted' | 'topicId'>;

const QUOTE_MARK = /^([ \t>]*>[ \t]*)<#([0-9a-f]{24})>[ \t]*$/gim;

/** A post as one types it: names for ids, and the posts that it quotes by number and name. */
export function typedPost({ body, mentions, quoted: posts, topicId }: QuotingPost): string {
  const byId = new Map(posts.map((one) => [one.id, one]));
  return tokensToTyped(body ?? '', mentions).replace(QUOTE_MARK, (mark, quote: string, id: string) => {
    const post = byId.get(id.toLowerCase());
    return post?.topicId === topicId ? `${quote}${typedMark(post)}` : mark;
  });
}

/** How a quotation begins as one types it: `<#3 Zoé>`. */
const typedMark = ({ number, author }: Pick<Post, 'number' | 'author'>) =>
  `<#${number}${author.name && ` ${author.name.replace(/[<>\n]/g, '')}`}>`;

/** A post's text for the page: who it names and what it quotes as links, each to its person or post. `gone` stands for a post that is not there any more. */
export function shownPost(post: QuotingPost, cohortId: string, gone: string): string {
  const byId = new Map(post.quoted.map((one) => [one.id, one]));
  return withMentions(post.body ?? '', post.mentions, cohortId).replace(QUOTE_MARK, (_, quote: string, id: string) => {
    const one = byId.get(id.toLowerCase());
    if (!one) return `${quote}*${gone}*`;
    const name = one.author.name.replace(/[[\]\\]/g, '') || `#${one.number}`;
    return `${quote}[${name} ↩](/c/${cohortId}/forum/${one.topicId}#post-${one.number})`;
  });
}

/** What is typed, for a preview: a quotation under the name of who is quoted. */
export const shownTyped = (body: string): string =>
  body.replace(/^([ \t>]*>[ \t]*)<#\d+ ([^<>\n]+)>[ \t]*$/gm, '$1**$2**');

/** A post as a quotation under its mark, then room for the answer. What it quotes itself is not carried along. */
export function quoted(post: Pick<Post, 'body' | 'mentions' | 'number' | 'author'>): string {
  const words = tokensToTyped(post.body ?? '', post.mentions)
    .replace(/^[ \t]*>.*$/gm, '')
    .trim();
  const lines =
    words === ''
      ? tokensToTyped(post.body ?? '', post.mentions)
          .replace(QUOTE_MARK, '$1')
          .trim()
      : words;
  return `> ${typedMark(post)}\n>\n${lines.replace(/\n{3,}/g, '\n\n').replace(/^/gm, '> ')}\n\n`;
}
