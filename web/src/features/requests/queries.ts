import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  HelpRequest,
  Helpers,
  RequestBox,
  RequestChanged,
  RequestSummary,
} from '../../../../src/contracts/mentoring/requests';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useApplyEvents, useOnMissed } from '../../api/socket';
import type { Page } from '../../api/types';

/** Where the answers about requests are kept. */
export const requestKeys = {
  all: (cohortId: string) => keys.in(cohortId, 'requests'),
  one: (cohortId: string, id: string) => keys.in(cohortId, 'requests', 'one', id),
};

export const requestPath = (cohortId: string, id: string) => `/cohorts/${cohortId}/requests/${id}`;

/** A list of requests: the first 100, the longest wait first, or the latest answered. */
export function useRequests(cohortId: string, box: RequestBox, state: 'waiting' | 'answered', enabled = true) {
  return useQuery({
    queryKey: [...requestKeys.all(cohortId), box, state],
    queryFn: ({ signal }) =>
      api.get<Page<RequestSummary>>(`/cohorts/${cohortId}/requests`, { query: { box, state, limit: 100 }, signal }),
    select: (page) => page.items,
    enabled,
  });
}

export function useRequest(cohortId: string, id: string | undefined) {
  return useQuery({
    queryKey: requestKeys.one(cohortId, id ?? ''),
    queryFn: ({ signal }) => api.get<HelpRequest>(requestPath(cohortId, id ?? ''), { signal }),
    enabled: id !== undefined,
  });
}

/** Who else could help. */
export function useOthers(request: HelpRequest) {
  return useQuery({
    queryKey: [...requestKeys.one(request.cohortId, request.id), 'others', request.revision],
    queryFn: ({ signal }) => api.get<Helpers>(`${requestPath(request.cohortId, request.id)}/others`, { signal }),
    select: (page) => page.items,
  });
}

/** After an act of mine: what it answered goes in, and the lists are asked again. */
export function keepRequest(client: QueryClient, request: HelpRequest): void {
  client.setQueryData(requestKeys.one(request.cohortId, request.id), request);
  void client.invalidateQueries({ queryKey: requestKeys.all(request.cohortId) });
}

const changed = (client: QueryClient, { cohortId }: RequestChanged): void =>
  void client.invalidateQueries({ queryKey: requestKeys.all(cohortId) });
export const requestEvents = { 'request.changed': changed };

/** Keeps what is shown of requests as it is: live, and after the line was down. */
export function useLiveRequests(cohortId: string): void {
  const client = useQueryClient();
  useApplyEvents(requestEvents);
  useOnMissed(() => void client.invalidateQueries({ queryKey: requestKeys.all(cohortId) }));
}
