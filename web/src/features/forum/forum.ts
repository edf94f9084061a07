import { useInfiniteQuery, useQuery, type QueryClient } from '@tanstack/react-query';
import type { Post, Topic, TopicCounts, TopicSummary, TopicsQuery } from '../../../../src/contracts/forums';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import type { Page } from '../../api/types';
import { toTokens } from '../chat/messages/mentions';

/** What the list is narrowed to: the search of the address. */
export interface TopicFilter {
  tab?: 'unanswered' | 'solved' | 'mine' | undefined;
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

const queryOf = ({ tab, q, tag, sort }: TopicFilter) => ({
  q: q || undefined,
  tag,
  sort,
  ...(tab === 'mine' ? { mine: 'true' } : { state: tab }),
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

export function useTopicCounts(cohortId: string) {
  return useQuery({
    queryKey: keys.in(cohortId, 'topics', 'counts'),
    queryFn: ({ signal }) => api.get<TopicCounts>(`/cohorts/${cohortId}/topics/counts`, { signal }),
  });
}

export const postsKey = (cohortId: string, topicId: string) => keys.in(cohortId, 'topics', 'posts', topicId);

export function useTopic(cohortId: string, topicId: string) {
  return useQuery({
    queryKey: keys.topic(cohortId, topicId),
    queryFn: ({ signal }) => api.get<Topic>(`/cohorts/${cohortId}/topics/${topicId}`, { signal }),
  });
}

/** The posts of a topic, the question among them. */
export function usePosts(cohortId: string, topicId: string) {
  return useInfiniteQuery({
    queryKey: postsKey(cohortId, topicId),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Post>>(`/cohorts/${cohortId}/topics/${topicId}/posts`, {
        query: { limit: 50, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
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

export const forumEvents = { 'topic.changed': askForumAgain, 'post.created': askForumAgain };

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

/** The way back: who was named in the post before stays named. */
export const typedToTokens = (typed: string, mentions: Post['mentions']): string =>
  toTokens(
    typed,
    mentions.filter((person) => person.name !== ''),
  );

/** A post as a quotation, then room for the answer. */
export const quoted = ({ body, mentions }: Pick<Post, 'body' | 'mentions'>) =>
  `${tokensToTyped(body ?? '', mentions)
    .trim()
    .replace(/^/gm, '> ')}\n\n`;
