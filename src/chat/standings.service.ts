import { Injectable, type OnModuleInit } from '@nestjs/common';
import { standingChanged } from '../auth/auth.events.js';
import { presentStanding } from '../auth/standing-ends.js';
import { UsersRepository } from '../auth/users.repository.js';
import { MembershipsRepository } from '../cohorts/memberships.repository.js';
import { Clock } from '../common/clock.js';
import type { Standing, Standings } from '../contracts/standing.js';
import { EventBus } from '../infra/events/event-bus.js';
import { idOf } from '../infra/mongo/ids.js';
import { Realtime } from '../infra/realtime/realtime.js';
import { rooms } from '../infra/realtime/rooms.js';
import { ChannelMembersRepository } from './channel-members.repository.js';

/** How people stand, for those who share a cohort or a conversation with them, and for nobody else. */
@Injectable()
export class StandingsService implements OnModuleInit {
  constructor(
    private readonly users: UsersRepository,
    private readonly memberships: MembershipsRepository,
    private readonly channelMembers: ChannelMembersRepository,
    private readonly realtime: Realtime,
    private readonly bus: EventBus,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.bus.on(standingChanged, ({ userId }) => this.tell(userId));
  }

  /** Those near me who say something of themselves now, myself among them. */
  async near(userId: string): Promise<Standings> {
    const now = this.clock.now();
    const { cohortIds, conversationIds } = await this.placesOf(userId);
    const [mates, partners] = await Promise.all([
      this.memberships.inCohorts(cohortIds, { ended: false }),
      this.channelMembers.inChannels(conversationIds),
    ]);
    const ids = new Map(
      [...mates, ...partners, { userId: idOf(userId) }].map((one) => [String(one.userId), one.userId]),
    );
    const rows = await this.users.standings([...ids.values()], now);
    const items = rows.map((row) => ({ userId: String(row._id), ...presentStanding(row, now) }));
    return { items: items.filter(({ status, quietUntil }) => status !== null || quietUntil !== null) };
  }

  private async tell(userId: string): Promise<void> {
    const now = this.clock.now();
    const [[row], { cohortIds, conversationIds }] = await Promise.all([
      this.users.standings([idOf(userId)], now),
      this.placesOf(userId),
    ]);
    const standing: Standing = { userId, ...presentStanding(row ?? {}, now) };
    const to = [
      rooms.user(userId),
      ...cohortIds.map((id) => rooms.cohort(String(id))),
      ...conversationIds.map((id) => rooms.channel(String(id))),
    ];
    this.realtime.emit(to, 'standing.changed', standing);
  }

  /** The cohorts somebody is in, and the conversations they have outside of any. */
  private async placesOf(userId: string) {
    const [memberships, conversations] = await Promise.all([
      this.memberships.ofPerson(idOf(userId)),
      this.channelMembers.conversationsOf(idOf(userId)),
    ]);
    return {
      cohortIds: memberships.map((one) => one.cohortId),
      conversationIds: conversations.map((one) => one.channelId),
    };
  }
}
