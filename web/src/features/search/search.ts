import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { fold } from '../../../../src/common/texts/fold';
import { parseQuery } from '../../../../src/common/texts/search-query';
import type { SearchKind, SearchReply } from '../../../../src/contracts/search';
import { api } from '../../api/http';
import type { ChannelSummary } from '../../api/types';

/** What the address of the page says. */
export interface SearchAddress {
  q?: string;
  in?: SearchKind;
  sort?: 'best';
}

/** The pages of what is found; asks nothing while nothing is asked for. */
export function useFoundPages({ q = '', in: kind, sort }: SearchAddress, asked: string) {
  return useInfiniteQuery({
    queryKey: ['search', q, asked, kind ?? 'all', sort ?? 'newest'],
    queryFn: ({ pageParam, signal }) =>
      api.get<SearchReply>('/search', { query: { q: asked, in: kind, sort, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    // What one may read changes: an answer of a while ago is not shown again.
    gcTime: 0,
    staleTime: 0,
    enabled: asked.trim() !== '',
  });
}

/** A channel with the name that this reader sees. */
export interface NamedChannel {
  channel: Pick<ChannelSummary, 'id'>;
  name: string;
}

/**
 * What the server is asked: channels by their id where `in:` is the name that is on screen. Some names are translated, so only the
 * browser knows them.
 */
export function askedFor(q: string, channels: readonly NamedChannel[]): string {
  let asked = q;
  for (const filter of parseQuery(q).filters.toReversed()) {
    if (filter.kind !== 'in') continue;
    const name = fold(filter.value.replace(/^[#@]/, ''));
    const named = channels.filter((one) => fold(one.name) === name);
    if (named.length > 0)
      asked =
        asked.slice(0, filter.from) +
        named.map(({ channel }) => `${filter.isNot ? '-' : ''}in:${channel.id}`).join(' ') +
        asked.slice(filter.to);
  }
  return asked;
}

/** The text with an example of an operator at its end, without its value where one is to be typed. */
export function withHint(q: string, hint: string): string {
  const start = hint.startsWith('"') ? '""' : hint.startsWith('-') ? '-' : hint.slice(0, hint.indexOf(':') + 1);
  return `${q.trimEnd()}${q.trim() === '' ? '' : ' '}${start}`;
}
