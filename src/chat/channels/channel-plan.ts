import { beginningOf } from '../../common/texts/cut.js';
import type { Locale } from '../../contracts/primitives.js';
import type { Role } from '../../contracts/roles.js';
import type { ChannelRow } from './channel.schema.js';

/** What a cohort is made of, as far as its channels follow from it. */
export interface CohortPeople {
  cohortId: string;
  cohortName: string;
  /** The language of the cohort: its team rooms are named in it, as its projects are. */
  locale: Locale;
  closed: boolean;
  members: readonly { userId: string; role: Role; projectId: string | null; craft: string | null }[];
  projects: readonly { id: string; name: string; coachId: string | null }[];
}

/** A channel as it should be. `userIds` is everybody who should be in it, and nobody else. */
export interface PlannedChannel {
  key: string;
  kind: Exclude<ChannelRow['kind'], 'open' | 'private' | 'direct'>;
  cohortId: string;
  name: string;
  nameKey: string | null;
  archived: boolean;
  userIds: string[];
}

/** What the name of a team room begins with. */
const TEAM: Record<Locale, string> = { en: 'team', fr: 'équipe' };

/** Characters of a name. */
const MAX_NAME = 60;

/** The crafts that have a channel, when somebody of the craft is there. */
const CRAFTS = ['developer', 'designer', 'data', 'product'];

/**
 * The channels of a cohort, from who is in it: one for all, one for help, one for each team (its fellows and its coach: a private
 * room) and one for each craft that is present. A closed cohort keeps them to be read; its alumni are no fellows and so have left
 * the team rooms.
 */
export function plannedChannels(cohort: CohortPeople): PlannedChannel[] {
  const { cohortId, closed: archived } = cohort;
  const everybody = cohort.members.map((member) => member.userId);
  const made = { cohortId, archived };
  return [
    {
      ...made,
      kind: 'cohort',
      key: `cohort:${cohortId}`,
      name: slug(cohort.cohortName),
      nameKey: null,
      userIds: everybody,
    },
    {
      ...made,
      kind: 'help',
      key: `help:${cohortId}`,
      name: 'general-help',
      nameKey: 'general-help',
      userIds: everybody,
    },
    ...cohort.projects.map((project) => ({ ...made, ...teamRoom(cohort, project) })),
    ...CRAFTS.flatMap((craft) => {
      const userIds = cohort.members
        .filter((one) => one.craft === craft && one.role !== 'host')
        .map((one) => one.userId);
      return userIds.length > 0 ? [{ ...made, ...craftRoom(cohortId, craft), userIds }] : [];
    }),
  ];
}

function teamRoom(cohort: CohortPeople, project: CohortPeople['projects'][number]) {
  const fellows = cohort.members.filter((one) => one.role === 'fellow' && one.projectId === project.id);
  const coach = cohort.members.filter((one) => one.userId === project.coachId);
  return {
    kind: 'team' as const,
    key: `team:${project.id}`,
    name: `${TEAM[cohort.locale]}-${slug(project.name)}`,
    nameKey: null,
    userIds: [...new Set([...fellows, ...coach].map((one) => one.userId))],
  };
}

const craftRoom = (cohortId: string, craft: string) => ({
  kind: 'craft' as const,
  key: `craft:${cohortId}:${craft}`,
  name: `craft-${craft}`,
  nameKey: `craft-${craft}`,
});

/** A name in the way of channels, which keeps its accents: `Événement Clair!` is `événement-clair`. At most 60 characters. */
export function slug(name: string): string {
  const words = name
    .normalize('NFC')
    .toLowerCase()
    .match(/[\p{L}\p{M}\p{N}]+/gu) ?? ['channel'];
  return beginningOf(words.join('-'), MAX_NAME);
}

/** Who is to come in and who is to leave. */
export function memberChanges(
  inNow: readonly string[],
  planned: readonly string[],
): { join: string[]; leave: string[] } {
  const [now, then] = [new Set(inNow), new Set(planned)];
  return { join: [...then].filter((id) => !now.has(id)), leave: [...now].filter((id) => !then.has(id)) };
}
