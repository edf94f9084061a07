import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import type { Person } from '../../contracts/primitives.js';
import type { FoundChannel } from '../../contracts/search.js';
import { toIds } from '../../infra/mongo/ids.js';
import { peopleOfDirect } from '../direct/direct-key.js';
import type { ChannelRow } from './channel.schema.js';
import { ChannelsRepository } from './channels.repository.js';

/** By what a person knows their channels: a name, or in a direct one the faces of the others. */
@Injectable()
export class ChannelNames {
  constructor(
    private readonly channels: ChannelsRepository,
    private readonly people: People,
  ) {}

  /** Whoever asks must know that the person is in these channels. */
  async of(userId: string, channelIds: readonly string[]): Promise<Map<string, FoundChannel>> {
    const rows = await this.channels.byIds(toIds(channelIds));
    const others = await this.othersIn(rows, userId);
    return new Map(
      rows.map(({ _id, kind, name, nameKey }) => {
        const id = String(_id);
        return [id, { id, kind, name, nameKey: nameKey ?? null, people: others.get(id) ?? [] }];
      }),
    );
  }

  /** The people but one of those channels that are direct, by the channel's id. */
  async othersIn(
    channels: readonly Pick<ChannelRow, '_id' | 'kind' | 'key'>[],
    userId: string,
  ): Promise<Map<string, Person[]>> {
    const others = channels.flatMap((row) =>
      row.kind === 'direct'
        ? [{ id: String(row._id), ids: peopleOfDirect(row).filter((person) => person !== userId) }]
        : [],
    );
    const faces = await this.people.byId(others.flatMap(({ ids }) => ids));
    return new Map(others.map(({ id, ids }) => [id, ids.flatMap((person) => faces.get(person) ?? [])]));
  }
}
