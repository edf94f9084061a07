import { z } from 'zod';
import { Id, Instant, Person } from '../primitives.js';

/** What an export of another chat holds, and what becomes of it. */
export const ImportCounts = z.object({
  channels: z.number(),
  /** Replies included. */
  messages: z.number(),
  replies: z.number(),
  reactions: z.number(),
  /** Files whose bytes lie in the export, and those of which it only knows the name. */
  files: z.number(),
  missingFiles: z.number(),
  /** What the files of messages that are not here yet take, in bytes; previews of images come on top. */
  fileBytes: z.number(),
  /** People of the export who are members of the cohort, and those for whom a placeholder stands until they are invited. */
  matched: z.number(),
  placeholders: z.number(),
  /** Messages that an earlier run brought. */
  already: z.number(),
  /** What stays outside: "has joined the channel", what could not be read, emoji that only that workspace knows, conversations between people. */
  notices: z.number(),
  unreadable: z.number(),
  unknownEmoji: z.number(),
  directs: z.number(),
});
export type ImportCounts = z.infer<typeof ImportCounts>;

/** Where an export comes from: the chat of Slack, or the forum of Discourse. */
export const ImportSource = z.enum(['slack', 'discourse']);
export type ImportSource = z.infer<typeof ImportSource>;

/** GET and POST C/imports: those of a source. */
export const ImportsQuery = z.strictObject({ source: ImportSource.default('slack') });
export type ImportsQuery = z.infer<typeof ImportsQuery>;

/** What an export of another forum holds, and what becomes of it. */
export const ForumImportCounts = z.object({
  topics: z.number(),
  /** Those of them that have an answer. */
  solved: z.number(),
  posts: z.number(),
  /** People who wrote in it and are members of the cohort, found by their mail address, and those for whom a placeholder stands. */
  matched: z.number(),
  placeholders: z.number(),
  /** Posts that an earlier run brought. */
  already: z.number(),
  /** What stays outside: conversations between people; what was deleted, hidden or unlisted there, and notices; likes, of which it is not said whose they are; what could not be read. */
  directs: z.number(),
  hidden: z.number(),
  likes: z.number(),
  unreadable: z.number(),
});
export type ForumImportCounts = z.infer<typeof ForumImportCounts>;

/**
 * An export that staff handed over. `checking` -> `ready` (its counts are known; nothing is changed yet) -> `running` -> `done`; or `refused`
 * (it is no export), `failed` (half of it may be here: another run brings the rest). `counts` are those of
 * Slack, `forum` those of Discourse. `done` messages of `counts.messages`, or posts of `forum.posts`, are looked at.
 */
export const Import = z.object({
  id: Id,
  source: ImportSource,
  fileName: z.string(),
  size: z.number(),
  state: z.enum(['checking', 'ready', 'refused', 'running', 'done', 'failed']),
  problem: z.string().nullable(),
  counts: ImportCounts.nullable(),
  forum: ForumImportCounts.nullable(),
  done: z.number(),
  /** Of one that is `ready`: the bytes that its files need and those that the cohort has free. It does not begin where they are too few. */
  room: z.object({ needed: z.number(), free: z.number() }).nullable(),
  by: Person.nullable(),
  createdAt: Instant,
  endedAt: Instant.nullable(),
});
export type Import = z.infer<typeof Import>;
