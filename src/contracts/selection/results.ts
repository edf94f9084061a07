import { z } from 'zod';
import { InBoth, FieldKey } from '../calls/forms.js';
import { Criterion } from '../calls/calls.js';
import { Decision } from '../calls/decisions.js';
import { Id } from '../primitives.js';
import { Verdict } from './reviews.js';

/** A juror's own distance is taken off at most so far, in steps of the scale. */
export const MAX_LEVELLING = 0.5;
/** A file whose highest and lowest mean lie so far apart has a wide spread. */
export const WIDE_SPREAD = 1.5;

/** Other weights to look at, `craft:35,judgement:30`: those that are not named keep theirs. Nothing is kept of it. */
export const TriedWeights = z
  .string()
  .max(500)
  .regex(/^[a-z][a-z0-9]{0,23}:\d{1,3}(,[a-z][a-z0-9]{0,23}:\d{1,3})*$/);

/** GET C/calls/:callId/results (staff): `levelled`: each juror's own distance is taken off. `line`: so many are chosen. A page of at most 200, from `from` (a rank's place) on. */
export const ResultsQuery = z.strictObject({
  stepId: Id,
  scores: z.enum(['levelled', 'raw']).default('levelled'),
  craft: FieldKey.optional(),
  only: z.enum(['wide', 'ties']).optional(),
  line: z.coerce.number().int().min(1).max(2000).optional(),
  weights: TriedWeights.optional(),
  from: z.coerce.number().int().min(0).max(10_000).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});
export type ResultsQuery = z.infer<typeof ResultsQuery>;

/** A juror's score of a file: `raw` is their weighted mean, `levelled` without their own distance. */
export const JurorScore = z.object({
  reviewId: Id,
  jurorId: Id,
  raw: z.number(),
  levelled: z.number(),
  verdict: Verdict.nullable(),
  comment: z.string(),
  toApplicant: z.string(),
});
export type JurorScore = z.infer<typeof JurorScore>;

/**
 * A file in the table of results. Files of one mean share a `rank`; null: nobody has handed in a review of it yet. `mean` and `spread` (highest less lowest) are of the scores that were asked for.
 * `open`: reviews that are not in yet. `tiedWith`: numbers of others of the same mean, five at most. `movedBy` the weights that are tried: over the line, or below it.
 */
export const Result = z.object({
  applicationId: Id,
  number: z.string(),
  name: z.string(),
  craft: InBoth.nullable(),
  rank: z.number().nullable(),
  mean: z.number().nullable(),
  spread: z.number().nullable(),
  scores: z.array(JurorScore),
  verdicts: z.object({ yes: z.number(), maybe: z.number(), no: z.number() }),
  open: z.number(),
  isWide: z.boolean(),
  tiedWith: z.array(z.string()),
  moved: z.enum(['in', 'out']).nullable(),
  decision: Decision.nullable(),
});
export type Result = z.infer<typeof Result>;

/** How strict a juror is: how far their means lie from those of the others on the `shared` files; null with fewer than three. Below 0: stricter. */
export const Strictness = z.object({
  jurorId: Id,
  name: z.string(),
  files: z.number(),
  shared: z.number(),
  distance: z.number().nullable(),
});
export type Strictness = z.infer<typeof Strictness>;

/** Answer: of the files that were asked for; `counts` are of the craft. `lineCutsTie`: the last that is chosen has the mean of the first that is not. */
export const Results = z.object({
  items: z.array(Result),
  total: z.number(),
  counts: z.object({
    ...{ files: z.number(), asked: z.number(), submitted: z.number(), wide: z.number(), ties: z.number() },
    conflicts: z.number(),
  }),
  crafts: z.array(z.object({ key: z.string(), name: InBoth, files: z.number() })),
  criteria: z.array(Criterion),
  scale: z.array(InBoth),
  jurors: z.array(Strictness),
  lineCutsTie: z.boolean(),
  moves: z.object({ in: z.array(z.string()), out: z.array(z.string()) }),
});
export type Results = z.infer<typeof Results>;
