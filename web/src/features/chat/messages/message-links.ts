/** Where a link to a message leads. */
export interface LinkedPlace {
  channelId: string;
  messageId: string;
}

/** The address of a message. */
export function addressOf(origin: string, cohortId: string | null, { channelId, messageId }: LinkedPlace): string {
  return `${origin}${cohortId ? `/c/${cohortId}` : ''}/chat/${channelId}?message=${messageId}`;
}

/** The address of a message of the channel on screen. */
export const addressHere = (messageId: string) =>
  `${window.location.origin}${window.location.pathname}?message=${messageId}`;

/** Words in the way of a quote, which leads back to where they were said. */
export function quoted(words: string, { by, address }: { by: string; address: string }): string {
  return `${words.replace(/^/gm, '> ')}\n> — [${by.replace(/[[\]\\]/g, '')}](${address})\n\n`;
}
