import { z } from 'zod';
import { Locale } from '../primitives.js';

/** GET /files/cohorts/:id/forum/export.zip: all topics of a cohort's forum as Markdown with front matter, for its staff; the few words of ours in a language. */
export const ForumExportQuery = z.strictObject({ lang: Locale.default('en') });
export type ForumExportQuery = z.infer<typeof ForumExportQuery>;
