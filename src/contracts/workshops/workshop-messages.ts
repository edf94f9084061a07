import { z } from 'zod';
import { Id, Instant, Line, Person, SOMETHING, Text, page } from '../primitives.js';

/** To whom a message about a workshop goes: who has a place, who waits for one, or who was there. */
export const MessageAudience = z.enum(['coming', 'waiting', 'came']);
export type MessageAudience = z.infer<typeof MessageAudience>;

/** POST C/workshops/:id/messages (staff, its hosts). `key` is made by the sender: the same again is the same message. */
export const SendWorkshopMessage = z.strictObject({
  to: MessageAudience,
  body: Text(2_000)
    .refine((body) => body.trim() !== '', { params: { code: 'required' }, error: 'says something' })
    .meta(SOMETHING.text),
  key: Line(64),
});
export type SendWorkshopMessage = z.infer<typeof SendWorkshopMessage>;

/** A message that went out: `count` people were meant. Each is told once, in the inbox and by mail as they chose. */
export const WorkshopMessage = z.object({
  id: Id,
  to: MessageAudience,
  body: z.string(),
  by: Person.nullable(),
  count: z.number(),
  sentAt: Instant,
});
export type WorkshopMessage = z.infer<typeof WorkshopMessage>;

/** GET C/workshops/:id/messages (staff, its hosts): the latest 50. */
export const WorkshopMessages = page(WorkshopMessage);
export type WorkshopMessages = z.infer<typeof WorkshopMessages>;
