import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { Members } from '../../cohorts/members/members.service.js';
import { MembershipsRepository } from '../../cohorts/members/memberships.repository.js';
import type { Actor } from '../../common/actor.js';
import { forbidden, notFound } from '../../common/problem.js';
import { toId, toIds } from '../../infra/mongo/ids.js';
import { ChannelMembersRepository } from './channel-members.repository.js';
import type { ChannelMemberRow } from './channel-member.schema.js';
import type { ChannelRow } from './channel.schema.js';
import { ChannelsRepository } from './channels.repository.js';
import { type ChannelReader, isByHand } from '../chat.policy.js';
import { isCopy } from './copied-channels.js';
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
    private readonly memberships: MembershipsRepository,
  ) {}

  /**
   * Throws 404, also for who is in the channel still and in its cohort no more: their places in channels go a moment after their membership. With `inOrder` the
   * channel is as it was before the look at the place: whoever is taken out after that look has raised its `membersRev`.
   */
  async held(
    actor: Pick<Actor, 'userId'>,
    channelId: string,
    { inOrder = false }: { inOrder?: boolean } = {},
  ): Promise<HeldChannel> {
    const held = await this.heldOrNone(actor, channelId, { inOrder });
    if (!held) throw notFound();
    return held;
  }

  /** The same for who may look at something of it all the same. */
  async heldOrNone(
    actor: Pick<Actor, 'userId'>,
    channelId: string,
    { inOrder = false }: { inOrder?: boolean } = {},
  ): Promise<HeldChannel | null> {
    const [id, userId] = [toId(channelId), toId(actor.userId)];
    if (!id || !userId) return null;
    const asked = this.channels.byId(id);
    if (inOrder) await asked;
    const [channel, member] = await Promise.all([asked, this.places.find(id, userId)]);
    return channel && member ? { channel, member, userId } : null;
  }

  /** Those of these people who are in the channel. */
  async amongMembers(channel: Pick<ChannelRow, '_id'>, userIds: readonly string[]): Promise<Set<string>> {
    return await this.channelMembers.among(channel._id, toIds(userIds));
  }

  /** Throws 403 for who is of the programme team of the channel's cohort no more, as a transaction sees it. */
  async mustBeStaff(userId: Types.ObjectId, { cohortId }: ChannelRow, session: ClientSession): Promise<void> {
    const only = { roles: ['staff' as const], userIds: [userId] };
    const staff = cohortId ? await this.memberships.inCohort(cohortId, only, session) : [];
    if (staff.length === 0) throw forbidden();
  }

  /** Who asks, with their role in the cohort of the channel, and whether it is theirs. */
  async reader(
    { userId }: Pick<Actor, 'userId'>,
    channel: Pick<ChannelRow, '_id' | 'cohortId' | 'kind' | 'key' | 'createdBy'>,
  ): Promise<ChannelReader> {
    const [member, owns] = await Promise.all([
      channel.cohortId ? this.members.find(String(channel.cohortId), userId) : null,
      this.owns(userId, channel),
    ]);
    return { userId, role: member ? member.role : null, owns };
  }

  /**
   * Its maker's, while they are in it; then of whoever has been in it for longest. So a channel is never without somebody who may change it. One that was copied
   * begins with nobody in it: who comes first did not make it, and it stays with staff.
   */
  private async owns(
    userId: string,
    { _id, kind, key, createdBy }: Pick<ChannelRow, '_id' | 'kind' | 'key' | 'createdBy'>,
  ): Promise<boolean> {
    if (!isByHand(kind)) return false;
    if (String(createdBy) === userId) return true;
    if (isCopy(key)) return false;
    if (createdBy && (await this.channelMembers.find(_id, createdBy))) return false;
    return String(await this.channelMembers.firstIn(_id)) === userId;
  }
}
