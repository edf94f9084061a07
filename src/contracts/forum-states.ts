import { z } from 'zod';
import { Id, Instant, Person, PlainDate } from './primitives.js';

/**
 * How a topic is closed: nobody replies to it (`closed`), nobody but staff writes or reacts in it (`locked`), or its question was asked before (`duplicate`). A closed
 * question waits for no answer.
 */
export const ClosedHow = z.enum(['closed', 'locked', 'duplicate']);
export type ClosedHow = z.infer<typeof ClosedHow>;

/** That a topic is closed: how, who did it, when, and why. */
export const Closing = z.object({ how: ClosedHow, by: Person, at: Instant, why: z.string().nullable() });
export type Closing = z.infer<typeof Closing>;

/** That staff put a topic first in the list, until the end of a day of the cohort. */
export const Pin = z.object({ until: PlainDate, by: Person, at: Instant, why: z.string().nullable() });
export type Pin = z.infer<typeof Pin>;

/** That each member but staff writes one reply in so many minutes, until the end of a day of the cohort (null: until staff end it). */
export const SlowMode = z.object({
  minutes: z.number(),
  until: PlainDate.nullable(),
  by: Person,
  at: Instant,
  why: z.string().nullable(),
});
export type SlowMode = z.infer<typeof SlowMode>;

/** Where a post that was moved away stands now; `topic` is null where that topic is gone. */
export const MovedPost = z.object({
  by: Person,
  at: Instant,
  topic: z.object({ id: Id, title: z.string(), number: z.number() }).nullable(),
});
export type MovedPost = z.infer<typeof MovedPost>;
