import { useEffect, useEffectEvent } from 'react';
import { useFocused } from '../../../ui/page/useFocused';
import { useThreadState, useUpdateThread } from '../threads/threads';

/** A thread that is on screen in a window with the focus is read up to its last reply, `seq`; nobody else sees that. */
export function useThreadReading(channelId: string, threadId: string, seq: number | undefined) {
  const focused = useFocused();
  const state = useThreadState(channelId, threadId).data;
  const update = useUpdateThread(channelId, threadId);
  const isBehind = state?.following === true && seq !== undefined && (state.readSeq ?? 0) < seq;
  const read = useEffectEvent((upTo: number) => {
    // What is not told now is told with the next reply.
    update({ readSeq: upTo }).catch(() => undefined);
  });
  useEffect(() => {
    if (focused && isBehind) read(seq);
  }, [focused, isBehind, seq]);
}
