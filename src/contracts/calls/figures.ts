import { z } from 'zod';
import { PlainDate } from '../primitives.js';
import { InBoth } from './forms.js';

/** A group of fewer people than this is not told: one could know who they are. */
export const SMALL_CELL = 5;

/** How many there are; null: hidden, since there are fewer than {@link SMALL_CELL} there, or in another group that would be known by it. */
const Cell = z.number().nullable();

/**
 * GET C/calls/:callId/figures (staff); `.csv` the same for a spreadsheet. Days are those of the call's zone. `days`: how often the public page was opened, files that were begun, and that were
 * handed in (the last time); days on which nothing happened are left out. `letters`: days on which all who had a draft, or were decided, got a letter. `fields`: what was
 * handed in, by the options of each field that asks for one of several; `unsaid`: those who gave no answer there. `waited`: days from handing in to the letter that answers, the middle one
 * of all (median), and how many were answered. `lapsed`: places that were lost. `withdrawn`: of what was handed in. Files that are erased count, too.
 */
export const CallFigures = z.object({
  totals: z.object({ seen: z.number(), begun: z.number(), submitted: z.number(), withdrawn: z.number() }),
  days: z.array(z.object({ on: PlainDate, seen: z.number(), begun: z.number(), submitted: z.number() })),
  letters: z.array(z.object({ on: PlainDate, kind: z.enum(['closing', 'closed', 'decision']) })),
  fields: z.array(
    z.object({
      key: z.string(),
      label: InBoth,
      options: z.array(z.object({ key: z.string(), label: InBoth, count: Cell })),
      unsaid: Cell,
    }),
  ),
  decisions: z.object({ accepted: Cell, waiting: Cell, declined: Cell, lapsed: Cell }),
  waited: z.object({ days: z.number().nullable(), answered: z.number() }),
});
export type CallFigures = z.infer<typeof CallFigures>;
