import { z } from 'zod';
import { NoteAudience, SessionStatus } from './mentoring.js';
import { Id, Instant, Line, PageQuery, Person, PlainDate, Text } from '../primitives.js';

/** How many sessions a cycle has. */
export const CYCLE_OF = 4;
const LINES = 2;

/**
 * Where a cycle stands. `open`: the pair meets. `completed`: four sessions were held and the closing note is written. `closed`: one of
 * the pair, or staff, ended it with a word. `lapsed`: it was still open a week after its month, or one of the pair left the cohort.
 */
export const CycleState = z.enum(['open', 'completed', 'closed', 'lapsed']);
export type CycleState = z.infer<typeof CycleState>;

/** Who may read a closing note: as for notes of sessions, but never its author alone. Hosts and sponsors never do. */
export const ClosingAudience = NoteAudience.exclude(['me']);
export type ClosingAudience = z.infer<typeof ClosingAudience>;

/**
 * Four sessions of a coach and a fellow within a month. `sessions` are those that count, in time order, numbered from 1; `held` of them
 * took place. `window` is a calendar month from the first session's day, both days included, in the fellow's zone (`daysLeft` whole
 * days, 0 on the last one and after it); without a session it is counted from the day of the start, `begun` being false. `lapsesOn` is
 * the day on which it lapses if it is still open. `canReadNote`: there is a closing note, and I am among its readers.
 */
export const Cycle = z.object({
  id: Id,
  cohortId: Id,
  coach: Person,
  fellow: Person,
  goal: z.string(),
  state: CycleState,
  startedById: Id,
  startedAt: Instant,
  of: z.literal(CYCLE_OF),
  sessions: z.array(z.object({ id: Id, number: z.number(), startsAt: Instant, status: SessionStatus })),
  held: z.number(),
  window: z.object({ from: PlainDate, until: PlainDate, daysLeft: z.number(), begun: z.boolean() }),
  lapsesOn: PlainDate,
  end: z.object({ at: Instant, by: Person.nullable(), word: z.string().nullable() }).nullable(),
  hasNote: z.boolean(),
  canReadNote: z.boolean(),
  revision: z.number(),
  abilities: z.object({ bookNext: z.boolean(), close: z.boolean(), writeNote: z.boolean() }),
});
export type Cycle = z.infer<typeof Cycle>;

/** POST C/cycles: a fellow names the coach, a coach the fellow. The goal has two lines at most. */
export const StartCycle = z
  .strictObject({
    coachId: Id.optional(),
    fellowId: Id.optional(),
    goal: Text(200, 1).refine((value) => value.split('\n').length <= LINES, {
      params: { code: 'too_many_lines' },
      error: 'must be two lines at most',
    }),
  })
  .refine(({ coachId, fellowId }) => (coachId === undefined) !== (fellowId === undefined), {
    path: ['coachId'],
    params: { code: 'coach_or_fellow' },
    error: 'must be given, or fellowId, and not both',
  })
  .meta({ oneOf: [{ required: ['coachId'] }, { required: ['fellowId'] }] });
export type StartCycle = z.infer<typeof StartCycle>;

/** GET C/cycles: mine, or all of the cohort for staff, the latest first. `userId` narrows to those with that person. */
export const CyclesQuery = PageQuery.extend({
  state: z.enum(['open', 'ended']).default('open'),
  userId: Id.optional(),
});
export type CyclesQuery = z.infer<typeof CyclesQuery>;

/** POST .../close: ends it with a word. Of one that ended already: 409 `stale` with `now`. */
export const CloseCycle = z.strictObject({ word: Line(300) });
export type CloseCycle = z.infer<typeof CloseCycle>;

/** POST .../note (its coach, once): after four sessions were held it ends the cycle; it can also be written of one that ended. */
export const WriteClosingNote = z.strictObject({ body: Text(20_000, 1), audience: ClosingAudience });
export type WriteClosingNote = z.infer<typeof WriteClosingNote>;

/** GET .../note: the closing note, if I am among its readers; `audiences` names who would read one that I write now. */
export const ClosingNote = z.object({
  note: z
    .object({
      body: z.string(),
      audience: ClosingAudience,
      author: Person,
      readers: z.array(Person),
      createdAt: Instant,
    })
    .nullable(),
  audiences: z.array(z.object({ audience: ClosingAudience, readers: z.array(Person) })),
});
export type ClosingNote = z.infer<typeof ClosingNote>;

/** Socket event `cycle.changed`, to the two of it and to staff: look again. */
export const CycleChanged = z.object({ cohortId: Id, cycleId: Id, revision: z.number() });
export type CycleChanged = z.infer<typeof CycleChanged>;
