import { z } from 'zod';
import { Id, Instant, Person, PlainDate } from '../primitives.js';

/**
 * A fellow and the coaching they get: sessions held in each week of `weeks`, when the last one was, and the days without one. `unserved`:
 * for four weeks or longer, counted from when they joined where there was none.
 */
export const FellowLoad = z.object({
  person: Person,
  projectName: z.string().nullable(),
  sessions: z.array(z.number()),
  lastSessionAt: Instant.nullable(),
  nextSessionAt: Instant.nullable(),
  days: z.number(),
  unserved: z.boolean(),
});
export type FellowLoad = z.infer<typeof FellowLoad>;

/**
 * A coach: sessions of this week and the next, held or booked, beside the most they take a week (null: they never said), and what became
 * of those of `weeks`.
 */
export const CoachLoad = z.object({
  person: Person,
  thisWeek: z.number(),
  nextWeek: z.number(),
  maxPerWeek: z.number().nullable(),
  held: z.number(),
  noShow: z.number(),
  cancelledLate: z.number(),
});
export type CoachLoad = z.infer<typeof CoachLoad>;

/**
 * GET C/coaching-load (staff): contact per fellow by week, longest silence first, and load by coach against caps, the fullest first.
 * `weeks` are the Mondays of the last twelve weeks in the cohort's zone, the current one last.
 */
export const CoachingLoad = z.object({
  countedAt: Instant,
  cohortId: Id,
  weeks: z.array(PlainDate),
  fellows: z.array(FellowLoad),
  coaches: z.array(CoachLoad),
});
export type CoachingLoad = z.infer<typeof CoachingLoad>;
