import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { HandbookHits } from '../../../../src/contracts/handbook/handbook-search';
import type { CommonsTopicSummary } from '../../../../src/contracts/commons/commons';
import type { TopicSummary } from '../../../../src/contracts/forums';
import type { WorkshopList } from '../../../../src/contracts/workshops/workshops';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import type { Page } from '../../api/types';
import { useLocale } from '../../time/clock';

const PAUSE_MS = 200;
const MAX_FOUND = 5;

/** Workshops (those to come first), topics and pages of the handbook of a cohort with these words, and topics and pages of the commons; asked when the typing pauses. */
export function useThingsFound(cohortId: string, q: string) {
  const [asked] = useDebouncedValue(q.trim(), PAUSE_MS);
  const lang = useLocale();
  const base = `/cohorts/${cohortId}`;
  const { data } = useQuery({
    queryKey: keys.in(cohortId, 'found', asked, lang),
    queryFn: async ({ signal }) => {
      const query = { q: asked, limit: MAX_FOUND };
      const [coming, past, topics, pages, commons, commonsPages] = await Promise.all([
        api.get<WorkshopList>(`${base}/workshops`, { query, signal }),
        api.get<WorkshopList>(`${base}/workshops`, { query: { ...query, when: 'past' }, signal }),
        api.get<Page<TopicSummary>>(`${base}/topics`, { query, signal }),
        api.get<HandbookHits>(`${base}/handbook/search`, { query: { q: asked, lang }, signal }),
        // What is of no cohort takes nothing of the cohort along.
        api.get<Page<CommonsTopicSummary>>('/commons/topics', { query, signal }).catch(() => ({ items: [] })),
        api
          .get<HandbookHits>('/commons/handbook/search', { query: { q: asked, lang }, signal })
          .catch(() => ({ items: [] })),
      ]);
      return {
        workshops: [...coming.items, ...past.items].slice(0, MAX_FOUND),
        topics: topics.items,
        pages: pages.items.slice(0, MAX_FOUND),
        commons: commons.items,
        commonsPages: commonsPages.items.slice(0, MAX_FOUND),
      };
    },
    placeholderData: keepPreviousData,
    enabled: cohortId !== '' && asked.length > 1,
  });
  return q.trim().length > 1 && data ? data : { workshops: [], topics: [], pages: [], commons: [], commonsPages: [] };
}

const MINUTES_5 = 5 * 60_000;

/** Whether I may propose a workshop here; undefined until it is known. */
export function useMayPropose(cohortId: string): boolean | undefined {
  const { data } = useQuery({
    queryKey: keys.in(cohortId, 'workshops', 'may-propose'),
    queryFn: ({ signal }) => api.get<WorkshopList>(`/cohorts/${cohortId}/workshops`, { query: { limit: 1 }, signal }),
    select: (list) => list.abilities.propose,
    staleTime: MINUTES_5,
    enabled: cohortId !== '',
  });
  return data;
}
