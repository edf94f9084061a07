import { z } from 'zod';
import { Id, Instant, Line, SOMETHING } from '../primitives.js';

/** When a status ends: after a while, with the day or the (ISO) week in the person's zone, or when it is taken back. */
export const StatusEnd = z.enum(['30m', '1h', '4h', 'today', 'week', 'never']);
export type StatusEnd = z.infer<typeof StatusEnd>;

/** What a person says of themselves now. `away`: they are not at their desk. From `until` on it holds no more (null: it stays). */
export const PersonStatus = z.object({
  emoji: z.string().nullable(),
  text: z.string(),
  away: z.boolean(),
  until: Instant.nullable(),
});
export type PersonStatus = z.infer<typeof PersonStatus>;

/**
 * PUT /api/me/status: an emoji, one line, or `away` alone; it replaces the one before. The server makes `clears` an instant in the
 * person's zone. 422 `required` when it says nothing, `not_an_emoji`. DELETE takes it back.
 */
export const SetStatus = z
  .strictObject({
    emoji: z.string().max(40).nullable().default(null),
    text: Line(80, 0).default(''),
    away: z.boolean().default(false),
    clears: StatusEnd.default('never'),
  })
  .refine(({ emoji, text, away }) => emoji !== null || text !== '' || away, {
    path: ['text'],
    params: { code: 'required' },
    error: 'is needed without an emoji',
  })
  .meta({
    anyOf: [
      { required: ['emoji'], properties: { emoji: { type: 'string' } } },
      { required: ['text'], properties: { text: SOMETHING.line } },
      { required: ['away'], properties: { away: { enum: [true] } } },
    ],
  });
export type SetStatus = z.infer<typeof SetStatus>;

/** PUT /api/me/quiet: nothing that can wait disturbs me until then, at most 7 days ahead; null ends it. 422 `past`, `too_far`. */
export const SetQuiet = z.strictObject({ until: Instant.nullable() });
export type SetQuiet = z.infer<typeof SetQuiet>;

/** How somebody stands now; both null: nothing to say. Never holds what has ended. Socket event `standing.changed`. */
export const Standing = z.object({ userId: Id, status: PersonStatus.nullable(), quietUntil: Instant.nullable() });
export type Standing = z.infer<typeof Standing>;

/** GET /api/standings: of those who share a cohort or a conversation with me and say something of themselves now. */
export const Standings = z.object({ items: z.array(Standing) });
export type Standings = z.infer<typeof Standings>;
