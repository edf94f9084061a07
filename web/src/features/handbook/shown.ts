import type { HandbookEntry, HandbookPage } from '../../../../src/contracts/handbook/handbook';
import type { Locale } from '../../api/types';

export const LANGUAGES: readonly Locale[] = ['en', 'fr'];

/** What is shown of a page: one language, or both beside each other. */
export type Shown = Locale | 'both';

export const otherOf = (language: Locale): Locale => (language === 'en' ? 'fr' : 'en');

/** The language in which a page is read by who wants one: the other where it says nothing in that. */
export const readIn = (page: Pick<HandbookPage, Locale>, wanted: Locale): Locale =>
  page[wanted] ? wanted : otherOf(wanted);

/** A title as somebody reads it, and its language where that is not theirs. */
export function titleIn({ title }: Pick<HandbookEntry, 'title'>, wanted: Locale): { text: string; lang?: Locale } {
  const own = title[wanted];
  if (own !== null) return { text: own };
  const lang = otherOf(wanted);
  return { text: title[lang] ?? '', lang };
}

/** So long one of both may be changed after the other before that is said: who writes in both saves them one after the other. */
const TOGETHER = 60 * 60 * 1000;

/** The language that is behind the other one: what was changed there since may not be said in it. */
export function behindIn({ en, fr, changed }: Pick<HandbookPage, 'en' | 'fr' | 'changed'>): Locale | null {
  if (!en || !fr || !changed.en || !changed.fr) return null;
  const later = Date.parse(changed.en) - Date.parse(changed.fr);
  if (Math.abs(later) < TOGETHER) return null;
  return later > 0 ? 'fr' : 'en';
}

/** The page and those above it, the first at the top. */
export function lineOf(pages: readonly HandbookEntry[], pageId: string | undefined): HandbookEntry[] {
  const page = pages.find(({ id }) => id === pageId);
  return page ? [...(page.parentId === null ? [] : lineOf(pages, page.parentId)), page] : [];
}

/** The page with all that is below it. */
export function withBelow(pages: readonly HandbookEntry[], pageId: string): ReadonlySet<string> {
  const below = new Set([pageId]);
  // Each stands before those below it.
  for (const { id, parentId } of pages) if (parentId !== null && below.has(parentId)) below.add(id);
  return below;
}

/** Pages by the one that they are below; null: at the top. */
export function byParent(pages: readonly HandbookEntry[]): ReadonlyMap<string | null, HandbookEntry[]> {
  const there = new Set(pages.map(({ id }) => id));
  const all = new Map<string | null, HandbookEntry[]>();
  for (const page of pages) {
    const parent = page.parentId !== null && there.has(page.parentId) ? page.parentId : null;
    all.set(parent, [...(all.get(parent) ?? []), page]);
  }
  return all;
}
