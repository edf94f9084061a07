import type { Phase } from '../../contracts/cohorts/cohorts.js';
import { daysBetween } from '../../common/times/zoned.js';
import type { ClosedOn } from './closed-days.js';
import { phaseAt } from '../cohort-rules.js';
import { workingDay } from './ten-month-template.js';

/** A milestone as far as its day goes. */
interface Placed {
  on: string;
}

/** A milestone and the day it moves to. */
export interface Move<T extends Placed> {
  milestone: T;
  to: string;
}

/**
 * Which milestones move when the phases become `after`. One that lies ahead of `today` keeps its place in its phase: a phase that
 * moves takes it along by as many days, one that is stretched or cut takes it along in proportion; its first and its last working
 * day stay its first and last. It then falls on a working day of that phase, as the template's do: no weekend, no closed day. What was
 * or is today stays, and so does all in a phase whose days do not change.
 */
export function milestoneMoves<T extends Placed>(
  before: readonly Phase[],
  after: readonly Phase[],
  milestones: readonly T[],
  today: string,
  on: ClosedOn,
): Move<T>[] {
  return milestones.flatMap((milestone) => {
    const key = phaseAt(before, milestone.on);
    const [from, to] = [before.find((phase) => phase.key === key), after.find((phase) => phase.key === key)];
    if (milestone.on <= today || !from || !to || isSame(from, to)) return [];
    const day = workingDay(to, placeIn(from, milestone.on, on), on);
    return day === milestone.on ? [] : [{ milestone, to: day }];
  });
}

/** Phases with the days on which their cohort is closed. */
export interface Framed {
  phases: readonly Phase[];
  on: ClosedOn;
}

/** The day with the place in its phase that `day` has among those of another cohort, on which that cohort works. */
export function dayLike(day: string, from: Framed, to: Framed): string | null {
  const key = phaseAt(from.phases, day);
  const [before, after] = [from, to].map(({ phases }) => phases.find((phase) => phase.key === key));
  return before && after ? workingDay(after, placeIn(before, day, from.on), to.on) : null;
}

const isSame = (one: Phase, other: Phase) => one.startsOn === other.startsOn && one.endsOn === other.endsOn;

/** How far through a phase a day lies: 0 its first working day and what lies before, 1 its last and what lies after. */
function placeIn(phase: Phase, day: string, on: ClosedOn): number {
  if (day <= workingDay(phase, 0, on)) return 0;
  if (day >= workingDay(phase, 1, on)) return 1;
  return daysBetween(phase.startsOn, day) / daysBetween(phase.startsOn, phase.endsOn);
}
