import { z } from 'zod';
import { ClientId, Id, Instant, Line, PageQuery, Person, PlainDate, Text } from '../primitives.js';
import { NoteAudience } from './mentoring.js';

/** Most of what is measured lies far within. */
const MOST = 1_000_000_000;
const Value = z.number().min(-MOST).max(MOST);

/** How it is seen whether a goal is reached: a number that goes from a start to a target, up or down, or yes against no. */
export const Measure = z.discriminatedUnion('kind', [
  z
    .strictObject({ kind: z.literal('number'), unit: Line(40, 0).default(''), start: Value, target: Value })
    .refine(({ start, target }) => start !== target, {
      path: ['target'],
      params: { code: 'same_as_start' },
      error: 'must be another than the start',
    }),
  z.strictObject({ kind: z.literal('yes_no') }),
]);
export type Measure = z.infer<typeof Measure>;

/** `open`: it is worked on. `reached` and `dropped`: one of the two said so; either may open it again. */
export const GoalState = z.enum(['open', 'reached', 'dropped']);
export type GoalState = z.infer<typeof GoalState>;

/** Where a goal stood on a day. Of yes or no, `value` is 1 or 0. */
export const GoalMark = z.object({
  id: Id,
  on: PlainDate,
  value: z.number(),
  words: z.string(),
  by: Person,
  createdAt: Instant,
  abilities: z.object({ takeBack: z.boolean() }),
});
export type GoalMark = z.infer<typeof GoalMark>;

/**
 * What a fellow works on with a coach in the residence. `course` is where it stood over time, the earliest day first; `standing` the last of
 * it: `share` from 0 to 1 of the way from start to target. `readers` were named when it was saved, and can only become fewer, but for the coach with
 * whom its fellow goes on.
 */
export const Goal = z.object({
  id: Id,
  cohortId: Id,
  coach: Person,
  fellow: Person,
  authorId: Id,
  title: z.string(),
  why: z.string(),
  measure: Measure,
  until: PlainDate.nullable(),
  state: GoalState,
  standing: z.object({ value: z.number(), on: PlainDate, share: z.number(), isReached: z.boolean() }).nullable(),
  course: z.array(GoalMark),
  audience: NoteAudience,
  readers: z.array(Person),
  createdAt: Instant,
  endedAt: Instant.nullable(),
  revision: z.number(),
  abilities: z.object({
    edit: z.boolean(),
    changeMeasure: z.boolean(),
    record: z.boolean(),
    settle: z.boolean(),
    changeCoach: z.boolean(),
  }),
});
export type Goal = z.infer<typeof Goal>;

/** A goal in a list: where it stands, without its course. */
export const ListedGoal = Goal.omit({ course: true });
export type ListedGoal = z.infer<typeof ListedGoal>;

/** POST C/goals: a fellow names the coach, a coach the fellow. The same `clientId` of mine again answers the goal that it made. */
export const SetGoal = z.strictObject({
  coachId: Id.optional(),
  fellowId: Id.optional(),
  title: Line(120),
  why: Text(1000).default(''),
  measure: Measure,
  until: PlainDate.nullable().default(null),
  audience: NoteAudience.default('participants'),
  clientId: ClientId.optional(),
});
export type SetGoal = z.infer<typeof SetGoal>;

/**
 * PATCH .../goals/:goalId. Its words, day, measure and readers are its author's (the measure as long as nothing is recorded, 409 `has_course`;
 * the audience only narrower, 409 `audience_grows`); both of the pair may say its `state`. `revision` is the one before one's eyes: 409 `stale` with `now`.
 */
export const ChangeGoal = z.strictObject({
  title: Line(120).optional(),
  why: Text(1000).optional(),
  measure: Measure.optional(),
  until: PlainDate.nullable().optional(),
  audience: NoteAudience.optional(),
  state: GoalState.optional(),
  revision: z.number().int().min(1).optional(),
});
export type ChangeGoal = z.infer<typeof ChangeGoal>;

/**
 * PUT .../goals/:goalId/coach, by its fellow: it goes on with another coach and is the fellow's own from then on. The new coach reads all of it where the
 * one before did, who reads it no more. `revision` is the one before one's eyes: 409 `stale` with `now`.
 */
export const ChangeGoalCoach = z.strictObject({ coachId: Id, revision: z.number().int().min(1) });
export type ChangeGoalCoach = z.infer<typeof ChangeGoalCoach>;

/** POST .../course: where it stands, or stood on a day that is not to come. The same `clientId` of mine again is kept once. */
export const RecordMark = z.strictObject({
  on: PlainDate,
  value: Value,
  words: Line(300, 0).default(''),
  clientId: ClientId.optional(),
});
export type RecordMark = z.infer<typeof RecordMark>;

/** GET C/goals: those that I may read, the latest set first. `userId` narrows to those of which that person is one of the two. */
export const GoalsQuery = PageQuery.extend({
  state: z.enum(['open', 'ended']).default('open'),
  userId: Id.optional(),
});
export type GoalsQuery = z.infer<typeof GoalsQuery>;

/** GET C/goals/readers/:userId: who would read a goal that I set now with that coach, or that fellow. */
export const GoalReaders = z.object({
  audiences: z.array(z.object({ audience: NoteAudience, readers: z.array(Person) })),
});
export type GoalReaders = z.infer<typeof GoalReaders>;

/** Socket event `goal.changed`, to the readers of a goal: look again. */
export const GoalChanged = z.object({ cohortId: Id, goalId: Id, revision: z.number() });
export type GoalChanged = z.infer<typeof GoalChanged>;
