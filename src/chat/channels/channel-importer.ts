import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { listedBy } from './channel-directory.service.js';
import { ChannelMembershipSync } from './channel-membership-sync.js';
import { ChannelMembersService } from './channel-members.service.js';
import type { ChannelRow } from './channel.schema.js';
import { ChannelsRepository } from './channels.repository.js';
import { Clock } from '../../common/times/clock.js';

/** A channel as it was elsewhere. `key` says where, once. */
export interface ImportedChannel {
  key: string;
  cohortId: Types.ObjectId;
  name: string;
  topic: string;
  /** Whoever is in the cohort may find and join it. */
  isOpen: boolean;
  createdBy: Types.ObjectId | null;
}

/** Channels that come from elsewhere: made once, filled by the importer, opened to who was in them there. */
@Injectable()
export class ChannelImporter {
  constructor(
    private readonly channels: ChannelsRepository,
    private readonly membershipSync: ChannelMembershipSync,
    private readonly channelMembersService: ChannelMembersService,
    private readonly clock: Clock,
  ) {}

  /** The channel, made when it is missing; as it is when it is there. */
  async make({ key, cohortId, name, topic, isOpen, createdBy }: ImportedChannel): Promise<ChannelRow> {
    const kind = isOpen ? ('open' as const) : ('private' as const);
    const made = { key, cohortId, kind, name, nameKey: null, topic, createdBy, createdAt: this.clock.now() };
    await this.channels.ensure([{ ...made, ...(isOpen && listedBy({ name, topic })) }]);
    const row = await this.channels.byKey(key);
    if (!row) throw new Error('the channel of an import is gone');
    return row;
  }

  async find(keys: readonly string[]): Promise<Map<string, ChannelRow>> {
    return new Map((await this.channels.byKeys(keys)).map((row) => [row.key, row]));
  }

  /** After its messages: who was in it there (`memberIds`) is awaited, and comes in as soon as they are a member of the cohort. `guestIds` wrote in it. */
  async open(
    channel: ChannelRow,
    { memberIds, guestIds, archived }: { memberIds: Types.ObjectId[]; guestIds: Types.ObjectId[]; archived: boolean },
  ): Promise<void> {
    await this.channels.addGuests(channel._id, guestIds);
    await this.channels.awaitOnce(channel._id, memberIds);
    if (archived && !channel.archivedAt) await this.channels.update(channel._id, { archivedAt: this.clock.now() });
    this.channelMembersService.announce(channel);
  }

  /** After all channels: lets in who is awaited. */
  async letIn(cohortId: string): Promise<void> {
    await this.membershipSync.reconcile(cohortId);
  }
}
