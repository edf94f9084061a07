import type { ParsedQuery } from '../common/texts/search-query.js';
import { isSmall, stemsOf, wordsIn } from '../common/texts/search-words.js';

/** A word asked for and what it is found by. */
export interface Term {
  word: string;
  stems: readonly string[];
}

/** The words of a query, read. `phrases` are runs of folded words that must follow each other. */
export interface Wanted {
  terms: Term[];
  phrases: string[][];
  /** Small words, when nothing else was asked for: they must stand there, too. */
  small: string[];
}

const MAX_TERMS = 12;

/** What of a query concerns texts. */
export function wantedOf({ words, phrases }: Pick<ParsedQuery, 'words' | 'phrases'>): Wanted {
  const runs = phrases.map((phrase) => wordsIn(phrase).map(({ word }) => word)).filter((run) => run.length > 0);
  const all = [...new Set([...words.flatMap((one) => wordsIn(one).map(({ word }) => word)), ...runs.flat()])];
  const telling = all.filter((word) => !isSmall(word)).slice(0, MAX_TERMS);
  return {
    terms: telling.map((word) => ({ word, stems: stemsOf(word) })),
    phrases: runs,
    small: telling.length === 0 && runs.length === 0 ? all.slice(0, MAX_TERMS) : [],
  };
}

/** Asks for no text at all. */
export const isBlank = ({ terms, phrases, small }: Wanted) =>
  terms.length === 0 && phrases.length === 0 && small.length === 0;

/** Whether tokens alone do not tell: a phrase, or small words that have none. */
export const needsText = ({ phrases, small }: Wanted) => phrases.length > 0 || small.length > 0;

/** Does the text hold the phrases and small words? */
export function fitsText(text: string, { phrases, small }: Wanted): boolean {
  const words = wordsIn(text).map(({ word }) => word);
  const has = new Set(words);
  return small.every((word) => has.has(word)) && phrases.every((run) => indexOfRun(words, run, 0) !== -1);
}

/** Where a run of words begins among others, at or after a place; -1 for nowhere. */
export function indexOfRun(words: readonly string[], run: readonly string[], after: number): number {
  for (let at = after; at + run.length <= words.length; at += 1)
    if (run.every((word, index) => words[at + index] === word)) return at;
  return -1;
}

/** How a folded word of a list begins that may be a form of this term: for an index of whole words. */
export function beginningOf({ word, stems }: Term): string {
  return stems.reduce((common, stem) => common.slice(0, sharedLength(common, stem)), word);
}

function sharedLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

/** Is one of these folded words a form of the term? */
export function hasForm(words: readonly string[], { word, stems }: Term): boolean {
  return words.some((one) => one === word || stemsOf(one).some((stem) => stems.includes(stem)));
}
