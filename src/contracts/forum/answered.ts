import { z } from 'zod';
import { TopicSummary } from '../forums.js';
import { Id } from '../primitives.js';

/**
 * POST /api/channels/:channelId/messages/:messageId/answered, asked by who wrote the message, once it is sent: the solved topic of the forum that a question resembles. Null where there
 * is none, or it was offered before: neither a message nor a topic is asked about twice.
 */
export const AnsweredBefore = z.object({
  topic: TopicSummary.pick({ id: true, title: true }).extend({ cohortId: Id }).nullable(),
});
export type AnsweredBefore = z.infer<typeof AnsweredBefore>;
