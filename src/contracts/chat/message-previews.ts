import { z } from 'zod';
import { Id, Instant, Person } from '../primitives.js';
import { FoundChannel } from '../search.js';

/**
 * What a link to a message shows: `excerpt` is the beginning of its words in one line with names in the place of ids (empty beside files,
 * and when `deletedAt` is set). `image` is the first of its images, `files` the number of all its files. `by` is null for a webhook,
 * whose name is `botName`, and for a former member.
 */
export const MessagePreview = z.object({
  messageId: Id,
  rev: z.number().int(),
  channel: FoundChannel.extend({ cohortId: Id.nullable() }),
  by: Person.nullable(),
  botName: z.string().nullable(),
  excerpt: z.string(),
  image: z.object({ url: z.string(), alt: z.string() }).nullable(),
  files: z.number().int(),
  createdAt: Instant,
  deletedAt: Instant.nullable(),
});
export type MessagePreview = z.infer<typeof MessagePreview>;
