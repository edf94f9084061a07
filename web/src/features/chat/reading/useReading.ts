import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { ReadState } from '../../../../../src/contracts/chat/chat';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import { ask } from '../../../api/socket';
import type { ChannelSummary } from '../../../api/types';
import { type ChannelList, withRead } from '../../../shell/live';
import { useFocused } from '../../../ui/page/useFocused';

/** So long after the server could not take it, it is told again. */
const AGAIN_MS = 5000;

/**
 * Reads a channel: while its newest message is on screen in a window that has the focus, everything up to `rev` is read, here and on
 * the person's other devices. "Mark unread" stops that until the channel is opened again.
 */
export function useReading(channel: ChannelSummary | undefined, rev: number | undefined, atBottom: boolean) {
  const client = useQueryClient();
  const focused = useFocused();
  const [held, setHeld] = useState(false);
  const [failed, setFailed] = useState(false);
  const told = useRef(0);
  const channelId = channel?.id;
  // The list shows it as read before the server has taken it.
  const isBehind = failed || (channel !== undefined && (channel.unread > 0 || channel.mentions > 0));

  useEffect(() => {
    if (!channelId || rev === undefined || !isBehind || !focused || !atBottom || held || told.current >= rev) return;
    told.current = rev;
    setFailed(false);
    client.setQueryData<ChannelList>(keys.channels, (list) => {
      const next = list && withRead(list, channelId, rev);
      return next === 'ask' ? list : next;
    });
    ask('channel:read', { channelId, seq: rev }).catch(() => {
      told.current = 0;
      setTimeout(() => setFailed(true), AGAIN_MS);
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
