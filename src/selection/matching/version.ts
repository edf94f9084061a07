import type { MatchShares } from '../../contracts/selection/matching.js';
import type { MatchedRow, MatchingRow } from './matching.schema.js';
import { type Candidate, type Instance, type Teams, lockedAt, rankOf } from './model.js';
import { Reasons } from './reasons.js';

/** Teams as they are kept: with everybody's rank and reasons, and how many got what. */
export function versionOf(
  instance: Instance,
  teams: Teams,
): Pick<MatchingRow, 'teams' | 'unplaced' | 'shares' | 'locks' | 'forbidden' | 'together' | 'apart'> {
  const reasons = new Reasons(instance, teams);
  const locked = lockedAt(instance);
  const byId = new Map(instance.people.map((person) => [person.id, person]));
  const told = instance.projects.map((project) => ({
    projectId: project.id,
    fellows: (teams.get(project.id) ?? []).flatMap((id): MatchedRow[] => {
      const person = byId.get(id);
      if (!person) return [];
      const isLocked = locked.get(id) === project.id;
      return [
        { applicationId: id, rank: rankOf(person, project.id), isLocked, reasons: reasons.placed(person, project) },
      ];
    }),
  }));
  const placed = new Set(told.flatMap(({ fellows }) => fellows.map(({ applicationId }) => applicationId)));
  const left = instance.people.filter(({ id }) => !placed.has(id));
  const { locks, forbidden, together, apart } = instance;
  return {
    ...{ locks, forbidden, together, apart, teams: told },
    unplaced: left.map((person: Candidate) => ({ applicationId: person.id, reasons: reasons.unplaced(person) })),
    shares: sharesOf(
      told.flatMap(({ fellows }) => fellows),
      left.length,
    ),
  };
}

function sharesOf(placed: readonly MatchedRow[], unplaced: number): MatchShares {
  const of = (asked: number | null) => placed.filter(({ rank }) => rank === asked).length;
  return { first: of(1), second: of(2), third: of(3), none: of(null), unplaced };
}
