import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Channel, Message } from '../../../../../src/contracts/chat/chat';
import { useEvent } from '../../../api/socket';
import { fetchMessage, fetchPiece, heldChannel, useChannelState } from '../channel-client';

/** Where the list of messages begins: at the first new one, at the end, or at a message by its place. */
export type Start = 'new' | 'end' | { seq: number };

interface Opened {
  start: Start;
  /** Rises when the list begins somewhere else. */
  round: number;
}

interface Wishes {
  /** The message of the address. */
  linked: string | undefined;
  /** The message of the address is a reply: its thread is shown. */
  onReply: (rootId: string) => void;
  /** There is no such message. */
  onMissing: (error: unknown) => void;
  /** Whether a message comes while nobody looks at the end of the channel. */
  isAway: (message: Message) => boolean;
}

/**
 * Opens a channel where reading goes on, or at the message of the address; what is held already is shown at once. `newAfter` is where
 * the "new" line stands: what came while the reader was away is under it.
 */
export function useOpened(
  channelId: string,
  { unread, readSeq }: Pick<Channel, 'unread' | 'readSeq'>,
  { linked, onReply, onMissing, isAway }: Wishes,
) {
  const state = useChannelState(channelId);
  const [newAfter, setNewAfter] = useState(unread > 0 ? readSeq : null);
  const place = newAfter === null ? null : newAfter + 1;
  const begins: Start = newAfter === null ? 'end' : 'new';
  const [opened, setOpened] = useState<Opened | null>(() =>
    !linked && isHeld(channelId, place) ? { start: begins, round: 0 } : null,
  );
  const [failure, setFailure] = useState<unknown>(null);
  const last = useRef<() => Promise<void>>(undefined);

  const begin = (start: Start) => setOpened((before) => ({ start, round: before ? before.round + 1 : 0 }));
  const show = async (start: Start, around: number | null) => {
    await hold(channelId, around);
    begin(start);
  };
  const toMessage = async (messageId: string) => {
    try {
      const message = await fetchMessage(channelId, messageId);
      const root = message.threadId ? await fetchMessage(channelId, message.threadId) : message;
      if (message.threadId) onReply(message.threadId);
      await show({ seq: root.seq }, root.seq);
    } catch (error) {
      onMissing(error);
      if (!opened) await toNew();
    }
  };
  const toNew = () => show(begins, place);
  const tried = async (way: () => Promise<void>) => {
    last.current = way;
    try {
      await way();
      setFailure(null);
    } catch (error) {
      setFailure(error);
      // What was read before is better than nothing.
      if (!opened && heldChannel(channelId)) begin(begins);
    }
  };

  const first = useEffectEvent(() => {
    if (linked) void tried(() => toMessage(linked));
    else if (!opened) void tried(toNew);
  });
  useEffect(() => queueMicrotask(first), [linked]);
  useEvent('message.created', (message) => {
    if (message.channelId === channelId && message.threadId === null && isAway(message)) setNewAfter(readSeq);
  });

  return {
    state,
    opened,
    newAfter,
    setNewAfter,
    failure,
    retry: () => void (last.current && tried(last.current)),
    toEnd: () => void tried(() => show('end', null)),
    toNew: () => void tried(toNew),
    toMessage: (messageId: string) => void tried(() => toMessage(messageId)),
  };
}

/** Whether the place (null: the end) is in the piece that this browser holds. */
function isHeld(channelId: string, place: number | null): boolean {
  const held = heldChannel(channelId);
  if (!held) return false;
  return place === null ? held.to === Infinity : held.from <= place && held.to >= place;
}

/** Fetches the piece of the channel with this place, unless it is held. */
async function hold(channelId: string, place: number | null): Promise<void> {
  if (isHeld(channelId, place)) return;
  const take = await fetchPiece(channelId, place);
  take();
}
