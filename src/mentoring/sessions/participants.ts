import type { CohortActor } from '../../common/actor.js';
import type { Role } from '../../contracts/roles.js';
import type { FieldProblem } from '../../contracts/primitives.js';

/** A member of the cohort as the rule sees one. */
export interface Candidate {
  userId: string;
  role: Role;
  projectId: string | null;
}

/**
 * Who a session is for. A fellow books for themself and may add teammates; staff, and coaches on their own time, name the fellows.
 * Returns ids without doubles, or the problems of fields: `required`, `not_a_member`, `not_a_fellow`, `not_a_teammate`.
 */
export function participantsOf(
  actor: Pick<CohortActor, 'userId' | 'role' | 'projectId'>,
  named: readonly string[] | undefined,
  members: readonly Candidate[],
): { participants: string[] } | { problems: FieldProblem[] } {
  const isFellow = actor.role === 'fellow';
  if (!named) {
    return isFellow ? { participants: [actor.userId] } : { problems: [{ field: '/participants', code: 'required' }] };
  }
  const byId = new Map(members.map((member) => [member.userId, member]));
  const problems = named.flatMap((id, index): FieldProblem[] => {
    const field = `/participants/${index}`;
    const member = byId.get(id.toLowerCase());
    if (!member) return [{ field, code: 'not_a_member' }];
    if (member.role !== 'fellow') return [{ field, code: 'not_a_fellow' }];
    const teammate =
      member.userId === actor.userId || (member.projectId !== null && member.projectId === actor.projectId);
    return isFellow && !teammate ? [{ field, code: 'not_a_teammate' }] : [];
  });
  if (problems.length > 0) return { problems };
  const participants = named.map((id) => id.toLowerCase());
  return { participants: [...new Set(isFellow ? [actor.userId, ...participants] : participants)] };
}
