import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { ChannelMembersRepository } from './channel-members.repository.js';
import { ChannelsRepository } from './channels.repository.js';

/** Who is in a channel, as of its `membersRev`. */
export interface Roster {
  membersRev: number;
  userIds: ReadonlySet<string>;
  readAt: number;
}

/** So old a roster is read again, whoever may have died between taking somebody out and saying so. Real time. */
const FRESH_MS = 5000;
const MOST_ROSTERS = 1000;

/**
 * Keeps in mind who is in the busy channels, so that not every group of messages asks. It is only believed for the `membersRev` that it
 * was read with: the writer compares that with the channel in its transaction.
 */
@Injectable()
export class ChannelRosters {
  private readonly rosters = new Map<string, Roster>();

  constructor(
    private readonly channels: ChannelsRepository,
    private readonly members: ChannelMembersRepository,
  ) {}

  async of(channelId: Types.ObjectId): Promise<Roster> {
    const known = this.rosters.get(String(channelId));
    return known && Date.now() - known.readAt < FRESH_MS ? known : await this.read(channelId);
  }

  /** Asks the database. The number first: people who change in between make the roster newer than its number, never older. */
  async read(channelId: Types.ObjectId): Promise<Roster> {
    const readAt = Date.now();
    const channel = await this.channels.byId(channelId);
    const userIds = new Set((await this.members.idsIn(channelId)).map(String));
    const roster = { membersRev: channel?.membersRev ?? 0, userIds, readAt };
    const key = String(channelId);
    this.rosters.delete(key);
    this.rosters.set(key, roster);
    const [oldest] = this.rosters.keys();
    if (this.rosters.size > MOST_ROSTERS && oldest !== undefined) this.rosters.delete(oldest);
    return roster;
  }
}
