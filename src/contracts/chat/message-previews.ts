import { z } from 'zod';
import { MAX_PREVIEWS } from '../limits.js';
import { Id, Instant, Person } from '../primitives.js';
import { FoundChannel } from '../search.js';

/** POST /api/message-previews: messages that links lead to. */
export const MessagePreviewsAsk = z.strictObject({
  links: z
    .array(z.strictObject({ channelId: Id, messageId: Id }))
    .min(1)
    .max(MAX_PREVIEWS),
});
export type MessagePreviewsAsk = z.infer<typeof MessagePreviewsAsk>;

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

/** In the order of the links. Null: there is no such message for me, whether it exists or not. */
export const MessagePreviews = z.object({ items: z.array(MessagePreview.nullable()) });
export type MessagePreviews = z.infer<typeof MessagePreviews>;
