import { useQuery } from '@tanstack/react-query';
import { api } from '../api/http';
import { keys } from '../api/keys';
import { queryClient } from '../api/query';
import { type ChannelList, fresher } from './live';

/** Events that came while the list was on its way are in the cache, and not in the answer. */
async function fetchChannels(): Promise<ChannelList> {
  const fetched = await api.get<ChannelList>('/channels');
  return fresher(queryClient.getQueryData<ChannelList>(keys.channels), fetched);
}

/** All my channels with their counts; the socket keeps them true (live.ts). */
export function useChannels() {
  return useQuery({
    queryKey: keys.channels,
    queryFn: fetchChannels,
    select: (list) => list.items.filter((channel) => !channel.archived),
    staleTime: 60_000,
  });
}
