import { z } from 'zod';
import { Id, Instant, Person } from '../primitives.js';
import { Craft } from '../roles.js';

/**
 * POST C/sessions/:id/hand-over (its coach; staff): another coach takes the session over, at the same time and with the same fellows.
 * `fromCoachId` says which of two coaches is replaced; left out, oneself, or for staff the first one. `revision` is the one that one has
 * before one's eyes.
 */
export const HandOverSession = z.strictObject({
  coachId: Id,
  fromCoachId: Id.optional(),
  revision: z.number().int().min(1).optional(),
});
export type HandOverSession = z.infer<typeof HandOverSession>;

/** A coach who is free at the time of a session; `isOfTheCraft`: of the same craft as the one who would be replaced. */
export const FreeCoach = z.object({ person: Person, craft: Craft.nullable(), isOfTheCraft: z.boolean() });
export type FreeCoach = z.infer<typeof FreeCoach>;

/** GET C/sessions/:id/free-coaches (its coach; staff): who could take it over, those of the same craft first. */
export const FreeCoaches = z.object({ items: z.array(FreeCoach), nextCursor: z.null() });
export type FreeCoaches = z.infer<typeof FreeCoaches>;

/** What a session is by now: in the 409 `stale` of who came too late, `now`. */
export const SessionNow = z.object({
  coachId: Id,
  status: z.enum(['scheduled', 'held', 'no_show', 'cancelled']),
  startsAt: Instant,
  endsAt: Instant,
  revision: z.number(),
});
export type SessionNow = z.infer<typeof SessionNow>;

/**
 * Of a session that was handed over: `notes` of the fellow's earlier sessions with coach `from`, read by both alone, which the fellow
 * may let coach `to` read. `isShared`: they did. Whoever was let in is among them, also once the session went on to somebody else.
 */
export const NoteShare = z.object({ from: Person, to: Person, notes: z.number(), isShared: z.boolean() });
export type NoteShare = z.infer<typeof NoteShare>;

/** GET C/sessions/:id/note-shares (its fellow): one for each coach who handed it over. */
export const NoteShares = z.object({ items: z.array(NoteShare), nextCursor: z.null() });
export type NoteShares = z.infer<typeof NoteShares>;

/**
 * PUT C/sessions/:id/note-shares (its fellow): `shared` true lets the coach read who has the place of `fromCoachId` now; false takes back what was
 * shared, from `toCoachId` or, without one, from everybody who was let in to these notes, and nothing else.
 */
export const ShareNotes = z.strictObject({ fromCoachId: Id, toCoachId: Id.optional(), shared: z.boolean() });
export type ShareNotes = z.infer<typeof ShareNotes>;
