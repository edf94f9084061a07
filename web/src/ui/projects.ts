import { useQuery } from '@tanstack/react-query';
import type { Project } from '../../../src/contracts/cohorts/cohorts';
import { api } from '../api/http';
import { keys } from '../api/keys';
import type { Page } from '../api/types';

/** All projects of a cohort by name (a cohort has some dozens; the API gives at most 200 at once). */
export function useProjects(cohortId: string) {
  return useQuery({
    queryKey: keys.in(cohortId, 'projects', 'all'),
    queryFn: ({ signal }) => api.get<Page<Project>>(`/cohorts/${cohortId}/projects`, { query: { limit: 200 }, signal }),
    select: (page) => page.items,
  });
}
