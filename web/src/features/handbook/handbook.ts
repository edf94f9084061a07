import { keepPreviousData, useQuery, type QueryClient } from '@tanstack/react-query';
import type { HandbookHits } from '../../../../src/contracts/handbook/handbook-search';
import type { Handbook, HandbookPage, PageHistory } from '../../../../src/contracts/handbook/handbook';
import type { Locale } from '../../api/types';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { isCommons } from './where';

export const pathOf = (cohortId: string, pageId?: string) =>
  `${isCommons(cohortId) ? '/commons' : `/cohorts/${cohortId}`}/handbook${pageId === undefined ? '' : `/${pageId}`}`;

const treeKey = (cohortId: string) => keys.in(cohortId, 'handbook', 'tree');
const pageKey = (cohortId: string, pageId: string) => keys.in(cohortId, 'handbook', 'page', pageId);

/** All pages of a handbook, each before those below it. */
export function useHandbook(cohortId: string) {
  return useQuery({
    queryKey: treeKey(cohortId),
    queryFn: ({ signal }) => api.get<Handbook>(pathOf(cohortId), { signal }),
  });
}

export function useHandbookPage(cohortId: string, pageId: string) {
  return useQuery({
    queryKey: pageKey(cohortId, pageId),
    queryFn: ({ signal }) => api.get<HandbookPage>(pathOf(cohortId, pageId), { signal }),
  });
}

export function usePageHistory(cohortId: string, pageId: string) {
  return useQuery({
    queryKey: [...pageKey(cohortId, pageId), 'history'],
    queryFn: ({ signal }) => api.get<PageHistory>(`${pathOf(cohortId, pageId)}/history`, { signal }),
  });
}

/** Pages with these words, in whichever language. */
export function usePagesFound(cohortId: string, q: string, lang: Locale) {
  return useQuery({
    queryKey: keys.in(cohortId, 'handbook', 'found', q, lang),
    queryFn: ({ signal }) => api.get<HandbookHits>(`${pathOf(cohortId)}/search`, { query: { q, lang }, signal }),
    select: ({ items }) => items,
    enabled: q.length > 1,
    placeholderData: keepPreviousData,
  });
}

/** Everything of the handbook that is on screen is asked for again. */
export const askHandbookAgain = (client: QueryClient, { cohortId }: { cohortId: string }) =>
  void client.invalidateQueries({ queryKey: keys.in(cohortId, 'handbook') });

/** A page as an act left it; the tree may be another one, too. */
export function keepPage(client: QueryClient, cohortId: string, page: HandbookPage): void {
  client.setQueryData(pageKey(cohortId, page.id), page);
  askHandbookAgain(client, { cohortId });
}

export const handbookEvents = { 'handbook.changed': askHandbookAgain };
