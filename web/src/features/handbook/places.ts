import type { HandbookEntry } from '../../../../src/contracts/handbook/handbook';
import type { Locale } from '../../api/types';
import { lineOf, titleIn } from './shown';

/** Pages as the places below which another one may stand, each with those above it; the page itself and what is below it are left out. */
export const placesFor = (
  pages: readonly HandbookEntry[],
  locale: Locale,
  without: ReadonlySet<string> = new Set(),
): { value: string; label: string }[] =>
  pages
    .filter(({ id }) => !without.has(id))
    .map(({ id }) => ({
      value: id,
      label: lineOf(pages, id)
        .map((page) => titleIn(page, locale).text)
        .join(' › '),
    }));
