import { z } from 'zod';
import { Attachment } from './files.js';
import type { Post } from './forums.js';
import { Id, Instant, Person } from './primitives.js';

/** What a post said once, or says now: markdown with names in the place of ids. `why` is what its writer said of the change. */
export const PostVersion = z.object({
  number: z.number(),
  by: Person,
  at: Instant,
  why: z.string().nullable(),
  body: z.string(),
  attachments: z.array(Attachment),
});
export type PostVersion = z.infer<typeof PostVersion>;

/**
 * GET C/posts/:id/history: the versions of a post, the newest first. What one edits again within two minutes is one version; at most 50 are kept, and no more than a
 * megabyte of them: the first and the newest. One answer has 400,000 characters of them, the newest.
 */
export const PostHistory = z.object({ items: z.array(PostVersion) });
export type PostHistory = z.infer<typeof PostHistory>;

/** A piece of two edits of one text: what stands, or what both wrote in the same place, each otherwise. */
export const MergePiece = z.union([z.object({ text: z.string() }), z.object({ mine: z.string(), theirs: z.string() })]);
export type MergePiece = z.infer<typeof MergePiece>;

/**
 * What 409 `edited_meanwhile` says beside its code: the post as it is by now, and both edits put together, paragraph by paragraph. Who settles what both changed sends
 * it again, with the `body` of `now` as `seen`.
 */
export interface EditedMeanwhile {
  now: Post;
  pieces: MergePiece[];
}

/**
 * A deleted topic that I may restore by its `postId`, with which it went (POST C/posts/:id/restore), for 30 days: what I deleted myself, and for staff all. GET
 * C/deleted-topics, the latest first.
 */
export const DeletedTopic = z.object({
  id: Id,
  title: z.string(),
  author: Person,
  postId: Id,
  deletedAt: Instant,
  keptUntil: Instant,
});
export type DeletedTopic = z.infer<typeof DeletedTopic>;
