import type { LinkedThing } from '../../../../src/contracts/bridges/link-cards';
import { MAX_CARDS } from '../../../../src/contracts/limits';

const NOT_SAID_HERE = /```[\s\S]*?(?:```|(?![\s\S]))|`[^`\n]*`|^ {0,3}>.*$/gm;
const MESSAGE = /^\/(?:c\/[0-9a-f]{24}\/)?chat\/([0-9a-f]{24})\?(?:[^#\s]*&)?message=([0-9a-f]{24})(?![0-9a-f])/i;
const THING = /^\/c\/([0-9a-f]{24})\/(forum|workshops|coaching\/sessions|people)\/([0-9a-f]{24})(?![0-9a-f/])/i;
const KINDS = { forum: 'topic', workshops: 'workshop', 'coaching/sessions': 'session', people: 'person' } as const;

/** The things of this installation that a text links to, at most 3, in its order; what is quoted or code is not linked by who writes it. */
export function linksIn(body: string, origin: string): LinkedThing[] {
  if (!body.includes(`${origin}/`)) return [];
  const [, ...parts] = body.replace(NOT_SAID_HERE, ' ').split(origin);
  const links = parts.flatMap((part) => thingOf(part) ?? []);
  return [...new Map(links.map((link) => [placeOf(link), link])).values()].slice(0, MAX_CARDS);
}

function thingOf(address: string): LinkedThing | null {
  const [, channelId, messageId] = MESSAGE.exec(address) ?? [];
  if (channelId && messageId)
    return { kind: 'message', channelId: channelId.toLowerCase(), messageId: messageId.toLowerCase() };
  const [, cohortId, room, id] = THING.exec(address) ?? [];
  if (!cohortId || !room || !id) return null;
  return {
    kind: KINDS[room.toLowerCase() as keyof typeof KINDS],
    cohortId: cohortId.toLowerCase(),
    id: id.toLowerCase(),
  };
}

/** Where a link leads, as one word. */
export const placeOf = (link: LinkedThing): string =>
  link.kind === 'message' ? `${link.channelId} ${link.messageId}` : `${link.cohortId} ${link.kind} ${link.id}`;
