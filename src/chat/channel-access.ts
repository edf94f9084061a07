import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { Members } from '../cohorts/members.service.js';
import type { Actor } from '../common/actor.js';
import { notFound } from '../common/problem.js';
import { toId, toIds } from '../infra/mongo/ids.js';
import { ChannelMembersRepository } from './channel-members.repository.js';
import type { ChannelMemberRow } from './channel-member.schema.js';
import type { ChannelRow } from './channel.schema.js';
import { ChannelsRepository } from './channels.repository.js';
import type { ChannelReader } from './chat.policy.js';

/** A channel that somebody is in, with their place in it. */
export interface HeldChannel {
  channel: ChannelRow;
  member: ChannelMemberRow;
  userId: Types.ObjectId;
}

/** The one door to channels: who is not in one gets the same 404 as for one that does not exist. */
@Injectable()
export class ChannelAccess {
  constructor(
    private readonly channels: ChannelsRepository,
    private readonly channelMembers: ChannelMembersRepository,
    private readonly members: Members,
  ) {}

  /** Throws 404. */
  async held(actor: Pick<Actor, 'userId'>, channelId: string): Promise<HeldChannel> {
    const [id, userId] = [toId(channelId), toId(actor.userId)];
    if (!id || !userId) throw notFound();
    const [channel, member] = await Promise.all([this.channels.byId(id), this.channelMembers.find(id, userId)]);
    if (!channel || !member) throw notFound();
    return { channel, member, userId };
  }

  /** Those of these people who are in the channel. */
  async amongMembers(channel: Pick<ChannelRow, '_id'>, userIds: readonly string[]): Promise<Set<string>> {
    return await this.channelMembers.among(channel._id, toIds(userIds));
  }

  /** Who asks, with their role in the cohort of the channel. */
  async reader(actor: Pick<Actor, 'userId'>, channel: Pick<ChannelRow, 'cohortId'>): Promise<ChannelReader> {
    const member = channel.cohortId && (await this.members.find(String(channel.cohortId), actor.userId));
    return { userId: actor.userId, role: member ? member.role : null };
  }
}
