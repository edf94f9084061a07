import { keepPreviousData, type QueryClient, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ApplicationFile, ApplicationPage, ApplicationsQuery } from '../../../../src/contracts/calls/applications';
import type { Call, Calls } from '../../../../src/contracts/calls/calls';
import { api } from '../../api/http';
import { keys } from '../../api/keys';

export const pathOf = (cohortId: string, callId?: string) =>
  `/cohorts/${cohortId}/calls${callId === undefined ? '' : `/${callId}`}`;

const listKey = (cohortId: string) => keys.in(cohortId, 'calls', 'list');
const callKey = (cohortId: string, callId: string) => keys.in(cohortId, 'calls', 'one', callId);
const filesKey = (cohortId: string, callId: string, ...rest: readonly unknown[]) =>
  keys.in(cohortId, 'calls', 'files', callId, ...rest);

/** The calls of a cohort, the newest first. */
export function useCalls(cohortId: string) {
  return useQuery({
    queryKey: listKey(cohortId),
    queryFn: ({ signal }) => api.get<Calls>(pathOf(cohortId), { signal }),
  });
}

export function useCall(cohortId: string, callId: string) {
  return useQuery({
    queryKey: callKey(cohortId, callId),
    queryFn: ({ signal }) => api.get<Call>(pathOf(cohortId, callId), { signal }),
  });
}

/** A call as an act left it; the list says some of it, too. */
export function keepCall(client: QueryClient, cohortId: string, call: Call): void {
  client.setQueryData(callKey(cohortId, call.id), call);
  void client.invalidateQueries({ queryKey: listKey(cohortId) });
}

/** What is asked of the table of files. */
export type FilesAsked = Partial<Pick<ApplicationsQuery, 'state' | 'q' | 'craft' | 'sort'>>;

/** What was handed in, page by page. */
export function useFiles(cohortId: string, callId: string, asked: FilesAsked) {
  return useInfiniteQuery({
    queryKey: filesKey(cohortId, callId, asked),
    queryFn: ({ pageParam, signal }) =>
      api.get<ApplicationPage>(`${pathOf(cohortId, callId)}/applications`, {
        query: { ...asked, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });
}

export function useFile(cohortId: string, callId: string, fileId: string) {
  return useQuery({
    queryKey: filesKey(cohortId, callId, 'one', fileId),
    queryFn: ({ signal }) =>
      api.get<ApplicationFile>(`${pathOf(cohortId, callId)}/applications/${encodeURIComponent(fileId)}`, { signal }),
  });
}
