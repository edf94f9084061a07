import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { Members } from '../../cohorts/members/members.service.js';
import type { Actor } from '../../common/actor.js';
import { notFound } from '../../common/problem.js';
import { toId, toIds } from '../../infra/mongo/ids.js';
import { ChannelMembersRepository } from './channel-members.repository.js';
import type { ChannelMemberRow } from './channel-member.schema.js';
import type { ChannelRow } from './channel.schema.js';
import { ChannelsRepository } from './channels.repository.js';
import { type ChannelReader, isByHand } from '../chat.policy.js';
import { OwnPlaces } from './own-places.js';

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
    private readonly places: OwnPlaces,
    private readonly members: Members,
  ) {}

  /** Throws 404, also for who is in the channel still and in its cohort no more: their places in channels go a moment after their membership. */
  async held(actor: Pick<Actor, 'userId'>, channelId: string): Promise<HeldChannel> {
    const [id, userId] = [toId(channelId), toId(actor.userId)];
    if (!id || !userId) throw notFound();
    const [channel, member] = await Promise.all([this.channels.byId(id), this.places.find(id, userId)]);
    if (!channel || !member) throw notFound();
    return { channel, member, userId };
  }

  /** Those of these people who are in the channel. */
  async amongMembers(channel: Pick<ChannelRow, '_id'>, userIds: readonly string[]): Promise<Set<string>> {
    return await this.channelMembers.among(channel._id, toIds(userIds));
  }

  /** Who asks, with their role in the cohort of the channel, and whether it is theirs. */
  async reader(
    { userId }: Pick<Actor, 'userId'>,
    channel: Pick<ChannelRow, '_id' | 'cohortId' | 'kind' | 'createdBy'>,
  ): Promise<ChannelReader> {
    const [member, owns] = await Promise.all([
      channel.cohortId ? this.members.find(String(channel.cohortId), userId) : null,
      this.owns(userId, channel),
    ]);
    return { userId, role: member ? member.role : null, owns };
  }

  /** Its maker's, while they are in it; then of whoever has been in it for longest. So a channel is never without somebody who may change it. */
  private async owns(
    userId: string,
    { _id, kind, createdBy }: Pick<ChannelRow, '_id' | 'kind' | 'createdBy'>,
  ): Promise<boolean> {
    if (!isByHand(kind)) return false;
    if (String(createdBy) === userId) return true;
    if (createdBy && (await this.channelMembers.find(_id, createdBy))) return false;
    return String(await this.channelMembers.firstIn(_id)) === userId;
  }
}
