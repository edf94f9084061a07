import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Project } from '../../../../src/contracts/cohorts/cohorts';
import type { ProjectPlace } from '../../../../src/contracts/cohorts/places';
import type {
  Matching,
  MatchingOverview,
  PublishedTeams,
  SolveMatching,
} from '../../../../src/contracts/selection/matching';
import type {
  AcceptedProposals,
  AdoptedProposal,
  AdoptedProposals,
} from '../../../../src/contracts/selection/proposals';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { Problem } from '../../api/problem';

const pathOf = (cohortId: string, rest = '') => `/cohorts/${cohortId}/matching${rest}`;
const keyOf = (cohortId: string, ...rest: readonly unknown[]) => keys.in(cohortId, 'matching', ...rest);

/** Who is to be placed, where, and the versions. */
export function useOverview(cohortId: string) {
  return useQuery({
    queryKey: keyOf(cohortId, 'overview'),
    queryFn: ({ signal }) => api.get<MatchingOverview>(pathOf(cohortId), { signal }),
  });
}

/** A version with its teams. */
export function useMatching(cohortId: string, matchingId: string) {
  return useQuery({
    queryKey: keyOf(cohortId, 'one', matchingId),
    queryFn: ({ signal }) => api.get<Matching>(pathOf(cohortId, `/${encodeURIComponent(matchingId)}`), { signal }),
  });
}

/** The accepted proposals, and what each would become. */
export function useProposals(cohortId: string) {
  return useQuery({
    queryKey: keyOf(cohortId, 'proposals'),
    queryFn: ({ signal }) => api.get<AcceptedProposals>(pathOf(cohortId, '/proposals'), { signal }),
  });
}

const seeAnew = (client: QueryClient, cohortId: string) =>
  client.invalidateQueries({ queryKey: keys.cohort(cohortId) });

/** What staff do on the way to teams. */
export function useMatchingActs(cohortId: string) {
  const client = useQueryClient();
  return {
    adopt: async (projects: AdoptedProposal[]) => {
      const done = await api.post<AdoptedProposals>(pathOf(cohortId, '/projects'), { projects });
      await seeAnew(client, cohortId);
      return done;
    },
    setPlaces: async (projectId: string, places: ProjectPlace[]) => {
      await api.patch<Project>(`/cohorts/${cohortId}/projects/${projectId}`, { places });
      await seeAnew(client, cohortId);
    },
    openWishes: async (until: string | null) => {
      const overview = await api.put<MatchingOverview>(pathOf(cohortId, '/wishes'), { until });
      client.setQueryData(keyOf(cohortId, 'overview'), overview);
    },
    /** Only shown where it is a `dryRun`. */
    solve: async (body: SolveMatching) => {
      const made = await api.post<Matching>(pathOf(cohortId), body).catch(async (error: unknown) => {
        if (error instanceof Problem && error.code === 'changed_meanwhile')
          await client.invalidateQueries({ queryKey: keyOf(cohortId, 'overview') });
        throw error;
      });
      if (made.id !== null) {
        client.setQueryData(keyOf(cohortId, 'one', made.id), made);
        await client.invalidateQueries({ queryKey: keyOf(cohortId, 'overview') });
      }
      return made;
    },
    preview: async (matchingId: string) =>
      await api.post<PublishedTeams>(pathOf(cohortId, `/${matchingId}/publish`), { dryRun: true }),
    publish: async (matchingId: string) => {
      const done = await api.post<PublishedTeams>(pathOf(cohortId, `/${matchingId}/publish`), {});
      await seeAnew(client, cohortId);
      return done;
    },
  };
}
