import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { MoveWaiting, UpdateWaitingList, WaitingList } from '../../../../src/contracts/calls/places';
import { api } from '../../api/http';
import { filesKey, pathOf } from './queries';

/** The waiting list of a call, and what staff do with it. */
export function useWaitingList(cohortId: string, callId: string) {
  const client = useQueryClient();
  const queryKey = filesKey(cohortId, callId, 'waiting-list');
  const path = `${pathOf(cohortId, callId)}/waiting-list`;
  const query = useQuery({ queryKey, queryFn: ({ signal }) => api.get<WaitingList>(path, { signal }) });
  const keep = (list: WaitingList) => void client.setQueryData(queryKey, list);
  return {
    query,
    set: async (isOffering: boolean) => {
      const body: UpdateWaitingList = { isOffering };
      keep(await api.patch<WaitingList>(path, body));
    },
    move: async ({ id, before }: MoveWaiting & { id: string }) =>
      keep(await api.put<WaitingList>(`${path}/${encodeURIComponent(id)}`, { before })),
    again: () => void client.invalidateQueries({ queryKey }),
  };
}
