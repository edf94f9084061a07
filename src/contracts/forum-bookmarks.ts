import { z } from 'zod';
import { TopicSummary } from './forums.js';
import { Id, Instant, Person, Text, page } from './primitives.js';

/**
 * PUT C/topics/:id/bookmark and C/posts/:id/bookmark: I keep it, with a note, and am reminded of it at `remindAt`, at most a year ahead; again, both are changed. 409
 * `too_many_bookmarks` beyond 500 in a cohort.
 */
export const SetBookmark = z.strictObject({
  note: Text(500).default(''),
  remindAt: Instant.nullable().default(null),
});
export type SetBookmark = z.infer<typeof SetBookmark>;

/** What I keep; nobody else sees it. `number` is that of the post, null (with `postId`) where it is the topic. `remindAt` is null once I was reminded. */
export const Bookmark = z.object({
  id: Id,
  topicId: Id,
  postId: Id.nullable(),
  number: z.number().nullable(),
  note: z.string(),
  remindAt: Instant.nullable(),
  createdAt: Instant,
});
export type Bookmark = z.infer<typeof Bookmark>;

/** GET C/bookmarks: the latest first, without those of topics that are deleted. `excerpt` is empty for a deleted post. */
export const KeptBookmark = Bookmark.extend({
  topic: TopicSummary,
  post: z.object({ author: Person, excerpt: z.string(), isDeleted: z.boolean() }).nullable(),
});
export type KeptBookmark = z.infer<typeof KeptBookmark>;

export const KeptBookmarks = page(KeptBookmark);
export type KeptBookmarks = z.infer<typeof KeptBookmarks>;

/** GET C/bookmarks/marks: which topics and posts carry my mark, and by which bookmark. */
export const BookmarkMarks = z.object({
  items: z.array(z.object({ id: Id, aboutId: Id, kind: z.enum(['topic', 'post']) })),
});
export type BookmarkMarks = z.infer<typeof BookmarkMarks>;
