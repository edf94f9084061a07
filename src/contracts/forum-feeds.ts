import { z } from 'zod';
import { Tag } from './forums.js';
import { Id, Instant } from './primitives.js';

/** What a feed of the forum holds: a list, as I see it, or what has a tag. */
export const ForumFeedList = z.enum(['all', 'new', 'unread', 'unanswered', 'solved', 'mine']);
export type ForumFeedList = z.infer<typeof ForumFeedList>;

/** POST C/forum/feeds. There is one feed for each list, and for each tag: asking again gives it a new secret, and the old address is 404. 409 `too_many_feeds` beyond 50 of a cohort, 422 `/tag` `unknown_tag`. */
export const MakeForumFeed = z.strictObject({ list: ForumFeedList.default('all'), tag: Tag.nullable().default(null) });
export type MakeForumFeed = z.infer<typeof MakeForumFeed>;

/** GET C/forum/feeds: mine, without their addresses: those are told once, when they are made. */
export const ForumFeed = z.object({
  id: Id,
  list: ForumFeedList,
  tag: z.string().nullable(),
  createdAt: Instant,
  lastReadAt: Instant.nullable(),
});
export type ForumFeed = z.infer<typeof ForumFeed>;

export const ForumFeeds = z.object({ items: z.array(ForumFeed) });
export type ForumFeeds = z.infer<typeof ForumFeeds>;

/** A feed that was made: its address is shown this once. */
export const MadeForumFeed = ForumFeed.extend({ url: z.string() });
export type MadeForumFeed = z.infer<typeof MadeForumFeed>;
