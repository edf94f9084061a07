import { tagToken } from '../../common/texts/forum/forum-tokens.js';
import { isSmall, stemsOf, wordsIn } from '../../common/texts/search-words.js';

/** Other words for a tag, as the staff of a cohort gave them. */
export interface TagWords {
  tag: string;
  words: readonly string[];
}

/** What is asked for: any of these tokens says that a topic is about it. */
export type Meaning = readonly string[];

const MAX_MEANINGS = 10;
const SHORTEST = 4;

/**
 * What a title that is being typed asks for: each word that says something, in any form, and each tag that it names, by the tag's own words or by others that were given for
 * it. Those of four letters or more say something, and those that are written in capitals or with digits; the longest first.
 */
export function meaningsOf(title: string, tags: readonly TagWords[]): Meaning[] {
  const read = wordsIn(title).filter(({ word }) => !isSmall(word));
  const telling = read.filter(({ word, from, to }) => word.length >= SHORTEST || isAcronym(title.slice(from, to)));
  const stems = new Set(read.flatMap(({ word }) => stemsOf(word)));
  const named = tags.filter(({ tag, words }) => [tag, ...words].some((name) => isNamed(name, stems)));
  const byWord = [...new Map(telling.map(({ word }) => [word, stemsOf(word)])).entries()]
    .sort(([a], [b]) => b.length - a.length)
    .map(([, forms]) => forms);
  const byTag = named.map(({ tag, words }) => [tagToken(tag), ...stemsOfAll(words)]);
  return [...byTag, ...byWord].slice(0, MAX_MEANINGS);
}

/** How alike a topic is to what is asked for: in how much of it the two agree, its title and tags counting double. */
export function likeness(
  { tokens, titleTokens }: { tokens: readonly string[]; titleTokens: readonly string[] },
  asked: readonly Meaning[],
): number {
  return 2 * agreeing(asked, titleTokens) + agreeing(asked, tokens);
}

/** How many meanings some tokens have. */
export function agreeing(asked: readonly Meaning[], tokens: readonly string[]): number {
  const all = new Set(tokens);
  return asked.filter((meaning) => meaning.some((token) => all.has(token))).length;
}

const isAcronym = (typed: string) => typed.length > 1 && (/\p{N}/u.test(typed) || typed === typed.toUpperCase());

/** Are all words of a name among some stems? */
function isNamed(name: string, stems: ReadonlySet<string>): boolean {
  const words = wordsIn(name);
  return words.length > 0 && words.every(({ word }) => stemsOf(word).some((stem) => stems.has(stem)));
}

/** Only of names of one word: a word of several may stand in any title. */
const stemsOfAll = (names: readonly string[]) =>
  names.flatMap((name) => {
    const [word, ...others] = wordsIn(name);
    return word && others.length === 0 ? stemsOf(word.word) : [];
  });
