import type { CohortActor } from '../../common/actor.js';
import type { Goal, GoalState, Measure } from '../../contracts/mentoring/goals.js';

/** What the rules know of a mark of a course. */
export interface Mark {
  on: string;
  value: number;
  createdAt: Date;
}

/** The marks of a course, the earliest day first; of one day, as they were written. */
export const inOrder = <T extends Mark>(course: readonly T[]): T[] =>
  course.toSorted((a, b) => a.on.localeCompare(b.on) || a.createdAt.getTime() - b.createdAt.getTime());

/** How far a value is from the start (0) to the target (1), whichever of the two is more. */
export function shareOf(measure: Measure, value: number): number {
  if (measure.kind === 'yes_no') return value === 1 ? 1 : 0;
  const { start, target } = measure;
  return Math.min(1, Math.max(0, (value - start) / (target - start)));
}

/** Where a goal stands by the last mark of its course; null where there is none. */
export function standingOf(measure: Measure, course: readonly Mark[]): Goal['standing'] {
  const last = inOrder(course).at(-1);
  if (!last) return null;
  const share = shareOf(measure, last.value);
  return { value: last.value, on: last.on, share, isReached: share === 1 };
}

/** What the policy knows of a goal. */
export interface GoalSubject {
  coachId: string;
  fellowId: string;
  authorId: string;
  readers: readonly string[];
  state: GoalState;
  isRecorded: boolean;
}

/**
 * What somebody may do with a goal; null for who is not among its readers, whatever their role. Its words are its author's; where it stands is said by
 * the two of it, as far as they read it.
 */
export function abilities(
  { userId, role, cohortState }: Pick<CohortActor, 'userId' | 'role' | 'cohortState'>,
  goal: GoalSubject,
): Goal['abilities'] | null {
  if (!goal.readers.includes(userId)) return null;
  const isOfThePair = userId === goal.coachId || userId === goal.fellowId;
  const isAuthor = userId === goal.authorId;
  return {
    edit: isAuthor,
    changeMeasure: isAuthor && !goal.isRecorded,
    record: isOfThePair && goal.state === 'open',
    settle: isOfThePair,
    changeCoach: userId === goal.fellowId && role === 'fellow' && cohortState === 'running' && goal.state === 'open',
  };
}

/** Its readers once it goes on with another coach, who takes the place of the one before: whoever else reads it still does. */
export const readersWith = (readers: readonly string[], coachId: string, newCoachId: string): string[] => [
  ...new Set(readers.map((reader) => (reader === coachId ? newCoachId : reader))),
];
