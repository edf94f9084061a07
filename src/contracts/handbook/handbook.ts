import { z } from 'zod';
import { PostVersion, MergePiece } from '../forum-posts.js';
import { ClientId, Id, Instant, Line, Locale, Person, Text } from '../primitives.js';

/** So many pages has the handbook of a cohort. */
export const MAX_HANDBOOK_PAGES = 500;
/** So many levels has its tree: a page at the top is on the first. */
export const MAX_HANDBOOK_LEVELS = 5;
/** A page that nobody checked for so many days may be out of date. */
export const OLD_AFTER_DAYS = 180;

/** What a page says in one language: a title, and markdown. A language in which a page says nothing is null. */
export const PageWords = z.object({ title: z.string(), body: z.string() });
export type PageWords = z.infer<typeof PageWords>;

/** The same as somebody writes it: without a title it has no text, and the page says nothing in that language. */
export const WritePageWords = z
  .strictObject({ title: Line(150, 0), body: Text(30_000) })
  .refine(({ title, body }) => title !== '' || body === '', {
    path: ['title'],
    params: { code: 'required' },
    error: 'a text needs a title',
  });
export type WritePageWords = z.infer<typeof WritePageWords>;

/** The title in each language; null in one in which the page says nothing. */
export const PageTitles = z.object({ en: z.string().nullable(), fr: z.string().nullable() });
export type PageTitles = z.infer<typeof PageTitles>;

/** A page in the tree. `isOld`: nobody checked it for 180 days. `isMine`: I keep it. */
export const HandbookEntry = z.object({
  id: Id,
  parentId: Id.nullable(),
  title: PageTitles,
  isOld: z.boolean(),
  isMine: z.boolean(),
});
export type HandbookEntry = z.infer<typeof HandbookEntry>;

/** GET C/handbook: all its pages, each before those below it, in their order. `copy`: staff may copy an earlier handbook into this one. */
export const Handbook = z.object({
  items: z.array(HandbookEntry),
  abilities: z.object({ write: z.boolean(), order: z.boolean(), copy: z.boolean(), restore: z.boolean() }),
});
export type Handbook = z.infer<typeof Handbook>;

/**
 * GET C/handbook/:pageId. `owner` keeps the page; null where nobody does who is a member. `version` counts its edits; `changed` says when each language was last changed. `topic` is the topic
 * of the forum in which it began, while that is there, `copiedFrom` the name of the cohort from whose handbook it came.
 */
export const HandbookPage = z.object({
  id: Id,
  parentId: Id.nullable(),
  en: PageWords.nullable(),
  fr: PageWords.nullable(),
  author: Person,
  owner: Person.nullable(),
  createdAt: Instant,
  version: z.number(),
  editedAt: Instant.nullable(),
  editedBy: Person.nullable(),
  changed: z.object({ en: Instant.nullable(), fr: Instant.nullable() }),
  checked: z.object({ by: Person, at: Instant }),
  isOld: z.boolean(),
  locked: z.object({ by: Person, at: Instant }).nullable(),
  topic: z.object({ id: Id, title: z.string() }).nullable(),
  copiedFrom: z.string().nullable(),
  abilities: z.object({
    edit: z.boolean(),
    check: z.boolean(),
    give: z.boolean(),
    move: z.boolean(),
    delete: z.boolean(),
    lock: z.boolean(),
  }),
});
export type HandbookPage = z.infer<typeof HandbookPage>;

/**
 * POST C/handbook: a page by any member, who keeps it, below `parentId` (null: at the top), as the last there. It says something in one language at least. `fromTopic`: it begins
 * with what a topic says, for staff and its author, and each shows the other. The same `clientId` of mine again answers the page that it made. 409 `handbook_full`, `too_deep`, `already_page` (with `pageId`).
 */
export const WritePage = z.strictObject({
  parentId: Id.nullable().default(null),
  en: WritePageWords.optional(),
  fr: WritePageWords.optional(),
  fromTopic: Id.optional(),
  clientId: ClientId.optional(),
});
export type WritePage = z.infer<typeof WritePage>;

