import type { Craft } from '../../contracts/roles.js';
import type { MatchReason } from '../../contracts/selection/matching.js';
import {
  type Candidate,
  type Instance,
  type Opening,
  type Teams,
  lockedAt,
  pairKey,
  placesOf,
  rankOf,
  skillsThatFit,
  smallestTeam,
} from './model.js';

/** Says of teams why everybody is where they are. */
export class Reasons {
  private readonly people: ReadonlyMap<string, Candidate>;
  private readonly projects: ReadonlyMap<string, Opening>;
  private readonly forbidden: ReadonlySet<string>;
  private readonly locked: ReadonlyMap<string, string>;

  constructor(
    private readonly instance: Instance,
    private readonly teams: Teams,
  ) {
    this.people = new Map(instance.people.map((person) => [person.id, person]));
    this.projects = new Map(instance.projects.map((project) => [project.id, project]));
    this.forbidden = new Set(instance.forbidden.map((pair) => pairKey(pair.applicationId, pair.projectId)));
    this.locked = lockedAt(instance);
  }

  /** Why somebody is in the team of a project. */
  placed(person: Candidate, project: Opening): MatchReason[] {
    const rank = rankOf(person, project.id);
    const { must, nice } = skillsThatFit(person, project);
    const dearer = person.wishes.slice(0, rank === null ? undefined : rank - 1);
    const isLocked = this.locked.get(person.id) === project.id;
    return [
      ...(isLocked ? [{ code: 'locked' as const }] : []),
      ...this.company(person, project),
      rank === null
        ? { code: person.wishes.length > 0 ? ('not_wished' as const) : ('no_wishes' as const) }
        : { code: 'wish' as const, rank },
      ...dearer.flatMap((id, index) => this.notHad(person, id, index + 1)),
      ...must.map((skill) => ({ code: 'must' as const, skill })),
      ...nice.map((skill) => ({ code: 'nice' as const, skill })),
      ...(rank === 1 ? [] : this.alternatives(person, project)),
    ];
  }

  /** Why somebody has no place. */
  unplaced(person: Candidate): MatchReason[] {
    const { craft } = person;
    if (craft === null) return [{ code: 'no_craft' }];
    return [
      ...person.wishes.flatMap((id, index) => this.notHad(person, id, index + 1)),
      ...this.leftOut(person, craft),
    ];
  }

  private leftOut(person: Candidate, craft: Craft): MatchReason[] {
    const wanting = this.instance.projects.filter((project) => placesOf(project, craft) > 0);
    if (wanting.length === 0) return [{ code: 'craft_not_wanted', craft }];
    const free = wanting.filter((project) => this.free(project, craft) > 0);
    if (free.length === 0) return [{ code: 'craft_full', craft }];
    // Where they would be enough for a team, or there is one.
    const ready = free.filter(
      (project) => this.membersOf(project.id).length > 0 || smallestTeam(project, new Set()) < 2,
    );
    if (ready.length === 0) return [{ code: 'no_team_left', craft }];
    if (ready.every((project) => this.isKeptFrom(person, project.id))) return [{ code: 'kept_out', craft }];
    return this.partners('together', person.id).map((applicationId) => ({ code: 'together_unplaced', applicationId }));
  }

  /** Whether staff keep somebody from a project, or from somebody who is there. */
  private isKeptFrom({ id }: Candidate, projectId: string): boolean {
    const members = this.membersOf(projectId);
    return (
      this.forbidden.has(pairKey(id, projectId)) || this.partners('apart', id).some((other) => members.includes(other))
    );
  }

  /** Why a wish of theirs was not had; nothing where it is their own doing elsewhere (they are needed, locked or together). */
  private notHad(person: Candidate, projectId: string, rank: number): MatchReason[] {
    const project = this.projects.get(projectId);
    const wish = { rank, projectId };
    if (!project) return [{ code: 'wish_gone', ...wish }];
    if (person.craft === null || placesOf(project, person.craft) === 0) return [{ code: 'wish_craft', ...wish }];
    if (this.forbidden.has(pairKey(person.id, projectId))) return [{ code: 'wish_forbidden', ...wish }];
    const members = this.membersOf(projectId);
    const from = this.partners('apart', person.id).find((id) => members.includes(id));
    if (from !== undefined) return [{ code: 'wish_apart', ...wish, applicationId: from }];
    if (members.length === 0) return [{ code: 'wish_no_team', ...wish }];
    return this.free(project, person.craft) === 0 ? [{ code: 'wish_full', ...wish }] : [];
  }

  private company(person: Candidate, { id }: Opening): MatchReason[] {
    const members = this.membersOf(id);
    return this.partners('together', person.id)
      .filter((other) => members.includes(other))
      .map((applicationId) => ({ code: 'together', applicationId }));
  }

  /** What keeps somebody here whose first wish is another: no other team has a free place of their craft, or this one would be too small without them. */
  private alternatives(person: Candidate, project: Opening): MatchReason[] {
    const { craft } = person;
    if (craft === null) return [];
    const others = this.instance.projects.filter(
      (other) => other.id !== project.id && this.membersOf(other.id).length > 0 && this.free(other, craft) > 0,
    );
    const isLast = others.length === 0 && this.free(project, craft) === 0;
    const left = this.membersOf(project.id).length - 1;
    const isNeeded = left > 0 && left < smallestTeam(project, new Set());
    return [
      ...(isLast ? [{ code: 'last_place' as const, craft }] : []),
      ...(isNeeded ? [{ code: 'needed' as const }] : []),
    ];
  }

  private free(project: Opening, craft: Craft): number {
    const taken = this.membersOf(project.id).filter((id) => this.people.get(id)?.craft === craft).length;
    return placesOf(project, craft) - taken;
  }

  private membersOf(projectId: string): readonly string[] {
    return this.teams.get(projectId) ?? [];
  }

  private partners(rule: 'together' | 'apart', id: string): string[] {
    return this.instance[rule].flatMap(([one, other]) => (one === id ? [other] : other === id ? [one] : []));
  }
}
