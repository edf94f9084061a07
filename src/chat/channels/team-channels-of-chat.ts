import { Injectable } from '@nestjs/common';
import { TeamChannels, TeamChannelsPort } from '../../cohorts/projects/team-channels.js';
import { toId } from '../../infra/mongo/ids.js';
import { ChannelMembersRepository } from './channel-members.repository.js';
import { ChannelsRepository } from './channels.repository.js';

/** Tells the projects where their teams talk, to who is in the room. */
@Injectable()
export class TeamChannelsOfChat extends TeamChannels {
  constructor(
    port: TeamChannelsPort,
    private readonly channels: ChannelsRepository,
    private readonly members: ChannelMembersRepository,
  ) {
    super();
    port.provide(this);
  }

  override async readableBy(userId: string, projectIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const user = toId(userId);
    const rows = user ? await this.channels.byKeys(projectIds.map((id) => `team:${id}`)) : [];
    if (!user || rows.length === 0) return new Map();
    const mine = await this.members.ofPerson(user, { channelIds: rows.map((row) => row._id) });
    const readable = new Set(mine.map((row) => String(row.channelId)));
    return new Map(
      rows
        .filter((row) => readable.has(String(row._id)))
        .map((row) => [row.key.slice('team:'.length), String(row._id)]),
    );
  }
}
