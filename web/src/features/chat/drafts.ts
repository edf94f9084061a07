import { keys } from '../../api/keys';
import { queryClient } from '../../api/query';
import type { Me } from '../../api/types';

/** Where one writes: a channel, or a thread in it. */
export const placeOf = (channelId: string, threadId: string | null) => `${channelId}${threadId ? `:${threadId}` : ''}`;

/** By person too: another one who signs in here must not find what was begun. */
const keyOf = (channelId: string, threadId: string | null) => {
  const myId = queryClient.getQueryData<Me>(keys.me)?.id ?? '';
  return `cordee-draft:${myId}:${placeOf(channelId, threadId)}`;
};

/** What was typed and not sent, kept in this browser by channel and thread. */
export function readDraft(channelId: string, threadId: string | null): string {
  try {
    return localStorage.getItem(keyOf(channelId, threadId)) ?? '';
  } catch {
    return '';
  }
}

/** A full or closed store costs the draft, never the typing. */
export function keepDraft(channelId: string, threadId: string | null, text: string): void {
  try {
    if (text === '') localStorage.removeItem(keyOf(channelId, threadId));
    else localStorage.setItem(keyOf(channelId, threadId), text);
  } catch {
    // nothing to do: the text is still in the field
  }
}
