import { keepPreviousData, type QueryClient, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ApplicationFile, ApplicationPage, ApplicationsQuery } from '../../../../src/contracts/calls/applications';
import type {
  AnswerApplicationMessages,
  ApplicationMessages,
  SettleApplicationMessages,
} from '../../../../src/contracts/calls/application-messages';
import type {
  DecideApplications,
  DecidedApplications,
  UndoneDecisions,
} from '../../../../src/contracts/calls/decisions';
import type { Call, Calls, EarlierCalls } from '../../../../src/contracts/calls/calls';
import type { CallFigures } from '../../../../src/contracts/calls/figures';
import { api } from '../../api/http';
import { keys } from '../../api/keys';

export const pathOf = (cohortId: string, callId?: string) =>
  `/cohorts/${cohortId}/calls${callId === undefined ? '' : `/${callId}`}`;

const listKey = (cohortId: string) => keys.in(cohortId, 'calls', 'list');
const callKey = (cohortId: string, callId: string) => keys.in(cohortId, 'calls', 'one', callId);
/** Of what was handed in to a call, and what became of it: anew after each decision. */
export const filesKey = (cohortId: string, callId: string, ...rest: readonly unknown[]) =>
  keys.in(cohortId, 'calls', 'files', callId, ...rest);

/** The calls of a cohort, the newest first. */
export function useCalls(cohortId: string) {
  return useQuery({
    queryKey: listKey(cohortId),
    queryFn: ({ signal }) => api.get<Calls>(pathOf(cohortId), { signal }),
  });
}

/** Calls of all my cohorts from which another one can begin. */
export function useEarlierCalls(cohortId: string) {
  return useQuery({
    queryKey: keys.in(cohortId, 'calls', 'earlier'),
    queryFn: ({ signal }) => api.get<EarlierCalls>(`${pathOf(cohortId)}/earlier`, { signal }),
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

/** What a call comes to in numbers. */
export function useFigures(cohortId: string, callId: string) {
  return useQuery({
    queryKey: filesKey(cohortId, callId, 'figures'),
    queryFn: ({ signal }) => api.get<CallFigures>(`${pathOf(cohortId, callId)}/figures`, { signal }),
  });
}

/** {@link useFigures} as lines for a spreadsheet. */
export const figuresAsFile = (cohortId: string, callId: string) =>
  api.get<string>(`${pathOf(cohortId, callId)}/figures.csv`);

/** What is asked of the table of files. */
export type FilesAsked = Partial<
  Pick<ApplicationsQuery, 'state' | 'q' | 'craft' | 'decision' | 'tag' | 'only' | 'sort'>
>;

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

/** Decides files, and undoes that while it is held. */
export function useDeciding(cohortId: string, callId: string) {
  const client = useQueryClient();
  const path = `${pathOf(cohortId, callId)}/decisions`;
  const seeAnew = () => void client.invalidateQueries({ queryKey: filesKey(cohortId, callId) });
  return {
    decide: async (body: DecideApplications) => {
      const done = await api.post<DecidedApplications>(path, body);
      seeAnew();
      return done;
    },
    undo: async (applicationIds: string[]) => {
      const done = await api.delete<UndoneDecisions>(path, { applicationIds });
      seeAnew();
      return done;
    },
  };
}

const messagesPath = (cohortId: string, callId: string, fileId: string) =>
  `${pathOf(cohortId, callId)}/applications/${encodeURIComponent(fileId)}/messages`;
const messagesKey = (cohortId: string, callId: string, fileId: string) =>
  filesKey(cohortId, callId, 'messages', fileId);

/** What was written about a file. */
export function useMessages(cohortId: string, callId: string, fileId: string) {
  return useQuery({
    queryKey: messagesKey(cohortId, callId, fileId),
    queryFn: ({ signal }) => api.get<ApplicationMessages>(messagesPath(cohortId, callId, fileId), { signal }),
  });
}

/** What staff do with the messages about a file: to write to who applies, or to say that nothing is to be answered. */
export function useAnswering(cohortId: string, callId: string, fileId: string) {
  const client = useQueryClient();
  const keep = (messages: ApplicationMessages) => {
    client.setQueryData(messagesKey(cohortId, callId, fileId), messages);
    // The table says who waits.
    void client.invalidateQueries({
      queryKey: filesKey(cohortId, callId),
      predicate: ({ queryKey }) => !queryKey.includes('messages'),
    });
  };
  const path = messagesPath(cohortId, callId, fileId);
  return {
    send: async (text: string, clientId: string, seen?: string) => {
      const body: AnswerApplicationMessages = { text, clientId, ...(seen !== undefined && { seen }) };
      keep(await api.post<ApplicationMessages>(path, body));
    },
    settle: async (seen: string) => {
      const body: SettleApplicationMessages = { seen };
      keep(await api.put<ApplicationMessages>(`${path}/answered`, body));
    },
  };
}
