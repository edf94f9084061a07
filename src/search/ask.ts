import { Problem } from '../common/problem.js';
import { fold } from '../common/texts/fold.js';
import type { QueryFilter, QueryText } from '../common/texts/search-query.js';
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
  /** What holds any of these is left out. */
  not: { terms: Term[]; phrases: string[][] };
}

const MAX_TERMS = 12;
/** More than anybody types; as many as fit where the page writes ids of channels for their names. */
const MAX_OF_KIND = 10;

/** What of a query concerns texts. */
export function wantedOf({ words, phrases, not }: QueryText & { not?: QueryText }): Wanted {
  const runs = runsOf(phrases);
  const all = [...new Set([...wordsOf(words), ...runs.flat()])];
  const terms = termsOf(all);
  const small = terms.length === 0 && runs.length === 0 ? all.slice(0, MAX_TERMS) : [];
  const leftOut = {
    terms: termsOf(wordsOf(not?.words ?? [])),
    phrases: runsOf(not?.phrases ?? []).slice(0, MAX_TERMS),
  };
  return { terms, phrases: runs, small, not: leftOut };
}

const wordsOf = (texts: readonly string[]) => texts.flatMap((one) => wordsIn(one).map(({ word }) => word));

const runsOf = (phrases: readonly string[]) =>
  phrases.map((phrase) => wordsIn(phrase).map(({ word }) => word)).filter((run) => run.length > 0);

/** Those that tell something apart. */
const termsOf = (words: readonly string[]): Term[] =>
  [...new Set(words)]
    .filter((word) => !isSmall(word))
    .slice(0, MAX_TERMS)
    .map((word) => ({ word, stems: stemsOf(word) }));

/** Filters that were typed twice, once. */
export function distinctFilters<Kind extends string>(filters: readonly QueryFilter<Kind>[]): QueryFilter<Kind>[] {
  const said = filters.map(({ kind, value, isNot }) => `${isNot ? '-' : ''}${kind}:${fold(value.trim())}`);
  return filters.filter((_, at) => said.indexOf(said[at] ?? '') === at);
}

/** Throws 422 `too_many_filters` beyond ten of a kind. */
export function mustBeFew(filters: readonly { kind: string }[]): void {
  const kinds = filters.map(({ kind }) => kind);
  if (kinds.every((kind) => kinds.filter((one) => one === kind).length <= MAX_OF_KIND)) return;
  throw new Problem(422, 'too_many_filters', 'At most ten filters of a kind.', { most: MAX_OF_KIND });
}

/** Asks for no text at all. */
export const isBlank = ({ terms, phrases, small }: Wanted) =>
  terms.length === 0 && phrases.length === 0 && small.length === 0;

/** Whether tokens alone do not tell: a phrase, small words that have none, or what must not stand there. */
export const needsText = ({ phrases, small, not }: Wanted) =>
  [phrases, small, not.terms, not.phrases].some((asked) => asked.length > 0);

/** Does the text hold the phrases and small words, and nothing that is left out? */
export function fitsText(text: string, { phrases, small, not }: Wanted): boolean {
  const words = wordsIn(text).map(({ word }) => word);
  const has = new Set(words);
  const hasRun = (run: readonly string[]) => indexOfRun(words, run, 0) !== -1;
  const isThere = small.every((word) => has.has(word)) && phrases.every(hasRun);
  return isThere && !not.phrases.some(hasRun) && !hasAny(words, not.terms);
}

/** Is one of these folded words a form of any of the terms? */
export const hasAny = (words: readonly string[], terms: readonly Term[]): boolean =>
  terms.some((term) => hasForm(words, term));

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
