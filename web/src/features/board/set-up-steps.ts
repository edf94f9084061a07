import type { SetUp } from '../../../../src/contracts/cohorts/set-up';
import type { Cohort } from '../../api/types';

/** What is prepared before the first day, in the order in which one does it. */
export const STEPS = [
  'dates',
  'closedDays',
  'projects',
  'invited',
  'joined',
  'hours',
  'workshop',
  'reminders',
] as const;
export type Step = (typeof STEPS)[number];

/** Which of them are done. Dates, closed days and reminders are right from the start for many: they are done once somebody looked. */
export function doneSteps(setUp: SetUp, { pauses }: Pick<Cohort, 'pauses'>): Set<Step> {
  const { lookedOver, projects, invited, joined, notSent, coaches, coachesWithHours, workshops } = setUp;
  const isDone: Record<Step, boolean> = {
    dates: lookedOver.includes('dates'),
    closedDays: pauses.length > 0 || lookedOver.includes('closedDays'),
    projects: projects > 0,
    invited: invited > 0,
    joined: invited > 0 && notSent === 0 && joined >= invited,
    hours: coaches > 0 && coachesWithHours >= coaches,
    workshop: workshops > 0,
    reminders: lookedOver.includes('reminders'),
  };
  return new Set(STEPS.filter((step) => isDone[step]));
}
