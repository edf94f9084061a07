import { z } from 'zod';
import { ChannelKind } from './chat/chat.js';
import { Id, Instant, Locale, PageQuery, Person, page } from './primitives.js';

/** What can be found. */
export const SearchKind = z.enum(['messages', 'topics', 'commons', 'pages', 'workshops', 'people']);
export type SearchKind = z.infer<typeof SearchKind>;

const kinds = SearchKind.options;
const aKind = `(?:${kinds.join('|')})`;

/**
 * GET /api/search. `q` is what is typed: words (accents, case and plural do not count), "phrases" and the operators `from:` `in:`
 * `before:` `after:` `has:file|link` `is:pinned|saved|mention|thread` (also `de:` `dans:` `avant:` `après:` `avec:` `est:`); they concern messages, the other kinds go by words
 * and by days alone. `is:solved|unanswered` (also `est:résolu`, `est:sans-réponse`) concern topics of forums and of the commons: nothing else is found with them. With a `-` before it, a word, a phrase or an operator (but for days) leaves out what fits. `from` is the earliest instant, `author` a person's id, `in` some of the kinds, joined by commas.
 * `commons` are topics that cohorts opened to all, for who is in one; with `cohortId` there are none; one is found by its answer, too, and leads to it where its question does not say it. `pages` are those of handbooks; one that says it in both languages is shown in `lang`.
 */
export const SearchQuery = PageQuery.extend({
  q: z.string().max(300),
  in: z
    .string()
    .max(100)
    .transform((value) => value.split(','))
    .pipe(z.array(SearchKind).min(1).max(kinds.length))
    .meta({ pattern: `^${aKind}(?:,${aKind}){0,${kinds.length - 1}}$` })
    .default([...kinds]),
  sort: z.enum(['newest', 'best']).default('newest'),
  cohortId: Id.optional(),
  from: Instant.optional(),
  author: Id.optional(),
  lang: Locale.default('en'),
  limit: z.coerce.number().int().min(1).max(200).default(20),
});
export type SearchQuery = z.infer<typeof SearchQuery>;

/** A piece of text; `hit` pieces are what was asked for. */
export const Marked = z.object({ text: z.string(), hit: z.boolean() });
export type Marked = z.infer<typeof Marked>;

/** The channel of a found message; `people` are the others of a direct one. */
export const FoundChannel = z.object({
  id: Id,
  kind: ChannelKind,
  name: z.string(),
  nameKey: z.string().nullable(),
  people: z.array(Person),
});
export type FoundChannel = z.infer<typeof FoundChannel>;

/**
 * One thing found. `title` is empty for a message: its `channel` says where it is. `at` is when a message was sent, a topic last written
 * in (in the commons, too), a page last edited, a workshop begins or a person joined; `by` is who wrote it. `link` is its page in the app.
 */
export const SearchHit = z.object({
  kind: SearchKind,
  id: Id,
  cohortId: Id.nullable(),
  title: z.array(Marked),
  snippet: z.array(Marked),
  link: z.string(),
  at: Instant,
  by: Person.nullable(),
  channel: FoundChannel.nullable(),
  isReply: z.boolean(),
});
export type SearchHit = z.infer<typeof SearchHit>;

/** An operator whose value names nothing of mine: nothing can be found with it. */
export const UnknownFilter = z.object({
  kind: z.enum(['from', 'in', 'before', 'after', 'has', 'is']),
  value: z.string(),
});
export type UnknownFilter = z.infer<typeof UnknownFilter>;

/**
 * A page of hits. It may be short and still have a next one: a request reads a bounded number of candidates, and `searchedTo` says back
 * to when it has looked; null when there is nothing left.
 */
export const SearchReply = page(SearchHit).extend({
  searchedTo: Instant.nullable(),
  unknown: z.array(UnknownFilter),
});
export type SearchReply = z.infer<typeof SearchReply>;
