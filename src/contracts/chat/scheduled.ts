import { z } from 'zod';
import { MessageBody, NOTHING_SAID, SAYS_SOMETHING, Sending, saysSomething } from './chat.js';
import { Attachment } from '../files.js';
import { ClientId, Id, Instant, Text } from '../primitives.js';

/** `message` goes out into its channel, `note` comes back to who wrote it: "remind me". */
export const LaterKind = z.enum(['message', 'note']);
export type LaterKind = z.infer<typeof LaterKind>;

/** Something that happens at a time, seen by nobody but who planned it. `failed`: it could not be sent; `because` is the code of why. */
export const Scheduled = z.object({
  id: Id,
  kind: LaterKind,
  /** Where a message goes, or where a note was written (null: nowhere). */
  channelId: Id.nullable(),
  threadId: Id.nullable(),
  /** The message of which a note reminds; `body` and `attachments` are its own then, as they are now: both empty where it is not there any more, or not mine to read. */
  messageId: Id.nullable(),
  body: z.string(),
  attachments: z.array(Attachment),
  dueAt: Instant,
  state: z.enum(['waiting', 'failed']),
  because: z.string().nullable(),
  createdAt: Instant,
});
export type Scheduled = z.infer<typeof Scheduled>;

/**
 * POST /api/channels/:id/scheduled: a message to be sent at `dueAt`, at most a year ahead. The same `clientId` again is the same message,
 * also after it was sent.
 */
export const ScheduleMessage = Sending.extend({ dueAt: Instant })
  .refine(saysSomething, NOTHING_SAID)
  .meta(SAYS_SOMETHING);
export type ScheduleMessage = z.infer<typeof ScheduleMessage>;

/** POST /api/scheduled/notes: tells me `body` at `dueAt`, with the way back to `channelId`; or reminds me of `messageId`, in its words and with the way to it. One of both. */
export const ScheduleNote = z
  .strictObject({
    clientId: ClientId,
    body: Text(500, 1).optional(),
    dueAt: Instant,
    channelId: Id.optional(),
    messageId: Id.optional(),
  })
  .refine(({ body, messageId }) => body !== undefined || messageId !== undefined, {
    ...{ path: ['body'], params: { code: 'required' }, error: 'is needed without a message' },
  })
  .refine(({ body, channelId, messageId }) => messageId === undefined || (body ?? channelId) === undefined, {
    ...{
      path: ['messageId'],
      params: { code: 'invalid' },
      error: 'stands alone: it has words and a channel of its own',
    },
  })
  .meta({
    oneOf: [
      { required: ['body'], not: { required: ['messageId'] } },
      { required: ['messageId'], not: { anyOf: [{ required: ['body'] }, { required: ['channelId'] }] } },
    ],
  });
export type ScheduleNote = z.infer<typeof ScheduleNote>;

/** PATCH /api/scheduled/:id. With a new time, what failed waits again. What reminds of a message has no `body` to change: 422. */
export const UpdateScheduled = z
  .strictObject({ body: MessageBody.optional(), dueAt: Instant.optional() })
  .refine((change) => Object.keys(change).length > 0, { params: { code: 'required' }, error: 'says nothing' })
  .meta({ minProperties: 1 });
export type UpdateScheduled = z.infer<typeof UpdateScheduled>;
