import { z } from 'zod';
import { ClientId, Id, Instant, Text } from '../primitives.js';

/** So many messages there are about one file. */
export const MAX_APPLICATION_MESSAGES = 200;

/** A message between who applies and the programme team; jurors never read it. `name`: of whom of the team wrote it; null of who applies. */
export const ApplicationMessage = z.object({
  id: Id,
  from: z.enum(['applicant', 'team']),
  name: z.string().nullable(),
  text: z.string(),
  at: Instant,
});
export type ApplicationMessage = z.infer<typeof ApplicationMessage>;

/** GET /api/applications/:id/messages, and C/calls/:callId/applications/:id/messages for staff: all, the oldest first. `canWrite`: about what was handed in, until it is erased. `waits`: who applies wrote, and has no answer yet. */
export const ApplicationMessages = z.object({
  items: z.array(ApplicationMessage),
  canWrite: z.boolean(),
  waits: z.boolean(),
});
export type ApplicationMessages = z.infer<typeof ApplicationMessages>;

/** POST to the same paths: plain text. The other side gets a mail, or a notice. */
export const WriteApplicationMessage = z.strictObject({ text: Text(4000, 1), clientId: ClientId.optional() });
export type WriteApplicationMessage = z.infer<typeof WriteApplicationMessage>;

/** POST C/calls/:callId/applications/:id/messages (staff): the same. `seen`: the last message that they have seen; what was written since waits for an answer all the same. 422 `/seen` `unknown`. */
export const AnswerApplicationMessages = WriteApplicationMessage.extend({ seen: Id.optional() });
export type AnswerApplicationMessages = z.infer<typeof AnswerApplicationMessages>;

/** PUT C/calls/:callId/applications/:id/messages/answered: nothing is to be answered up to the last message that one has `seen`. What was written since waits for an answer all the same. */
export const SettleApplicationMessages = z.strictObject({ seen: Id });
export type SettleApplicationMessages = z.infer<typeof SettleApplicationMessages>;
