import { z } from 'zod';
import { Tag, TopicKind } from '../forums.js';
import { MAX_TEMPLATES } from '../limits.js';
import { Line, Text } from '../primitives.js';
import { InBothLanguages, SettingChange } from './rules.js';

/** Words in one language or both. */
const inOneAtLeast = (words: z.ZodString) =>
  z
    .strictObject({ en: words, fr: words })
    .refine(({ en, fr }) => en !== '' || fr !== '', { params: { code: 'required' } });

/** By what a new topic begins: its kind, the text with its headings, and tags that fit. `id` stands in links (`/forum/new?template=`). */
export const TopicTemplate = z.object({
  id: z.string(),
  kind: TopicKind,
  tags: z.array(z.string()),
  names: InBothLanguages,
  texts: InBothLanguages,
});
export type TopicTemplate = z.infer<typeof TopicTemplate>;

/** GET C/forum/templates. Until staff write their own, they are the usual four (usual-templates.ts). */
export const TopicTemplates = SettingChange.extend({ items: z.array(TopicTemplate) });
export type TopicTemplates = z.infer<typeof TopicTemplates>;

/**
 * PUT C/forum/templates (staff): all of them anew, in their order; none is possible. Name and text in one language or both (422 `required`), ids that differ (422 `/items` `same_id`); `revision`
 * is the one that was read, else 409 `stale` with `now`.
 */
export const SaveTopicTemplates = z.strictObject({
  items: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[\p{L}\p{N}\p{M}-]{1,40}$/u),
        kind: TopicKind,
        tags: z.array(Tag).max(5),
        names: inOneAtLeast(Line(60, 0)),
        texts: inOneAtLeast(Text(4_000)),
      }),
    )
    .max(MAX_TEMPLATES)
    .refine((items) => new Set(items.map(({ id }) => id)).size === items.length, { params: { code: 'same_id' } }),
  revision: z.number().int().min(0),
});
export type SaveTopicTemplates = z.infer<typeof SaveTopicTemplates>;
