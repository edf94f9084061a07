import type { QueryKey, UseQueryOptions } from '@tanstack/react-query';
import type { LinkCard, LinkCards, LinkedThing } from '../../../../src/contracts/bridges/link-cards';
import type { Message } from '../../../../src/contracts/chat/chat';
import { MAX_LINKS } from '../../../../src/contracts/limits';
import type { Workshop } from '../../../../src/contracts/workshops/workshops';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { Problem } from '../../api/problem';
import { queryClient } from '../../api/query';
import { onEvent } from '../../api/socket';
import { workshopKeys } from '../workshops/cache';
import { isNear } from '../workshops/queries';
import { linksIn, placeOf } from './links';

interface Asked {
  link: LinkedThing;
  card: Promise<LinkCard | null>;
  answer: (card: LinkCard | null) => void;
  refuse: (error: unknown) => void;
}

/** Links of one page that are drawn together are asked for together. */
const TOGETHER_MS = 20;

let waiting = new Map<string, Asked>();

/** What a link shows to me; null: nothing. */
function askFor(link: LinkedThing): Promise<LinkCard | null> {
  const known = waiting.get(placeOf(link));
  if (known) return known.card;
  if (waiting.size === 0) setTimeout(askAll, TOGETHER_MS);
  const { promise: card, resolve: answer, reject: refuse } = Promise.withResolvers<LinkCard | null>();
  waiting.set(placeOf(link), { link, card, answer, refuse });
  return card;
}

function askAll(): void {
  const all = [...waiting.values()];
  waiting = new Map();
  for (let from = 0; from < all.length; from += MAX_LINKS) void askSome(all.slice(from, from + MAX_LINKS));
}

async function askSome(asked: readonly Asked[]): Promise<void> {
  try {
    const { items } = await api.post<LinkCards>('/link-cards', { links: asked.map(({ link }) => link) });
    asked.forEach(({ answer }, at) => answer(items[at] ?? null));
  } catch (error) {
    asked.forEach(({ refuse }) => refuse(error));
  }
}

const keyOfCard = (link: LinkedThing): QueryKey =>
  link.kind === 'message'
    ? ['cards', 'message', link.channelId, link.messageId]
    : keys.in(link.cohortId, 'cards', link.kind, link.id);

/** How a card is kept. */
export const cardQuery = (link: LinkedThing) =>
  ({ queryKey: keyOfCard(link), queryFn: () => askFor(link) }) satisfies UseQueryOptions<LinkCard | null>;

/** A workshop is kept where all of it is, so that whoever joins on its card has joined everywhere. */
export const workshopQuery = (link: Extract<LinkedThing, { cohortId: string }>) =>
  ({
    queryKey: workshopKeys.one(link.cohortId, link.id),
    queryFn: async () => {
      const card = await askFor(link);
      if (card?.kind !== 'workshop') throw new Problem(404, 'not_found');
      return card.workshop;
    },
    refetchInterval: ({ state: { data } }) => (data && isNear(data) ? 60_000 : false),
  }) satisfies UseQueryOptions<Workshop>;

/** So long a page waits for its cards: with a slow line they come after it. */
const PATIENCE_MS = 800;

/** Asks for all cards of some texts, so that they are there when these are drawn and nothing moves. */
export async function bringCards(texts: readonly string[]): Promise<void> {
  const links = texts.flatMap((text) => linksIn(text, window.location.origin));
  const coming = links.map((link) =>
    link.kind === 'workshop'
      ? queryClient.query({ ...workshopQuery(link), staleTime: 'static' })
      : queryClient.query({ ...cardQuery(link), staleTime: 'static' }),
  );
  await Promise.race([Promise.allSettled(coming), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
}

const renew = (...queryKey: QueryKey) => void queryClient.invalidateQueries({ queryKey });

const changed = ({ channelId, id }: Message) => renew('cards', 'message', channelId, id);
onEvent('message.updated', changed);
onEvent('message.deleted', changed);
// Who comes into a channel sees more, who is taken out sees nothing, and its name may be another.
for (const name of ['channel.changed', 'channel.added', 'channel.removed'] as const)
  onEvent(name, ({ channelId }) => renew('cards', 'message', channelId));
for (const name of ['topic.changed', 'post.created'] as const)
  onEvent(name, ({ cohortId, topicId }) => renew(...keys.in(cohortId, 'cards', 'topic', topicId)));
onEvent('session.changed', ({ cohortId, sessionId }) => renew(...keys.in(cohortId, 'cards', 'session', sessionId)));

/** All that may have changed while the line was down. */
export const renewAll = () =>
  void queryClient.invalidateQueries({
    predicate: ({ queryKey }) => queryKey[0] === 'cards' || queryKey[2] === 'cards',
  });
