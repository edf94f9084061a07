import type { InBothLanguages } from '../../../../src/contracts/forum/rules';
import type { Locale } from '../../api/types';

const OTHER = { en: 'fr', fr: 'en' } as const;

/** Both languages, one of them first. */
export const languagesFrom = (first: Locale): [Locale, Locale] => [first, OTHER[first]];

/** The language in which a text is shown: the one that is asked for, or the other where there is none in it. */
export const shownIn = (texts: InBothLanguages, asked: Locale): Locale => (texts[asked] === '' ? OTHER[asked] : asked);

/** A text in a language, or in the other where there is none. */
export const textIn = (texts: InBothLanguages, asked: Locale): string => texts[shownIn(texts, asked)];
