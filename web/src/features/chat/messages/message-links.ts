/** Where a link to a message leads. */
export interface LinkedPlace {
  channelId: string;
  messageId: string;
}

/** So many of one message are shown beneath it. */
const MAX_SHOWN = 3;
const NOT_SAID_HERE = /```[\s\S]*?(?:```|(?![\s\S]))|`[^`\n]*`|^ {0,3}>.*$/gm;
const PLACE = /^\/(?:c\/[0-9a-f]{24}\/)?chat\/([0-9a-f]{24})\?(?:[^#\s]*&)?message=([0-9a-f]{24})(?![0-9a-f])/i;

/** Where a link to a workshop leads. */
export interface LinkedWorkshop {
  cohortId: string;
  workshopId: string;
}

const WORKSHOP = /^\/c\/([0-9a-f]{24})\/workshops\/([0-9a-f]{24})(?![0-9a-f/])/i;

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

/** The messages of this installation that a text links to, at most 3; what is quoted or code is not linked by who writes it. */
export function messageLinksIn(body: string, origin: string): LinkedPlace[] {
  const places = linksIn(body, origin, PLACE).map(([channelId, messageId]) => ({ channelId, messageId }));
  return distinct(places, ({ messageId }) => messageId);
}

/** The same for workshops. */
export function workshopLinksIn(body: string, origin: string): LinkedWorkshop[] {
  const places = linksIn(body, origin, WORKSHOP).map(([cohortId, workshopId]) => ({ cohortId, workshopId }));
  return distinct(places, ({ workshopId }) => workshopId);
}

/** The two ids in each address of this kind, in the order of the text. */
function linksIn(body: string, origin: string, address: RegExp): [string, string][] {
  if (!body.includes(`${origin}/`)) return [];
  const [, ...parts] = body.replace(NOT_SAID_HERE, ' ').split(origin);
  return parts.flatMap((part) => {
    const [, first, second] = address.exec(part) ?? [];
    return first && second ? [[first.toLowerCase(), second.toLowerCase()]] : [];
  });
}

const distinct = <Place>(places: readonly Place[], idOf: (place: Place) => string): Place[] =>
  [...new Map(places.map((place) => [idOf(place), place])).values()].slice(0, MAX_SHOWN);
