import { Injectable } from '@nestjs/common';
import { UsersRepository } from '../../auth/users.repository.js';
import { Members } from '../../cohorts/members/members.service.js';
import { Projects } from '../../cohorts/projects/projects.service.js';
import type { Actor } from '../../common/actor.js';
import { groupsIn, toGroupTokens } from '../../common/texts/groups.js';
import type { ChannelGroup, ChannelGroups } from '../../contracts/chat/chat.js';
import { toIds } from '../../infra/mongo/ids.js';
import { ChannelAccess } from '../channels/channel-access.js';
import { type Reached, groupsFor, peopleOfGroup } from './channel-groups.js';
import { ChannelMembersRepository } from '../channels/channel-members.repository.js';
import type { ChannelRow } from '../channels/channel.schema.js';

type Where = Pick<ChannelRow, '_id' | 'kind' | 'key' | 'cohortId'>;

const NOBODY: Reached = new Map();

/** Groups to mention: what a text says of them, and who they are at that moment. */
@Injectable()
export class GroupNames {
  constructor(
    private readonly access: ChannelAccess,
    private readonly members: Members,
    private readonly projects: Projects,
    private readonly users: UsersRepository,
    private readonly channelMembers: ChannelMembersRepository,
  ) {}

  /** A text as it is kept (groups as tokens), and who its groups are. */
  async read(channel: Where, body: string): Promise<{ body: string; reached: Reached }> {
    const kept = toGroupTokens(body, groupsFor(channel.kind));
    const named = groupsIn(kept).filter((group) => groupsFor(channel.kind).has(group));
    return { body: kept, reached: named.length > 0 ? await this.peopleOf(channel, named) : NOBODY };
  }

  /** The groups that name somebody in a channel. Throws 404. */
  async list(actor: Actor, channelId: string): Promise<ChannelGroups> {
    const { channel } = await this.access.held(actor, channelId);
    const [reached, inside] = await Promise.all([
      this.peopleOf(channel, [...groupsFor(channel.kind)]),
      this.channelMembers.idsIn(channel._id),
    ]);
    const others = inside.map(String).filter((id) => id !== actor.userId);
    const items = [...reached].map(([group, people]) => ({ group, userIds: others.filter((id) => people.has(id)) }));
    return { items: items.filter(({ userIds }) => userIds.length > 0) };
  }

  private async peopleOf(channel: Where, groups: readonly ChannelGroup[]): Promise<Reached> {
    if (!channel.cohortId || groups.length === 0) return NOBODY;
    const cohortId = String(channel.cohortId);
    const [, projectId] = channel.kind === 'team' ? channel.key.split(':') : [];
    const [members, team] = await Promise.all([
      this.members.list(cohortId),
      projectId === undefined ? null : this.projects.find(cohortId, projectId),
    ]);
    const crafts = await this.users.crafts(toIds(members.map((member) => member.userId)));
    const grouped = members.map((member) => ({ ...member, craft: crafts.get(member.userId) ?? null }));
    return new Map(groups.map((group) => [group, peopleOfGroup(group, grouped, team)]));
  }
}
