import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { Members } from '../../cohorts/members/members.service.js';
import type { ChannelMemberRow } from './channel-member.schema.js';
import { ChannelMembersRepository } from './channel-members.repository.js';

/**
 * Which channels people may read now: those they are in, of cohorts that they belong to. Places in channels go after the membership, by an event that can die with
 * its process, and are then healed within a minute: whoever reads asks here and not the places alone, so that who left reads nothing more.
 */
@Injectable()
export class OwnPlaces {
  constructor(
    private readonly places: ChannelMembersRepository,
    private readonly belongings: Members,
  ) {}

  /** Somebody's place in a channel; null for who may not read it. */
  async find(channelId: Types.ObjectId, userId: Types.ObjectId): Promise<ChannelMemberRow | null> {
    const place = await this.places.find(channelId, userId);
    if (!place?.cohortId) return place;
    return (await this.belongings.find(String(place.cohortId), String(userId))) && place;
  }

  /** Those of a person; of one cohort with `cohortId`, or among some channels. Two queries. */
  async ofPerson(
    userId: Types.ObjectId,
    only?: Parameters<ChannelMembersRepository['ofPerson']>[1],
  ): Promise<ChannelMemberRow[]> {
    return await this.within(await this.places.ofPerson(userId, only));
  }

  /** Those of some people. Two queries. */
  async ofPeople(userIds: readonly Types.ObjectId[]): Promise<ChannelMemberRow[]> {
    return await this.within(await this.places.ofPeople(userIds));
  }

  private async within(places: readonly ChannelMemberRow[]): Promise<ChannelMemberRow[]> {
    const people = [...new Set(places.flatMap(({ cohortId, userId }) => (cohortId ? String(userId) : [])))];
    const cohortsOf = people.length > 0 ? await this.belongings.cohortsOf(people) : new Map<string, string[]>();
    return places.filter(
      ({ cohortId, userId }) => !cohortId || (cohortsOf.get(String(userId)) ?? []).includes(String(cohortId)),
    );
  }
}
