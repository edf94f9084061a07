import { z } from 'zod';
import { Person, Text } from '../primitives.js';

/**
 * PUT C/sessions/:id/rating, by who met, once it was held; again: in the place of the first. A fellow says how useful it was: staff read
 * averages and, without names, comments, once three fellows have rated a coach, and then what at least three fellows said since, together; the coach reads none of it. A coach says how prepared and
 * engaged the fellows were: staff alone read it.
 */
export const GiveRating = z.strictObject({
  rating: z.number().int().min(1).max(5),
  comment: Text(2_000).default(''),
});
export type GiveRating = z.infer<typeof GiveRating>;

/** GET C/sessions/:id/rating: what I gave, and as which of the two. Never anybody else's. */
export const MyRating = z.object({
  side: z.enum(['fellow', 'coach']),
  mine: z.object({ rating: z.number(), comment: z.string() }).nullable(),
});
export type MyRating = z.infer<typeof MyRating>;

/** How many rated, of how many something waits until three have, and what is shown on average: null while fewer than three fellows are behind it. */
export const CoachRatings = z.object({
  person: Person,
  fellows: z.number(),
  waiting: z.number(),
  average: z.number().nullable(),
  comments: z.array(z.string()),
});
export type CoachRatings = z.infer<typeof CoachRatings>;

/** What coaches said of a fellow: how many times, the average, and the comments, the latest first, each with its coach. */
export const FellowRatings = z.object({
  person: Person,
  count: z.number(),
  average: z.number(),
  comments: z.array(z.object({ comment: z.string(), by: z.string() })),
});
export type FellowRatings = z.infer<typeof FellowRatings>;

/** GET C/session-ratings (staff). */
export const SessionRatings = z.object({ coaches: z.array(CoachRatings), fellows: z.array(FellowRatings) });
export type SessionRatings = z.infer<typeof SessionRatings>;
