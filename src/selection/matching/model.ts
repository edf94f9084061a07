import { foldedWords } from '../../common/texts/fold.js';
import type { ProjectPlace } from '../../contracts/cohorts/places.js';
import type { Craft } from '../../contracts/roles.js';
import type { MatchingRules } from '../../contracts/selection/matching.js';

/** Somebody who is to be placed. `skills` are the folded words of what they say that they are good at. */
export interface Candidate {
  id: string;
  craft: Craft | null;
  wishes: readonly string[];
  skills: ReadonlySet<string>;
}

/** A project with its places. */
export interface Opening {
  id: string;
  places: readonly ProjectPlace[];
}

/** All that teams are made of. */
export interface Instance extends MatchingRules {
  people: readonly Candidate[];
  projects: readonly Opening[];
}

/** Who is in the team of which project; projects without a team are absent. */
export type Teams = ReadonlyMap<string, readonly string[]>;

/** A team has so many people, or as many as there are places where there are fewer. One with a locked person may have fewer, where nobody else can come. */
export const SMALLEST_TEAM = 2;

/** What it is worth that somebody has a place, and that it is their first, second or third wish. A wish is worth more than all skills of a place. */
const PLACE = 100;
const WISH = [40, 25, 12] as const;
const MUST = 3;
const NICE = 1;
const MOST_SKILLS = 2;

/** The name of a pair. */
export const pairKey = (applicationId: string, projectId: string): string => `${applicationId} ${projectId}`;

/** How many of a project's places want a craft. */
export const placesOf = ({ places }: Opening, craft: Craft | null): number =>
  places.filter((place) => place.craft === craft).length;

/** Which of their wishes a project is, counted from 1; null for none. */
export function rankOf({ wishes }: Pick<Candidate, 'wishes'>, projectId: string): number | null {
  const at = wishes.indexOf(projectId);
  return at < 0 ? null : at + 1;
}

/** The skills of a project's places of somebody's craft that they name: all words of a skill are among theirs. */
export function skillsThatFit(person: Candidate, { places }: Opening): { must: string[]; nice: string[] } {
  const own = places.filter(({ craft }) => craft === person.craft);
  const fits = (skill: string) => {
    const words = foldedWords([skill]);
    return words.length > 0 && words.every((word) => person.skills.has(word));
  };
  const must = [...new Set(own.flatMap((place) => place.must))].filter(fits);
  const nice = [...new Set(own.flatMap((place) => place.nice))].filter((skill) => fits(skill) && !must.includes(skill));
  return { must, nice };
}

/** What a pair is worth; null where the project has no place of their craft. */
export function worthOf(person: Candidate, project: Opening): number | null {
  if (placesOf(project, person.craft) === 0) return null;
  const rank = rankOf(person, project.id);
  const { must, nice } = skillsThatFit(person, project);
  const skills = MUST * Math.min(MOST_SKILLS, must.length) + NICE * Math.min(MOST_SKILLS, nice.length);
  return PLACE + (rank === null ? 0 : (WISH[rank - 1] ?? 0)) + skills;
}

/** What teams are worth together. */
export function worthOfTeams({ people, projects }: Instance, teams: Teams): number {
  const byId = new Map(people.map((person) => [person.id, person]));
  let worth = 0;
  for (const project of projects)
    for (const id of teams.get(project.id) ?? []) worth += worthOf(byId.get(id) as Candidate, project) ?? 0;
  return worth;
}

/** The projects at which somebody is locked, by person. */
export const lockedAt = ({ locks }: Pick<MatchingRules, 'locks'>): ReadonlyMap<string, string> =>
  new Map(locks.map(({ applicationId, projectId }) => [applicationId, projectId]));

/** The smallest team that a project may have. One with a locked person may be of one. */
export function smallestTeam(project: Opening, locked: ReadonlySet<string>): number {
  return locked.has(project.id) ? 1 : Math.min(SMALLEST_TEAM, project.places.length);
}
