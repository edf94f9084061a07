import { z } from 'zod';
import { Attachment } from './files.js';
import { DraftPoll } from './forum/polls.js';
import { Attachments, Tag, TopicKind } from './forums.js';
import { Instant, Line, Text } from './primitives.js';

/**
 * What a draft is of: a reply (`topic-<topicId>`), a change of a post (`edit-<postId>`), a topic (`ask-<cohortId>`), or one that follows up a workshop (`ask-<cohortId>-<workshopId>`). One of each is mine,
 * wherever I am signed in.
 */
export const DraftKey = z.string().regex(/^((topic|edit)-[0-9a-f]{24}|ask-[0-9a-f]{24}(-[0-9a-f]{24})?)$/);
export type DraftKey = z.infer<typeof DraftKey>;

/** How a change of a post began: the `body` and the files that I saw (`EditPost`), so that what others change meanwhile is told from mine; and why I change it. */
export const DraftEdit = z.strictObject({ seen: Text(30_000), seenAttachments: Attachments, why: Line(120, 0) });
export type DraftEdit = z.infer<typeof DraftEdit>;

/** What I began to write in a forum. A reply has a `body`, a `poll` and `attachments`, a change of a post a `body`, `attachments` and its `edit`. Kept until `keptUntil`, if I do not write on in it. */
export const ForumDraft = z.object({
  key: z.string(),
  revision: z.number(),
  kind: TopicKind,
  title: z.string(),
  tags: z.array(z.string()),
  body: z.string(),
  poll: DraftPoll.nullable(),
  edit: DraftEdit.nullable(),
  attachments: z.array(Attachment),
  changedAt: Instant,
  keptUntil: Instant,
});
export type ForumDraft = z.infer<typeof ForumDraft>;

/** GET /api/me/drafts/:key, also of a change of a post that was deleted or locked since. 404 for who does not read where it would be posted. */
export const MyForumDraft = z.object({ draft: ForumDraft.nullable() });
export type MyForumDraft = z.infer<typeof MyForumDraft>;

/** The revision that was seen; 0: there was none. */
const Seen = z.number().int().min(0);

/**
 * PUT /api/me/drafts/:key: all of it anew. `revision` is the one that was seen, else 409 `stale` with `now`, the draft as it is (null where it was posted or thrown
 * away). Uploads that are not there any more are left out. 409 `too_many_drafts_begun`.
 */
export const SaveDraft = z.strictObject({
  revision: Seen,
  kind: TopicKind.default('question'),
  title: Line(150, 0).default(''),
  tags: z.array(Tag).max(5).default([]),
  body: Text(30_000).default(''),
  poll: DraftPoll.nullable().default(null),
  edit: DraftEdit.nullable().default(null),
  attachments: Attachments.default([]),
});
export type SaveDraft = z.infer<typeof SaveDraft>;

/** DELETE /api/me/drafts/:key?revision=: throws it away, with its uploads; 409 `stale` as above. */
export const DropDraft = z.strictObject({ revision: z.coerce.number().int().min(1) });
export type DropDraft = z.infer<typeof DropDraft>;

/** Socket event to a person's own devices; `revision` is null where it was posted or thrown away. */
export const DraftChanged = z.object({ key: z.string(), revision: z.number().nullable() });
export type DraftChanged = z.infer<typeof DraftChanged>;
