import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { toIds } from '../../infra/mongo/ids.js';
import { Members } from '../../cohorts/members/members.service.js';
import type { Closed } from '../moderation/block-rule.js';
import { BlocksRepository } from '../moderation/blocks.repository.js';
import { ChannelMembersRepository } from './channel-members.repository.js';
import { ChannelsRepository } from './channels.repository.js';
import type { ChannelRow } from './channel.schema.js';
import { closedConversation } from '../direct/conversation-rule.js';
import { peopleOfDirect } from '../direct/direct-key.js';

/** Who is in a channel, as of its `membersRev`: all people of a conversation, also before anything is said in it. */
export interface Roster {
  membersRev: number;
  userIds: ReadonlySet<string>;
  /** Those of a direct conversation who may not write there. */
  closedTo: ReadonlyMap<string, Closed>;
  readAt: number;
}

/** So old a roster is read again, whoever may have died between taking somebody out and saying so. Real time. */
const FRESH_MS = 5000;
const MAX_ROSTERS = 1000;
const NOBODY: ReadonlyMap<string, Closed> = new Map();

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
    private readonly blocks: BlocksRepository,
    private readonly belongings: Members,
  ) {}

  async of(channelId: Types.ObjectId): Promise<Roster> {
    const known = this.rosters.get(String(channelId));
    return known && Date.now() - known.readAt < FRESH_MS ? known : await this.read(channelId);
  }

  /** Asks the database. The number first: people who change in between make the roster newer than its number, never older. */
  async read(channelId: Types.ObjectId): Promise<Roster> {
    const readAt = Date.now();
    const channel = await this.channels.byId(channelId);
    const userIds = new Set(channel ? await this.insiders(channel) : []);
    const closed = channel?.kind === 'direct' ? await this.closedAmong([...userIds]) : NOBODY;
    const roster = { membersRev: channel?.membersRev ?? 0, userIds, closedTo: closed, readAt };
    const key = String(channelId);
    this.rosters.delete(key);
    // Who left the last cohort that its people shared is not seen by a number of a conversation that is no place of theirs yet.
    if (channel && isUnspoken(channel)) return roster;
    this.rosters.set(key, roster);
    const [oldest] = this.rosters.keys();
    if (this.rosters.size > MAX_ROSTERS && oldest !== undefined) this.rosters.delete(oldest);
    return roster;
  }

  /** Who is in the channel and in its cohort: who left that may be in the channel for a moment still. */
  private async insiders(channel: ChannelRow): Promise<Iterable<string>> {
    if (channel.kind === 'direct') return peopleOfDirect(channel);
    const ids = (await this.members.idsIn(channel._id)).map(String);
    return channel.cohortId ? await this.belongings.among(String(channel.cohortId), ids) : ids;
  }

  private async closedAmong(userIds: readonly string[]): Promise<ReadonlyMap<string, Closed>> {
    const [blocks, cohorts] = await Promise.all([
      userIds.length === 2 ? this.blocks.among(toIds(userIds)) : [],
      this.belongings.cohortsOf(userIds),
    ]);
    return closedConversation(userIds, blocks, cohorts);
  }
}

/** A conversation in which nothing was said yet. */
const isUnspoken = ({ kind, rev }: ChannelRow) => kind === 'direct' && rev === 0;
