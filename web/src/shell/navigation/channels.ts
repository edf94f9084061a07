import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import type { ChannelSummary } from '../../api/types';
import { comeBackAs, leaveChannel, leftChannels, outNow } from '../../api/left';
import { queryClient } from '../../api/query';
import { type ChannelList, fresher } from '../live';

/** Events that came while the list was on its way are in the cache, and not in the answer. */
export async function fetchChannels(): Promise<ChannelList> {
  const before = queryClient.getQueryData<ChannelList>(keys.channels);
  const out = outNow();
  const fetched = await api.get<ChannelList>('/channels');
  // What is there no more I was taken out of while no event could say so.
  const ids = new Set(fetched.items.map(({ id }) => id));
  for (const channel of before?.items ?? []) if (!ids.has(channel.id)) leaveChannel(channel);
  comeBackAs(out, [...ids]);
  const held = queryClient.getQueryData<ChannelList>(keys.channels);
  return fresher(held, { ...fetched, items: fetched.items.filter(({ id }) => !leftChannels.get().has(id)) });
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

/** The messages of a channel that are for me: mentions, and of a conversation all, unless it is muted. */
export const loudOf = ({
  kind,
  muted,
  unread,
  mentions,
}: Pick<ChannelSummary, 'kind' | 'muted' | 'unread' | 'mentions'>) => (kind === 'direct' && !muted ? unread : mentions);
