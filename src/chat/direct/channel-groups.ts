import type { ChannelGroup } from '../../contracts/chat/chat.js';
import type { Craft, Role } from '../../contracts/roles.js';
import type { ChannelRow } from '../channels/channel.schema.js';

/** A member of the cohort, as far as groups follow from it. */
export interface GroupedMember {
  userId: string;
  role: Role;
  projectId: string | null;
  craft: string | null;
}

/** Who each group of a text is, as ids; people outside the channel among them. */
export type Reached = ReadonlyMap<ChannelGroup, ReadonlySet<string>>;

/** The team that a channel belongs to. */
export interface GroupedTeam {
  id: string;
  coachId: string | null;
  hostIds: readonly string[];
}

const ROLES: Partial<Record<ChannelGroup, Role>> = {
  fellows: 'fellow',
  coaches: 'coach',
  hosts: 'host',
  staff: 'staff',
};
const CRAFTS: Partial<Record<ChannelGroup, Craft>> = {
  developers: 'developer',
  designers: 'designer',
  'data-scientists': 'data',
  'product-managers': 'product',
};

/** The groups that can be named in a kind of channel: none between people, a team only in its own channel. */
export function groupsFor(kind: ChannelRow['kind']): ReadonlySet<ChannelGroup> {
  if (kind === 'direct') return new Set();
  const everywhere = [...Object.keys(ROLES), ...Object.keys(CRAFTS)] as ChannelGroup[];
  return new Set([...everywhere, ...(kind === 'team' ? (['team'] as const) : [])]);
}

/**
 * Who belongs to a group, in the channel or not: a team is its fellows, its coach and its hosts; a craft is everybody of that craft who
 * is no host, like the channel of the craft.
 */
export function peopleOfGroup(
  group: ChannelGroup,
  members: readonly GroupedMember[],
  team: GroupedTeam | null,
): Set<string> {
  const fits = (member: GroupedMember) => {
    if (group === 'team') {
      const isFellow = member.role === 'fellow' && member.projectId === team?.id;
      return isFellow || member.userId === team?.coachId || Boolean(team?.hostIds.includes(member.userId));
    }
    const craft = CRAFTS[group];
    return craft ? member.craft === craft && member.role !== 'host' : member.role === ROLES[group];
  };
  return new Set(members.filter(fits).map((member) => member.userId));
}
