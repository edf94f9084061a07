import { useQuery } from '@tanstack/react-query';
import type { TopicSummary } from '../../../../src/contracts/forums';
import type { AddedMaterials, WorkshopMinutes } from '../../../../src/contracts/workshops/workshop-materials';
import type { Workshop } from '../../../../src/contracts/workshops/workshops';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import type { Page } from '../../api/types';
import { workshopKeys } from '../workshops/cache';

type Ref = Pick<Workshop, 'id' | 'cohortId'>;

export const pathOf = ({ cohortId, id }: Ref) => `/cohorts/${cohortId}/workshops/${id}`;

/** The files and links that hosts added. */
export function useMaterials(workshop: Ref) {
  return useQuery({
    queryKey: workshopKeys.materials(workshop.cohortId, workshop.id),
    queryFn: ({ signal }) => api.get<AddedMaterials>(`${pathOf(workshop)}/materials`, { signal }),
  });
}

export function useMinutes(workshop: Ref) {
  return useQuery({
    queryKey: workshopKeys.minutes(workshop.cohortId, workshop.id),
    queryFn: ({ signal }) => api.get<WorkshopMinutes>(`${pathOf(workshop)}/minutes`, { signal }),
  });
}

const MAX_TOPICS = 20;

/** Topics of the forum that follow it up, the latest first. */
export function useFollowUps({ cohortId, id }: Ref) {
  return useQuery({
    queryKey: keys.in(cohortId, 'topics', 'about', id),
    queryFn: ({ signal }) =>
      api.get<Page<TopicSummary>>(`/cohorts/${cohortId}/topics`, {
        query: { workshop: id, limit: MAX_TOPICS },
        signal,
      }),
    select: (page) => page.items,
  });
}
