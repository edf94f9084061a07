import { z } from 'zod';
import { Attachment } from '../files.js';
import { Id, Instant, Person } from '../primitives.js';
import { PageWords } from './handbook.js';

/**
 * GET C/handbook/:pageId/commons (staff): what all cohorts and alumni would read, before it is done. `en` and `fr` are the page as it would be there: nobody is named by a mark in it, and what it quotes
 * stays, by a mark or typed. `madeFrom` says where its words may come from beside its editors: a topic, a thread of chat, the minutes of a workshop, the handbook of an earlier cohort; nobody of these was asked, so staff read whose words they open. `attachments` go along as copies. `owner` would keep it there, null where whoever opens it would. `checkedAt`, the day of its last check, goes along; who checked it does not. `version` and `editedAt` say which page this is. `state`: `free`, `there` (as `commonsPageId`), `deleted` there, where it can be restored.
 */
export const PageOpening = z.object({
  en: PageWords.nullable(),
  fr: PageWords.nullable(),
  attachments: z.array(Attachment),
  owner: Person.nullable(),
  checkedAt: Instant,
  madeFrom: z.enum(['topic', 'thread', 'workshop', 'handbook']).nullable(),
  version: z.number(),
  editedAt: Instant.nullable(),
  state: z.enum(['free', 'there', 'deleted']),
  commonsPageId: Id.nullable(),
});
export type PageOpening = z.infer<typeof PageOpening>;

/**
 * POST C/handbook/:pageId/commons (staff): a copy of this version goes to the handbook of the commons, below `parentId` there (null: at the top), where `ownerId` keeps it, as was shown (null: whoever opens it). It does not follow what is edited here later, and what was said before is not
 * in it. Opened already, the answer is as before. 409 `edited_meanwhile` where it says something else than what was shown, or another would keep it, `deleted_there`, `handbook_full`, `too_deep`; 422 `/parentId` `unknown`.
 */
export const OpenPage = z.strictObject({
  version: z.number().int().min(1),
  editedAt: Instant.nullable(),
  ownerId: Id.nullable(),
  parentId: Id.nullable().default(null),
});
export type OpenPage = z.infer<typeof OpenPage>;

/** `left` of its files found no room there. */
export const PageOpened = z.object({ pageId: Id, left: z.number() });
export type PageOpened = z.infer<typeof PageOpened>;
