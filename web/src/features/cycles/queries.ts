import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ClosingNote, Cycle, CycleChanged } from '../../../../src/contracts/mentoring/cycles';
import type { SessionChanged } from '../../../../src/contracts/mentoring/mentoring';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useApplyEvents, useOnMissed } from '../../api/socket';
import type { Page } from '../../api/types';

/** Where the answers about cycles are kept. */
export const cycleKeys = {
  all: (cohortId: string) => keys.in(cohortId, 'cycles'),
  one: (cohortId: string, id: string) => keys.in(cohortId, 'cycles', 'one', id),
  note: (cohortId: string, id: string) => keys.in(cohortId, 'cycles', 'one', id, 'note'),
};

export const cyclePath = (cohortId: string, id: string) => `/cohorts/${cohortId}/cycles/${id}`;

const MOST = 100;

/** My cycles, all of the cohort for staff: the first 100, the latest start first. */
export function useCycles(cohortId: string, state: 'open' | 'ended', enabled = true) {
  return useQuery({
    queryKey: [...cycleKeys.all(cohortId), state],
    queryFn: ({ signal }) =>
      api.get<Page<Cycle>>(`/cohorts/${cohortId}/cycles`, { query: { state, limit: MOST }, signal }),
    select: (page) => page.items,
    enabled,
  });
}

export function useCycle(cohortId: string, id: string) {
  return useQuery({
    queryKey: cycleKeys.one(cohortId, id),
    queryFn: ({ signal }) => api.get<Cycle>(cyclePath(cohortId, id), { signal }),
  });
}

/** Its closing note, or the readers that one would have. */
export function useClosingNote({ cohortId, id }: Cycle) {
  return useQuery({
    queryKey: cycleKeys.note(cohortId, id),
    queryFn: ({ signal }) => api.get<ClosingNote>(`${cyclePath(cohortId, id)}/note`, { signal }),
  });
}

/** After an act of mine: what it answered goes in, and all that depends on it is asked again. */
export function keepCycle(client: QueryClient, cycle: Cycle): void {
  client.setQueryData(cycleKeys.one(cycle.cohortId, cycle.id), cycle);
  void client.invalidateQueries({ queryKey: cycleKeys.all(cycle.cohortId) });
}

/** Sessions make a cycle what it is: both are asked again. */
const changed = (client: QueryClient, { cohortId }: CycleChanged | SessionChanged): void =>
  void client.invalidateQueries({ queryKey: cycleKeys.all(cohortId) });
export const cycleEvents = { 'cycle.changed': changed, 'session.changed': changed };

/** Keeps what is shown of cycles as it is: live, and after the line was down. */
export function useLiveCycles(cohortId: string): void {
  const client = useQueryClient();
  useApplyEvents(cycleEvents);
  useOnMissed(() => void client.invalidateQueries({ queryKey: cycleKeys.all(cohortId) }));
}
