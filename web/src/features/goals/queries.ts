import { type QueryClient, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Goal, GoalChanged, GoalReaders, ListedGoal } from '../../../../src/contracts/mentoring/goals';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useApplyEvents, useOnMissed } from '../../api/socket';
import type { Page } from '../../api/types';

/** Where the answers about goals are kept. */
export const goalKeys = {
  all: (cohortId: string) => keys.in(cohortId, 'goals'),
  one: (cohortId: string, id: string) => keys.in(cohortId, 'goals', 'one', id),
};

export const goalPath = (cohortId: string, id: string) => `/cohorts/${cohortId}/goals/${id}`;

/** In one answer. */
const MOST = 50;

/** Those that I may read, page by page, the latest set first. */
export function useGoals(cohortId: string, state: 'open' | 'ended') {
  return useInfiniteQuery({
    queryKey: [...goalKeys.all(cohortId), state],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<ListedGoal>>(`/cohorts/${cohortId}/goals`, {
        query: { state, limit: MOST, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
}

export function useGoal(cohortId: string, id: string) {
  return useQuery({
    queryKey: goalKeys.one(cohortId, id),
    queryFn: ({ signal }) => api.get<Goal>(goalPath(cohortId, id), { signal }),
  });
}

/** The open ones of those who meet in a session, as far as I read them. */
export function useSessionGoals(cohortId: string, sessionId: string) {
  return useQuery({
    queryKey: [...goalKeys.all(cohortId), 'session', sessionId],
    queryFn: ({ signal }) => api.get<Page<ListedGoal>>(`/cohorts/${cohortId}/sessions/${sessionId}/goals`, { signal }),
    select: (page) => page.items,
  });
}

/** Who would read a goal with that person; nothing is asked before somebody is chosen. */
export function useGoalReaders(cohortId: string, otherId: string | null) {
  return useQuery({
    queryKey: [...goalKeys.all(cohortId), 'readers', otherId],
    queryFn: ({ signal }) => api.get<GoalReaders>(`/cohorts/${cohortId}/goals/readers/${otherId ?? ''}`, { signal }),
    select: ({ audiences }) => audiences,
    enabled: otherId !== null,
  });
}

/** After an act of mine: what it answered goes in, and all that depends on it is asked again. */
export function keepGoal(client: QueryClient, goal: Goal): void {
  client.setQueryData(goalKeys.one(goal.cohortId, goal.id), goal);
  void client.invalidateQueries({ queryKey: goalKeys.all(goal.cohortId) });
}

const changed = (client: QueryClient, { cohortId }: GoalChanged): void =>
  void client.invalidateQueries({ queryKey: goalKeys.all(cohortId) });
const goalEvents = { 'goal.changed': changed };

/** Keeps what is shown of goals as it is: live, and after the line was down. */
export function useLiveGoals(cohortId: string): void {
  const client = useQueryClient();
  useApplyEvents(goalEvents);
  useOnMissed(() => void client.invalidateQueries({ queryKey: goalKeys.all(cohortId) }));
}
