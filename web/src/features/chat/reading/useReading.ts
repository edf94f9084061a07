import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { ReadState } from '../../../../../src/contracts/chat/chat';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import { ask } from '../../../api/socket';
import type { ChannelSummary } from '../../../api/types';
import { type ChannelList, withRead } from '../../../shell/live';
import { useFocused } from '../../../ui/page/useFocused';

/**
 * Reads a channel: while its newest message is on screen in a window that has the focus, everything up to `rev` is read, here and on
 * the person's other devices. "Mark unread" stops that until the channel is opened again.
 */
export function useReading(channel: ChannelSummary | undefined, rev: number | undefined, atBottom: boolean) {
  const client = useQueryClient();
  const focused = useFocused();
  const [held, setHeld] = useState(false);
  const told = useRef(0);
  const channelId = channel?.id;
  const isBehind = channel !== undefined && (channel.unread > 0 || channel.mentions > 0);

  useEffect(() => {
    if (!channelId || rev === undefined || !isBehind || !focused || !atBottom || held || told.current >= rev) return;
    told.current = rev;
    client.setQueryData<ChannelList>(keys.channels, (list) => {
      const next = list && withRead(list, channelId, rev);
      return next === 'ask' ? list : next;
    });
    ask('channel:read', { channelId, seq: rev }).catch(() => {
      // Not told: the next look at the channel tells it.
      told.current = 0;
    });
  }, [channelId, rev, isBehind, focused, atBottom, held, client]);

  /** From this message on the channel is unread again. */
  const markUnread = async (seq: number) => {
    if (!channelId) return;
    setHeld(true);
    told.current = 0;
    await api.put<ReadState>(`/channels/${channelId}/read`, { seq: seq - 1 });
    await client.invalidateQueries({ queryKey: keys.channels, exact: true });
  };
  return { markUnread };
}
