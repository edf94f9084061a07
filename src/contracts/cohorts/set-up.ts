import { z } from 'zod';

/** What staff look over before the first day, and nothing but their having looked tells that it is as they want it. */
export const LookedOver = z.enum(['dates', 'closedDays', 'reminders']);
export type LookedOver = z.infer<typeof LookedOver>;

/**
 * GET C/set-up (staff, admin): how far a cohort is prepared. `invited` are all who were asked to come, but for staff, `joined` those of them who did, `notSent` those whose letter is still to go;
 * `coachesWithHours` have said when they can be booked; `workshops` are drafts too, but none that was called off.
 */
export const SetUp = z.object({
  lookedOver: z.array(LookedOver),
  projects: z.number(),
  invited: z.number(),
  joined: z.number(),
  notSent: z.number(),
  coaches: z.number(),
  coachesWithHours: z.number(),
  workshops: z.number(),
});
export type SetUp = z.infer<typeof SetUp>;
