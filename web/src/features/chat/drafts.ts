const keyOf = (channelId: string, threadId: string | null) =>
  `cordee-draft:${channelId}${threadId ? `:${threadId}` : ''}`;

/** What was typed and not sent, kept in this browser by channel and thread. */
export const readDraft = (channelId: string, threadId: string | null): string =>
  localStorage.getItem(keyOf(channelId, threadId)) ?? '';

export function keepDraft(channelId: string, threadId: string | null, text: string): void {
  if (text === '') localStorage.removeItem(keyOf(channelId, threadId));
  else localStorage.setItem(keyOf(channelId, threadId), text);
}
