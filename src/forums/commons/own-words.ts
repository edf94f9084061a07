import { withoutQuotations } from '../../common/texts/forum/own-words.js';
import type { Staying } from '../../contracts/commons/commons.js';
import type { PostRow } from '../post.schema.js';

/** What of a post is known when one asks whose words it has. */
export type AskedPost = Pick<PostRow, 'authorId' | 'body' | 'wiki' | 'edition' | 'attachments' | 'poll' | 'quotes'>;

const NOTHING_OWN = /^[\s>…]*$/;

/** The words of its author alone: what it quotes is `…`, by a mark or typed by hand, since whose words these are is not known. Empty where there are none. */
export function ownWordsOf(body: string | null | undefined): string {
  const own = withoutQuotations(body ?? '');
  return NOTHING_OWN.test(own) ? '' : own;
}

/** What stays where it was written. */
export function stayingOf({ body, attachments, poll, quotes }: AskedPost): Staying[] {
  const hasQuotes = (quotes?.length ?? 0) > 0 || ownWordsOf(body) !== (body ?? '');
  return [
    ...((attachments?.length ?? 0) > 0 ? (['files'] as const) : []),
    ...(poll ? (['poll'] as const) : []),
    ...(hasQuotes ? (['quotes'] as const) : []),
  ];
}

/** Did anybody else write in it? Also where that cannot be known any more: of a post with many versions only some are kept. `byIds` wrote those. */
export function isMixed({ authorId, wiki, edition }: AskedPost, byIds: readonly { toString: () => string }[]): boolean {
  if (wiki) return true;
  const writers = [...byIds, ...(edition ? [edition.byId] : [])];
  return writers.some((id) => String(id) !== String(authorId)) || byIds.length < (edition?.number ?? 1) - 1;
}
