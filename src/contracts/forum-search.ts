import { z } from 'zod';
import { TopicSummary } from './forums.js';
import { Id, Instant, PageQuery, Person, page } from './primitives.js';
import { Marked } from './search.js';

/**
 * GET C/forum/search. `q` is what is typed: words (accents, case and plural do not count), "phrases" and the operators `tag:` `from:` `before:` `after:`
 * `is:solved|unanswered` `has:image|poll` (also `mot:` `de:` `avant:` `après:` `est:` `avec:`).
 */
export const ForumSearchQuery = PageQuery.extend({
  q: z.string().max(300),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});
export type ForumSearchQuery = z.infer<typeof ForumSearchQuery>;

/** A topic that was found, or (with its `number`) a post in it. `at` is when it was written. */
export const ForumHit = z.object({
  id: Id,
  topicId: Id,
  number: z.number().nullable(),
  title: z.array(Marked),
  snippet: z.array(Marked),
  tags: z.array(z.string()),
  state: TopicSummary.shape.state,
  author: Person,
  at: Instant,
});
export type ForumHit = z.infer<typeof ForumHit>;

/** An operator whose value names nothing that there is: nothing can be found with it. */
export const UnknownForumFilter = z.object({
  kind: z.enum(['tag', 'from', 'before', 'after', 'is', 'has', 'in']),
  value: z.string(),
});
export type UnknownForumFilter = z.infer<typeof UnknownForumFilter>;

/**
 * A page of hits: topics by their titles, then questions and replies by what they say, of each the newest first. It may be short and still have a next one: a request
 * reads a bounded number of candidates, and `searchedTo` says back to when it has looked; null when there is nothing left.
 */
export const ForumSearchReply = page(ForumHit).extend({
  searchedTo: Instant.nullable(),
  unknown: z.array(UnknownForumFilter),
});
export type ForumSearchReply = z.infer<typeof ForumSearchReply>;
