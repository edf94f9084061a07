import { z } from 'zod';
import { Line } from './primitives.js';

/** PUT C/tags/:tag/synonyms (staff): other words for a tag. What is asked in them is close to what has the tag. None: there are no others any more. 409 `too_many_tags_with_words` beyond 100 tags. */
export const SetTagWords = z.strictObject({ words: z.array(Line(40, 2)).max(10) });
export type SetTagWords = z.infer<typeof SetTagWords>;

/** GET C/tags/synonyms: the tags that have other words. */
export const TagSynonyms = z.object({ items: z.array(z.object({ tag: z.string(), words: z.array(z.string()) })) });
export type TagSynonyms = z.infer<typeof TagSynonyms>;
