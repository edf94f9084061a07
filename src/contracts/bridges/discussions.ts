import { z } from 'zod';
import { ChannelKind } from '../chat/chat.js';
import { Id, Instant, Person, Text } from '../primitives.js';

/** A channel in which a topic is discussed, and the message with which that began: the card of the topic stands there. */
export const Discussion = z.object({
  channel: z.object({ id: Id, kind: ChannelKind, name: z.string(), nameKey: z.string().nullable() }),
  messageId: Id,
  by: Person,
  at: Instant,
});
export type Discussion = z.infer<typeof Discussion>;

/** GET C/topics/:topicId/discussions: in which of my channels it is discussed, the latest first, while the message is there. */
export const Discussions = z.object({ items: z.array(Discussion) });
export type Discussions = z.infer<typeof Discussions>;

/**
 * POST C/topics/:topicId/discussions: sends the card of a topic, below words of mine, to a channel of its cohort that I write in. Where it is discussed there already, that is the answer, and nothing
 * is sent. 422 `/channelId` `unknown`, 409 `cohort_closed`, and as for sending a message.
 */
export const Discuss = z.strictObject({ channelId: Id, body: Text(2000).optional() });
export type Discuss = z.infer<typeof Discuss>;

/**
 * GET C/forum/carried/:channelId/:messageId: a message of chat as a reply in the forum begins with it, for who may carry it there: my own as my words with the link back, one of others as that link alone,
 * where its channel is open to the cohort: the card of the link shows the words to who may read them, as long as they stand.
 */
export const CarriedMessage = z.object({ body: z.string() });
export type CarriedMessage = z.infer<typeof CarriedMessage>;
