import { stemsOf, wordsIn } from '../../common/texts/search-words.js';
import type { PageWords } from '../../contracts/handbook/handbook.js';
import type { Locale } from '../../contracts/primitives.js';
import { LANGUAGES } from '../../handbook/page-words.js';
import { type Wanted, fitsText } from '../ask.js';
import { plainOf, scoreOf } from '../marking.js';

/** A word of the title tells more of a page than one of its text. */
const TITLE_COUNTS = 3;

/** A page with its texts. */
export type PageTexts = Partial<Record<Locale, PageWords | null>>;

/** The texts of a page in a row: what it takes to read it. */
export const textOf = ({ en, fr }: PageTexts): string => `${en?.body ?? ''}${fr?.body ?? ''}`;

/** What a page says in one language, in plain words. */
export interface Fitting {
  language: Locale;
  title: string;
  text: string;
  score: number;
}

/** What a page says in the language that is asked for, where all that is looked for is there, else in the other. */
export function bestOf(row: PageTexts, lang: Locale, wanted: Wanted): Fitting | undefined {
  if (hasLeftOut(row, wanted)) return undefined;
  const fitting = LANGUAGES.flatMap((language): Fitting[] => {
    const words = row[language];
    if (!words) return [];
    const text = plainOf(words.body);
    const whole = `${words.title} ${text}`;
    if (!hasAll(whole, wanted) || !fitsText(whole, wanted)) return [];
    const score = TITLE_COUNTS * scoreOf(wordsIn(words.title), wanted) + scoreOf(wordsIn(text), wanted);
    return [{ language, title: words.title, text, score }];
  });
  return fitting.find(({ language }) => language === lang) ?? fitting[0];
}

/** Those that say all of it in their titles stand before the others. */
export function titledFirst<T extends PageTexts>(rows: readonly T[], wanted: Wanted): T[] {
  const isTitled = ({ en, fr }: PageTexts) => hasAll(`${en?.title ?? ''} ${fr?.title ?? ''}`, wanted);
  const titled = new Set(rows.filter(isTitled));
  return [...titled, ...rows.filter((row) => !titled.has(row))];
}

function hasAll(text: string, { terms }: Wanted): boolean {
  const stems = new Set(wordsIn(text).flatMap(({ word }) => stemsOf(word)));
  return terms.every((term) => term.stems.some((stem) => stems.has(stem)));
}

/** What is left out counts in both languages: they are one page. */
function hasLeftOut(row: PageTexts, { not }: Wanted): boolean {
  if (not.terms.length === 0 && not.phrases.length === 0) return false;
  const onlyNot: Wanted = { terms: [], phrases: [], small: [], not };
  return LANGUAGES.some((language) => {
    const words = row[language];
    return words && !fitsText(`${words.title} ${plainOf(words.body)}`, onlyNot);
  });
}