/**
 * PATCH C/handbook/:pageId: new words in one language or both. `seen` is the page as I began with it: what others changed since stands beside mine, paragraph by paragraph; 409 `edited_meanwhile`
 * ({@link PageEditedMeanwhile}) where both changed the same one.
 */
export const EditPage = z.strictObject({
  en: WritePageWords.optional(),
  fr: WritePageWords.optional(),
  seen: z.strictObject({ en: WritePageWords.nullable(), fr: WritePageWords.nullable() }),
  why: Line(120).optional(),
});
export type EditPage = z.infer<typeof EditPage>;

/** What 409 `edited_meanwhile` says beside its code: the page as it is by now, and in each language that both changed, both edits put together. `title` is null where it needs no settling. */
export interface PageEditedMeanwhile {
  now: HandbookPage;
  conflicts: Partial<Record<Locale, { title: { mine: string; theirs: string } | null; pieces: MergePiece[] }>>;
}

/** PUT C/handbook/:pageId/place: below `parentId` (null: at the top), before its page `before` (null: as the last). Staff, and the owner. 409 `into_itself`, `too_deep`. */
export const PlacePage = z.strictObject({ parentId: Id.nullable(), before: Id.nullable() });
export type PlacePage = z.infer<typeof PlacePage>;

/** PUT C/handbook/:pageId/owner: a member of the cohort, by the owner or staff; a page that nobody keeps may be taken by anybody. 422 `/userId` `unknown`. */
export const GivePage = z.strictObject({ userId: Id });
export type GivePage = z.infer<typeof GivePage>;

/** PUT C/handbook/:pageId/checked: I read this version, as it was last edited, and it is right. 409 `edited_meanwhile` where it is another by now, or says something else: edits that follow each other are one version. */
export const CheckPage = z.strictObject({ version: z.number().int().min(1), editedAt: Instant.nullable() });
export type CheckPage = z.infer<typeof CheckPage>;

/** What a page said once, or says now. */
export const PageVersion = PostVersion.pick({ number: true, by: true, at: true, why: true }).extend({
  en: PageWords.nullable(),
  fr: PageWords.nullable(),
});
export type PageVersion = z.infer<typeof PageVersion>;

/** GET C/handbook/:pageId/history: the newest first; of how many is kept, as of posts. */
export const PageHistory = z.object({ items: z.array(PageVersion) });
export type PageHistory = z.infer<typeof PageHistory>;

/** GET C/handbook/deleted: the pages that staff may restore (POST C/handbook/:pageId/restore), for 30 days; the latest first, at most 100. */
export const DeletedPages = z.object({
  items: z.array(
    z.object({
      ...{ id: Id, title: PageTitles, by: Person },
      ...{ deletedAt: Instant, keptUntil: Instant },
    }),
  ),
});
export type DeletedPages = z.infer<typeof DeletedPages>;

/** GET C/handbook/beginnings/:topicId: what a page begins with that is made from a topic, for staff and its author: its title, and its question with its answer. `pageId`: it is a page already. */
export const PageBeginning = z.object({ title: z.string(), body: z.string(), pageId: Id.nullable() });
export type PageBeginning = z.infer<typeof PageBeginning>;

/** POST C/handbook/copies: staff of both copy the pages of another cohort's handbook into this one; those that came before are left as they are. */
export const CopyHandbook = z.strictObject({ fromCohortId: Id });
export type CopyHandbook = z.infer<typeof CopyHandbook>;

/** `copied` pages came, `there` were there already, `old` of those that came may be out of date. */
export const HandbookCopied = z.object({ copied: z.number(), there: z.number(), old: z.number() });
export type HandbookCopied = z.infer<typeof HandbookCopied>;

/** GET /files/cohorts/:cohortId/handbook.html (and `handbook.zip`, in both languages): in which language. Opened by the cookie of files. */
export const HandbookExportQuery = z.strictObject({ lang: Locale.default('en') });
export type HandbookExportQuery = z.infer<typeof HandbookExportQuery>;

/** Socket event to the cohort: a page was written, changed, moved or deleted. */
export const HandbookChanged = z.object({ cohortId: Id, pageId: Id });
export type HandbookChanged = z.infer<typeof HandbookChanged>;
