import { z } from 'zod';
import { Attachment } from '../files.js';
import { PostVersion, MergePiece } from '../forum-posts.js';
import { Attachments, ThreadRef } from '../forums.js';
import { ClientId, Id, Instant, Line, Locale, Person, SOMETHING, Text } from '../primitives.js';

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
  })
  .meta({ anyOf: [{ properties: { title: SOMETHING.line } }, { properties: { body: { maxLength: 0 } } }] });
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
 * GET C/handbook/:pageId. `owner` keeps the page; null where nobody does who is a member. `checked` says who found it right, and when; in the commons the day alone. `version` counts its edits; `changed` says when each language was last changed. `topic` is the topic
 * of the forum in which it began, while that is there; `thread` the thread of chat, `workshop` the one whose minutes it was made from, each for who may read that; `attachments` are its files, in both languages, which who may read it opens; `copiedFrom` the name of the cohort from whose handbook it came. `inCommons` is the page of the commons
 * that this one was opened as, while that is there; of a page of the commons `openedFrom` is the page of a cohort that it is a copy of, for members of that one. `abilities.open`: staff may open it to the commons.
 */
export const HandbookPage = z.object({
  id: Id,
  parentId: Id.nullable(),
  en: PageWords.nullable(),
  fr: PageWords.nullable(),
  attachments: z.array(Attachment),
  author: Person,
  owner: Person.nullable(),
  createdAt: Instant,
  version: z.number(),
  editedAt: Instant.nullable(),
  editedBy: Person.nullable(),
  changed: z.object({ en: Instant.nullable(), fr: Instant.nullable() }),
  checked: z.object({ by: Person.nullable(), at: Instant }),
  isOld: z.boolean(),
  locked: z.object({ by: Person, at: Instant }).nullable(),
  topic: z.object({ id: Id, title: z.string() }).nullable(),
  thread: ThreadRef.nullable(),
  workshop: z.object({ id: Id, title: z.string() }).nullable(),
  copiedFrom: z.string().nullable(),
  inCommons: Id.nullable(),
  openedFrom: z.object({ cohortId: Id, pageId: Id }).nullable(),
  abilities: z.object({
    open: z.boolean(),
    edit: z.boolean(),
    check: z.boolean(),
    give: z.boolean(),
    move: z.boolean(),
    delete: z.boolean(),
    lock: z.boolean(),
  }),
});
export type HandbookPage = z.infer<typeof HandbookPage>;

/** What a page is written with, wherever it stands. */
const written = {
  parentId: Id.nullable().default(null),
  en: WritePageWords.optional(),
  fr: WritePageWords.optional(),
  attachments: Attachments.optional(),
  clientId: ClientId.optional(),
};

/**
 * POST C/handbook: a page by any member, who keeps it, below `parentId` (null: at the top), as the last there. It says something in one language at least. `fromTopic`: it begins
 * with what a topic says, for staff and its author, and each shows the other; `fromThread`: with a thread of chat, for who may carry that to the forum; `fromWorkshop`: with its minutes, for who may read them. One of these at most (422 `/fromTopic` `one_origin`). The same `clientId` of mine again answers the page that it made. 409 `handbook_full`, `too_deep`, `already_page` (with `pageId`).
 */
export const WritePage = z
  .strictObject({
    ...written,
    fromTopic: Id.optional(),
    fromThread: ThreadRef.optional(),
    fromWorkshop: Id.optional(),
  })
  .refine(
    ({ fromTopic, fromThread, fromWorkshop }) => [fromTopic, fromThread, fromWorkshop].filter(Boolean).length < 2,
    {
      path: ['fromTopic'],
      params: { code: 'one_origin' },
      error: 'a page is made from one thing',
    },
  );
export type WritePage = z.infer<typeof WritePage>;

/** POST /api/commons/handbook: a page that all cohorts and alumni read, by staff of a cohort that runs or an admin. Of all else under /api/commons/handbook is true what is said of C/handbook, but that only they and who keeps a page write it. */
export const WriteCommonsPage = z.strictObject(written);
export type WriteCommonsPage = z.infer<typeof WriteCommonsPage>;

/**
 * PATCH C/handbook/:pageId: new words in one language or both. `seen` is the page as I began with it: what others changed since stands beside mine, paragraph by paragraph; 409 `edited_meanwhile`
 * ({@link PageEditedMeanwhile}) where both changed the same one. `attachments` are all its files from now on, as of posts: left out, they stay as they are; `seenAttachments` are those from which I began.
 */
export const EditPage = z.strictObject({
  en: WritePageWords.optional(),
  fr: WritePageWords.optional(),
  seen: z.strictObject({ en: WritePageWords.nullable(), fr: WritePageWords.nullable() }),
  attachments: Attachments.optional(),
  seenAttachments: Attachments.optional(),
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
export const PageVersion = PostVersion.pick({ number: true, by: true, at: true, why: true, attachments: true }).extend({
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

/**
 * GET C/handbook/beginnings/:topicId: what a page begins with that is made from a topic, for staff and its author: its title, and its question with its answer. `pageId`: it is a page already.
 * GET C/handbook/beginnings/threads/:channelId/:messageId: the same from a thread of chat, as it is carried to the forum: of a channel that is not open to the cohort one's own messages alone; `staying` messages
 * stay where they are. GET C/handbook/beginnings/workshops/:workshopId: from its minutes.
 */
export const PageBeginning = z.object({
  title: z.string(),
  body: z.string(),
  staying: z.number(),
  pageId: Id.nullable(),
});
export type PageBeginning = z.infer<typeof PageBeginning>;

/** GET C/handbook/made-from/threads/:channelId/:messageId, made-from/workshops/:workshopId: the page that was made from it, while that is there; `make`: I may make one. For who may read the thread, or see the workshop. */
export const MadePage = z.object({ page: z.object({ id: Id, title: PageTitles }).nullable(), make: z.boolean() });
export type MadePage = z.infer<typeof MadePage>;

/** POST C/handbook/copies: staff of both copy the pages of another cohort's handbook into this one; those that came before are left as they are. */
export const CopyHandbook = z.strictObject({ fromCohortId: Id });
export type CopyHandbook = z.infer<typeof CopyHandbook>;

/** `copied` pages came, `there` were there already, `old` of those that came may be out of date; `left` of their files found no room here. */
export const HandbookCopied = z.object({ copied: z.number(), there: z.number(), old: z.number(), left: z.number() });
export type HandbookCopied = z.infer<typeof HandbookCopied>;

/** GET /files/cohorts/:cohortId/handbook.html (and `handbook.zip`, in both languages), GET /files/commons/handbook.html: in which language. Opened by the cookie of files. */
export const HandbookExportQuery = z.strictObject({ lang: Locale.default('en') });
export type HandbookExportQuery = z.infer<typeof HandbookExportQuery>;

/** Socket event to the cohort, or with {@link COMMONS_PLACE} to all who are in one: a page was written, changed, moved or deleted. */
export const HandbookChanged = z.object({ cohortId: Id, pageId: Id });
export type HandbookChanged = z.infer<typeof HandbookChanged>;
