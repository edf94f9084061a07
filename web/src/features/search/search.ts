import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { SearchKind, SearchReply } from '../../../../src/contracts/search';
import { api } from '../../api/http';
import { useLocale } from '../../time/clock';

/** What the address of the page says. */
export interface SearchAddress {
  q?: string;
  in?: SearchKind;
  sort?: 'best';
}

/** The pages of what is found; asks nothing while nothing is asked for. */
export function useFoundPages({ q = '', in: kind, sort }: SearchAddress, asked: string) {
  const lang = useLocale();
  return useInfiniteQuery({
    queryKey: ['search', q, asked, kind ?? 'all', sort ?? 'newest', lang],
    queryFn: ({ pageParam, signal }) =>
      api.get<SearchReply>('/search', { query: { q: asked, in: kind, sort, lang, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    // What one may read changes: an answer of a while ago is not shown again.
    gcTime: 0,
    staleTime: 0,
    enabled: asked.trim() !== '',
  });
}
