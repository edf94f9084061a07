import type { CohortActor } from '../common/actor.js';
import { conflict, invalid } from '../common/problem.js';
import { plusDays } from '../common/times/zoned.js';
import type { Cohort, MeetingPattern, Pause, Phase } from '../contracts/cohorts/cohorts.js';
import type { FieldProblem } from '../contracts/primitives.js';

const ORDER: readonly Phase['key'][] = ['discover', 'build', 'deploy', 'handover'];
const EARLIEST = '2000-01-01';
const LATEST = '2099-12-31';

/** Whether a day can be one of a cohort: a mistyped year must not make a residency of a thousand years. */
export const isSaneDay = (day: string): boolean => day >= EARLIEST && day <= LATEST;

/**
 * Four phases in order, each beginning the day after the one before. Throws 422 with `/phases/n/...`: `out_of_range`,
 * `out_of_order`, `end_before_start`, `not_contiguous`.
 */
export function checkPhases(phases: readonly Phase[]): void {
  const errors: FieldProblem[] = phases.flatMap((phase, index) => {
    const before = phases[index - 1];
    const outside = (['startsOn', 'endsOn'] as const).filter((name) => !isSaneDay(phase[name]));
    if (outside.length > 0) return outside.map((name) => ({ field: `/phases/${index}/${name}`, code: 'out_of_range' }));
    return [
      ...(phase.key === ORDER[index] ? [] : [{ field: `/phases/${index}/key`, code: 'out_of_order' }]),
      ...(phase.endsOn >= phase.startsOn ? [] : [{ field: `/phases/${index}/endsOn`, code: 'end_before_start' }]),
      ...(!before || !isSaneDay(before.endsOn) || phase.startsOn === plusDays(before.endsOn, 1)
        ? []
        : [{ field: `/phases/${index}/startsOn`, code: 'not_contiguous' }]),
    ];
  });
  if (errors.length > 0) throw invalid(errors);
}

/** Throws 422 with `/pauses/n/...`: `out_of_range`, `end_before_start`. */
export function checkPauses(pauses: readonly Pause[]): void {
  const errors = pauses.flatMap(({ from, to }, index): FieldProblem[] => {
    if (!isSaneDay(from)) return [{ field: `/pauses/${index}/from`, code: 'out_of_range' }];
    if (!isSaneDay(to)) return [{ field: `/pauses/${index}/to`, code: 'out_of_range' }];
    return to < from ? [{ field: `/pauses/${index}/to`, code: 'end_before_start' }] : [];
  });
  if (errors.length > 0) throw invalid(errors);
}

/** Throws 422 `/meeting/pattern`: `required`, `not_used` (for `none`) or `needs_session_part` (a room per session needs `{session}`). */
export function checkMeeting({ kind, pattern }: MeetingPattern): void {
  const wrong =
    kind === 'none'
      ? pattern !== null && 'not_used'
      : pattern === null
        ? 'required'
        : kind !== 'fixed' && !pattern.includes('{session}') && 'needs_session_part';
  if (wrong) throw invalid([{ field: '/meeting/pattern', code: wrong }]);
}

/** The phase in which a day lies; days outside count to the nearest phase. */
export function phaseAt(phases: readonly Phase[], on: string): Phase['key'] {
  return phases.findLast((phase) => phase.startsOn <= on)?.key ?? 'discover';
}

/** Whether somebody runs a cohort: of its programme team, or an admin. */
export const isOfTeam = ({ role, isAdmin }: Pick<CohortActor, 'role' | 'isAdmin'>): boolean =>
  role === 'staff' || isAdmin;

/** What an actor may do with a cohort. */
export function cohortAbilities(actor: Pick<CohortActor, 'role' | 'cohortState' | 'isAdmin'>): Cohort['abilities'] {
  const leads = isOfTeam(actor);
  const runs = actor.cohortState === 'running' && leads;
  return { edit: runs, invite: runs, close: runs, removeMembers: leads };
}

/** Whether messages show what they link to: the installation allows it, and staff said so. */
export function linkPreviewing(
  { linkPreviews }: { linkPreviews?: boolean | null },
  { LINK_PREVIEWS }: { LINK_PREVIEWS: 'on' | 'off' },
): Cohort['linkPreviews'] {
  if (LINK_PREVIEWS === 'off') return 'never';
  return linkPreviews ? 'on' : 'off';
}

/** 409: a closed cohort is kept as it was. */
export const closedForGood = () => conflict('cohort_closed', 'This cohort is closed: it is kept as it was.');

/** Throws {@link closedForGood}. */
export function mustRun(actor: Pick<CohortActor, 'cohortState'>): void {
  if (actor.cohortState === 'closed') throw closedForGood();
}
