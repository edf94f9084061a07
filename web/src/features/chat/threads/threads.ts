import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ThreadState, UpdateThread, WaitingThreads } from '../../../../../src/contracts/chat/chat';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';

const pathOf = (channelId: string, threadId: string) => `/channels/${channelId}/messages/${threadId}/thread`;
const keyOf = (threadId: string) => [...keys.threads, threadId] as const;

/** My standing with a thread; the socket says when it changes (live.ts). */
export function useThreadState(channelId: string, threadId: string) {
  return useQuery({
    queryKey: keyOf(threadId),
    queryFn: () => api.get<ThreadState>(pathOf(channelId, threadId)),
  });
}

/** Follows a thread or not, or reads it on. */
export function useUpdateThread(channelId: string, threadId: string) {
  const client = useQueryClient();
  return async (change: UpdateThread): Promise<void> => {
    const state = await api.put<ThreadState>(pathOf(channelId, threadId), change);
    client.setQueryData(keyOf(threadId), state);
    await askWaiting(client);
  };
}

/** The threads with replies for me, by channel. */
export function useWaitingThreads() {
  return useQuery({
    queryKey: keys.waitingThreads,
    queryFn: () => api.get<WaitingThreads>('/threads/waiting'),
    staleTime: 60_000,
  });
}

const askWaiting = (client: QueryClient) => client.invalidateQueries({ queryKey: keys.waitingThreads });
