import type { HandbookPage, PageWords } from '../../../../../src/contracts/handbook/handbook';
import type { Locale } from '../../../api/types';
import { LANGUAGES } from '../shown';

/** What is typed of a page; a language without a title and a text is none. */
export type Typed = Record<Locale, PageWords>;

export const NOTHING: Typed = { en: { title: '', body: '' }, fr: { title: '', body: '' } };

/** A page as one goes on writing it. */
export const typedOf = ({ en, fr }: Pick<HandbookPage, Locale>): Typed => ({
  en: en ?? NOTHING.en,
  fr: fr ?? NOTHING.fr,
});

const isSame = (one: PageWords, other: PageWords) => one.title === other.title && one.body === other.body;

export const isSameTyped = (one: Typed, other: Typed): boolean =>
  LANGUAGES.every((language) => isSame(one[language], other[language]));

/** Null for a language in which nothing is said. */
export const seenOf = (typed: Typed): Record<Locale, PageWords | null> => ({
  ...{ en: isSame(typed.en, NOTHING.en) ? null : typed.en, fr: isSame(typed.fr, NOTHING.fr) ? null : typed.fr },
});

/** What is kept of it in the browser: what is typed, and what it began with. */
export interface Begun {
  typed: Typed;
  seen: Typed;
}

/** Null for what is not ours, or of another day. */
export function begunOf(text: string): Begun | null {
  try {
    const { typed, seen } = JSON.parse(text) as Begun;
    const isOurs = [typed, seen].every((one) => LANGUAGES.every((language) => typeof one[language].body === 'string'));
    return isOurs ? { typed, seen } : null;
  } catch {
    return null;
  }
}
