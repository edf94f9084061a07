import { z } from 'zod';
import { Id, Locale } from '../primitives.js';
import { Marked } from '../search.js';

/** GET C/handbook/search: pages with these words (accents, case and plural do not count) or "phrases", in whichever language; shown in `lang` where they are there, too. */
export const HandbookSearchQuery = z.strictObject({ q: z.string().max(300), lang: Locale.default('en') });
export type HandbookSearchQuery = z.infer<typeof HandbookSearchQuery>;

/** The pages that were found, those that answer best first, at most 20. `language` is that of what is shown of it. */
export const HandbookHits = z.object({
  items: z.array(z.object({ id: Id, language: Locale, title: z.array(Marked), snippet: z.array(Marked) })),
});
export type HandbookHits = z.infer<typeof HandbookHits>;
