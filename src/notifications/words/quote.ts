import type { People } from '../../auth/people.js';
import { excerptOf } from '../../common/markdown/excerpt.js';
import type { Locale } from '../../contracts/primitives.js';

const NAMED = /<@([0-9a-f]{24})>/gi;

/** How much of a post a notice quotes. */
export const FORUM_EXCERPT = 160;

/** How much of a message a notice quotes. */
export const CHAT_EXCERPT = 160;

/** The quote where no title says who wrote it, for a reader of a language; what is kept for readers of both is kept in English. */
export const withName = (by: string, excerpt: string, locale: Locale = 'en'): string =>
  by ? `${by}${locale === 'fr' ? '\u00a0:' : ':'} ${excerpt}` : excerpt;

/** A text, and who may be called by name in it. */
interface Quoted {
  body: string;
  mentions: readonly string[];
}

/**
 * The beginnings of some texts for notices, at most `most` characters each; those of `mentions` who are named in one by `<@id>` are called by name. An
 * id of anybody else tells no name. One query, however many they are.
 */
export async function quotesOf(people: People, texts: readonly Quoted[], most: number): Promise<string[]> {
  const known = await people.byId([...new Set(texts.flatMap((text) => namedIn(text).slice(0, most)))]);
  return texts.map(({ body, mentions }) =>
    excerptOf(
      body.replace(NAMED, (_, id: string) => {
        const named = id.toLowerCase();
        return `@${(mentions.includes(named) && known.get(named)?.name) || '…'}`;
      }),
      most,
    ),
  );
}

/** The same of one. */
export async function quoteOf(people: People, text: Quoted, most: number): Promise<string> {
  return (await quotesOf(people, [text], most))[0] ?? '';
}

const namedIn = ({ body, mentions }: Quoted): string[] =>
  [...body.matchAll(NAMED)].map(([, id = '']) => id.toLowerCase()).filter((id) => mentions.includes(id));
