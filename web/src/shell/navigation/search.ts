import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { TopicSummary } from '../../../../src/contracts/forums';
import type { WorkshopList } from '../../../../src/contracts/workshops/workshops';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import type { Page } from '../../api/types';

const PAUSE_MS = 200;
const MAX_FOUND = 5;

/** Workshops (those to come first) and topics of a cohort with these words; asked when the typing pauses. */
export function useThingsFound(cohortId: string, q: string) {
  const [asked] = useDebouncedValue(q.trim(), PAUSE_MS);
  const base = `/cohorts/${cohortId}`;
  const { data } = useQuery({
    queryKey: keys.in(cohortId, 'found', asked),
    queryFn: async ({ signal }) => {
      const query = { q: asked, limit: MAX_FOUND };
      const [coming, past, topics] = await Promise.all([
        api.get<WorkshopList>(`${base}/workshops`, { query, signal }),
        api.get<WorkshopList>(`${base}/workshops`, { query: { ...query, when: 'past' }, signal }),
        api.get<Page<TopicSummary>>(`${base}/topics`, { query, signal }),
      ]);
      return { workshops: [...coming.items, ...past.items].slice(0, MAX_FOUND), topics: topics.items };
    },
    placeholderData: keepPreviousData,
    enabled: cohortId !== '' && asked.length > 1,
  });
  return q.trim().length > 1 && data ? data : { workshops: [], topics: [] };
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
