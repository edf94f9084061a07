import type { PageEditedMeanwhile, PageTitles, PageWords } from '../contracts/handbook/handbook.js';
import type { Locale } from '../contracts/primitives.js';
import { ANY, withStems } from '../common/texts/search-words.js';
import { mergedText, wholeOf } from '../forums/wiki/merging.js';

/** The languages of a page, in the order in which they are shown. */
export const LANGUAGES: readonly Locale[] = ['en', 'fr'];

/** What a page says in both languages. */
export type InBoth = Readonly<Record<Locale, PageWords | null>>;

/** What both changed of one language, each otherwise. */
export type WordsConflict = NonNullable<PageEditedMeanwhile['conflicts'][Locale]>;

type Titled = { [language in Locale]?: { title: string } | null };

/** Its title in each language. */
export const titlesOf = ({ en, fr }: Titled): PageTitles => ({
  ...{ en: en?.title ?? null, fr: fr?.title ?? null },
});

const NOTHING: PageWords = { title: '', body: '' };

/** Words without a title are none. */
export const wordsOf = (words: PageWords | null | undefined): PageWords | null =>
  words && words.title !== '' ? { title: words.title, body: words.body } : null;

/** Do they say the same? */
export const isSame = (one: PageWords | null, other: PageWords | null): boolean =>
  one?.title === other?.title && one?.body === other?.body;

/** The words of somebody with those that others wrote since they began with `seen`: both together, or what is to be settled. Pure. */
export function mergedWords(
  mine: PageWords | null,
  seen: PageWords | null,
  theirs: PageWords | null,
): { words: PageWords | null } | { conflict: WordsConflict } {
  if (isSame(mine, theirs) || isSame(seen, theirs)) return { words: mine };
  if (isSame(seen, mine)) return { words: theirs };
  const [own, base, other] = [mine ?? NOTHING, seen ?? NOTHING, theirs ?? NOTHING];
  const title = mergedTitle(own.title, base.title, other.title);
  const pieces = mergedText(own.body, base.body, other.body);
  const body = wholeOf(pieces);
  // Who takes a language away takes nothing of what others added to it.
  if (title === null || body === null || (title === '' && body !== ''))
    return { conflict: { title: title ? null : { mine: own.title, theirs: other.title }, pieces } };
  return { words: wordsOf({ title, body }) };
}

function mergedTitle(mine: string, seen: string, theirs: string): string | null {
  if (mine === theirs || seen === theirs) return mine;
  return seen === mine ? theirs : null;
}

/** What a page is found by, in whichever language. */
export const pageTokens = ({ en, fr }: InBoth): string[] =>
  withStems([ANY], [en?.title ?? '', fr?.title ?? '', en?.body ?? '', fr?.body ?? '']);

/** What the words of a page take. */
export const bytesOfWords = ({ en, fr }: InBoth): number =>
  [en, fr].reduce((sum, words) => sum + Buffer.byteLength(words ? words.title + words.body : ''), 0);
