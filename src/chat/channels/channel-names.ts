import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { People } from '../../auth/people.js';
import type { Person } from '../../contracts/primitives.js';
import type { FoundChannel } from '../../contracts/search.js';
import { toIds } from '../../infra/mongo/ids.js';
import { ChannelMembersRepository } from './channel-members.repository.js';
import { ChannelsRepository } from './channels.repository.js';

/** By what a person knows their channels: a name, or in a direct one the faces of the others. */
@Injectable()
export class ChannelNames {
  constructor(
    private readonly channels: ChannelsRepository,
    private readonly members: ChannelMembersRepository,
    private readonly people: People,
  ) {}

  /** Whoever asks must know that the person is in these channels. */
  async of(userId: string, channelIds: readonly string[]): Promise<Map<string, FoundChannel>> {
    const rows = await this.channels.byIds(toIds(channelIds));
    const direct = rows.filter((row) => row.kind === 'direct').map((row) => row._id);
    const others = await this.othersIn(direct, userId);
    return new Map(
      rows.map(({ _id, kind, name, nameKey }) => {
        const id = String(_id);
        return [id, { id, kind, name, nameKey: nameKey ?? null, people: others.get(id) ?? [] }];
      }),
    );
  }

  /** The people of some channels but one, by the channel's id. */
  async othersIn(channelIds: readonly Types.ObjectId[], userId: string): Promise<Map<string, Person[]>> {
    const rows = (await this.members.inChannels(channelIds)).filter((row) => String(row.userId) !== userId);
    const faces = await this.people.byId(rows.map((row) => String(row.userId)));
    const others = new Map<string, Person[]>(channelIds.map((id) => [String(id), []]));
    for (const row of rows) {
      const face = faces.get(String(row.userId));
      if (face) others.get(String(row.channelId))?.push(face);
    }
    return others;
  }
}
