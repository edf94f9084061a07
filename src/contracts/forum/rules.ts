import { z } from 'zod';
import { Instant, Person, SOMETHING, Text } from '../primitives.js';

/** The same in both languages; either may be empty, then the other stands for it. */
export const InBothLanguages = z.object({ en: z.string(), fr: z.string() });
export type InBothLanguages = z.infer<typeof InBothLanguages>;

/** Who last changed a setting of a forum, and when: nobody while it is as it comes. `revision` is 0 then. */
export const SettingChange = z.object({
  revision: z.number(),
  changedBy: Person.nullable(),
  changedAt: Instant.nullable(),
  abilities: z.object({ write: z.boolean() }),
});
export type SettingChange = z.infer<typeof SettingChange>;

/** GET C/forum/rules: the rules of the forum, as markdown. Until staff write their own, they are the usual ones (usual-rules.ts). */
export const ForumRules = SettingChange.extend({ texts: InBothLanguages });
export type ForumRules = z.infer<typeof ForumRules>;

/** PUT C/forum/rules (staff): all of them anew, in one language or both (422 `/texts` `required`); `revision` is the one that was read, else 409 `stale` with `now`. */
export const SaveForumRules = z.strictObject({
  texts: z
    .strictObject({ en: Text(20_000), fr: Text(20_000) })
    .refine(({ en, fr }) => en !== '' || fr !== '', { params: { code: 'required' } })
    .meta({ anyOf: [{ properties: { en: SOMETHING.text } }, { properties: { fr: SOMETHING.text } }] }),
  revision: z.number().int().min(0),
});
export type SaveForumRules = z.infer<typeof SaveForumRules>;
