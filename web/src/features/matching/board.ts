import type {
  Matching,
  MatchingOverview,
  MatchingRules,
  MatchReason,
  MatchedFellow,
  Pair,
} from '../../../../src/contracts/selection/matching';
import { Craft } from '../../../../src/contracts/roles';

/** Somebody as the board shows them: in a team, or without a place (`rank` null, nothing locked). */
export type OnBoard = Pick<MatchedFellow, 'applicationId' | 'name' | 'craft' | 'rank' | 'isLocked' | 'reasons'>;

/** What a project has of one craft: who is there, so many places that nobody has, and so many people for whom there is no place any more. */
export interface Cell {
  craft: Craft;
  people: OnBoard[];
  free: number;
  over: number;
}

/** A project on the board. */
export interface BoardRow {
  project: MatchingOverview['projects'][number];
  cells: Cell[];
  isFull: boolean;
}

/** Which rows are shown. */
export const FILTERS = ['all', 'notFull', 'locked', 'noWish'] as const;
export type Filter = (typeof FILTERS)[number];

type Projects = Pick<MatchingOverview, 'projects' | 'withoutPlaces'>;

/** All projects of the cohort, also those that want nobody (any more). */
export const projectsOf = ({ projects, withoutPlaces }: Projects): MatchingOverview['projects'] => [
  ...projects,
  ...withoutPlaces.map((project) => ({ ...project, places: [] })),
];

/** The crafts that a project wants, or somebody in a team has, in the order of the list. */
export function craftsOf(
  { projects }: Pick<MatchingOverview, 'projects'>,
  { teams }: Pick<Matching, 'teams'>,
): Craft[] {
  const crafts = new Set([
    ...projects.flatMap(({ places }) => places.map(({ craft }) => craft)),
    ...teams.flatMap(({ fellows }) => fellows.map(({ craft }) => craft)),
  ]);
  return Craft.options.filter((craft) => crafts.has(craft));
}

/** The projects that want somebody, or have a team, with who is where. Somebody whose file is gone is left out. */
export function rowsOf(overview: Projects, matching: Pick<Matching, 'teams'>): BoardRow[] {
  const teams = new Map(matching.teams.map(({ projectId, fellows }) => [projectId, fellows]));
  const crafts = craftsOf(overview, matching);
  return projectsOf(overview).flatMap((project) => {
    const fellows = (teams.get(project.id) ?? []).filter(({ name }) => name !== null);
    if (project.places.length === 0 && fellows.length === 0) return [];
    const cells = crafts.map((craft): Cell => {
      const people = fellows.filter((one) => one.craft === craft);
      const wanted = project.places.filter((place) => place.craft === craft).length;
      return { craft, people, free: Math.max(0, wanted - people.length), over: Math.max(0, people.length - wanted) };
    });
    return [{ project, cells, isFull: cells.every(({ free }) => free === 0) }];
  });
}

const someone = (row: BoardRow, is: (one: OnBoard) => boolean) => row.cells.some(({ people }) => people.some(is));

/** Whether a row is among those asked for. */
export function isShown(row: BoardRow, filter: Filter): boolean {
  if (filter === 'notFull') return !row.isFull;
  if (filter === 'locked') return someone(row, ({ isLocked }) => isLocked);
  return filter === 'all' || someone(row, ({ rank }) => rank === null);
}

/** The rules of a version, without whom and what are not there any more. */
export function rulesOf(
  matching: MatchingRules,
  { people, projects }: Pick<MatchingOverview, 'people' | 'projects'>,
): MatchingRules {
  const known = new Set(people.map(({ applicationId }) => applicationId));
  const open = new Set(projects.map(({ id }) => id));
  const isThere = ({ applicationId, projectId }: Pair) => known.has(applicationId) && open.has(projectId);
  const are = (two: [string, string]) => two.every((id) => known.has(id));
  return {
    ...{ locks: matching.locks.filter(isThere), forbidden: matching.forbidden.filter(isThere) },
    ...{ together: matching.together.filter(are), apart: matching.apart.filter(are) },
  };
}

const isPair = (pair: Pair) => (one: Pair) =>
  one.applicationId === pair.applicationId && one.projectId === pair.projectId;

/** Somebody is locked at a project, and nowhere else. */
export const locked = (rules: MatchingRules, pair: Pair): MatchingRules => ({
  ...rules,
  locks: [...rules.locks.filter(({ applicationId }) => applicationId !== pair.applicationId), pair],
  forbidden: rules.forbidden.filter((one) => !isPair(pair)(one)),
});

/** Somebody is kept from a project. */
export const forbidden = (rules: MatchingRules, pair: Pair): MatchingRules => ({
  ...rules,
  locks: rules.locks.filter((one) => !isPair(pair)(one)),
  forbidden: [...rules.forbidden.filter((one) => !isPair(pair)(one)), pair],
});

/** The pair is neither locked nor forbidden. */
export const freed = (rules: MatchingRules, pair: Pair): MatchingRules => ({
  ...rules,
  locks: rules.locks.filter((one) => !isPair(pair)(one)),
  forbidden: rules.forbidden.filter((one) => !isPair(pair)(one)),
});

/** Where somebody is: the id of a project, null without a place. */
export function placeOf({ teams }: Pick<Matching, 'teams'>, applicationId: string): string | null {
  const team = teams.find(({ fellows }) => fellows.some((one) => one.applicationId === applicationId));
  return team?.projectId ?? null;
}

/** Somebody who is elsewhere in another version. */
export interface Move {
  applicationId: string;
  name: string;
  from: string | null;
  to: string | null;
}

/** Who is elsewhere in `then` than in `now`. */
export function movesBetween(
  now: Pick<Matching, 'teams' | 'unplaced'>,
  then: Pick<Matching, 'teams' | 'unplaced'>,
): Move[] {
  const all = [...then.teams.flatMap(({ fellows }) => fellows), ...then.unplaced];
  return all.flatMap(({ applicationId, name }) => {
    const [from, to] = [placeOf(now, applicationId), placeOf(then, applicationId)];
    return name === null || from === to ? [] : [{ applicationId, name, from, to }];
  });
}

/** What is counted of a version, for two of them side by side. */
export function countsOf(overview: Projects, matching: Matching) {
  const { first, second, third, none, unplaced } = matching.shares;
  const notFull = rowsOf(overview, matching).filter(({ isFull }) => !isFull).length;
  return { first, second, third, none, unplaced, notFull };
}

/** What says most in one line, the first of these that there is. */
const TELLING = [
  ...['together', 'must', 'wish_full', 'wish_no_team', 'wish_apart', 'wish_forbidden', 'wish_craft', 'wish_gone'],
  ...['last_place', 'needed', 'nice', 'no_craft', 'craft_full', 'craft_not_wanted', 'kept_out', 'together_unplaced'],
  ...['no_team_left', 'not_wished'],
  ...['no_wishes', 'locked', 'wish'],
];

/** The one reason that stands beside somebody. */
export const mainReason = (reasons: readonly MatchReason[]): MatchReason | undefined =>
  reasons.toSorted((a, b) => TELLING.indexOf(a.code) - TELLING.indexOf(b.code))[0];
