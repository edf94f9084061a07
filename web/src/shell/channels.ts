import { useQuery } from '@tanstack/react-query';
import { api } from '../api/http';
import { keys } from '../api/keys';
import type { ChannelList } from './live';

/** All my channels with their counts; the socket keeps them true (live.ts). */
export function useChannels() {
  return useQuery({
    queryKey: keys.channels,
    queryFn: () => api.get<ChannelList>('/channels'),
    select: (list) => list.items.filter((channel) => !channel.archived),
    staleTime: 60_000,
  });
}
