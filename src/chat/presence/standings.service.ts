import { Injectable, type OnModuleInit } from '@nestjs/common';
import { standingChanged } from '../../auth/auth.events.js';
import { presentStanding } from '../../auth/profile/standing-ends.js';
import { UsersRepository } from '../../auth/users.repository.js';
import { Members } from '../../cohorts/members/members.service.js';
import { MembershipsRepository } from '../../cohorts/members/memberships.repository.js';
import { Clock } from '../../common/times/clock.js';
import { grouped } from '../../common/grouped.js';
import type { Standing, Standings } from '../../contracts/auth/standing.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Realtime } from '../../infra/realtime/realtime.js';
import { rooms } from '../../infra/realtime/rooms.js';
import { ChannelMembersRepository } from '../channels/channel-members.repository.js';
import { isConnected } from '../direct/conversation-rule.js';

/** How people stand, for those who share a cohort or an open conversation with them, and for nobody else. */
@Injectable()
export class StandingsService implements OnModuleInit {
  constructor(
    private readonly users: UsersRepository,
    private readonly memberships: MembershipsRepository,
    private readonly belongings: Members,
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
    const { cohortIds, conversations } = await this.placesOf(userId);
    const mates = await this.memberships.inCohorts(cohortIds, { ended: false });
    const partners = conversations.flat();
    const ids = new Map(
      [...mates, ...partners, { userId: idOf(userId) }].map((one) => [String(one.userId), one.userId]),
    );
    const rows = await this.users.standings([...ids.values()], now);
    const items = rows.map((row) => ({ userId: String(row._id), ...presentStanding(row, now) }));
    return { items: items.filter(({ status, quietUntil }) => status !== null || quietUntil !== null) };
  }

  private async tell(userId: string): Promise<void> {
    const now = this.clock.now();
    const [[row], { cohortIds, conversations }] = await Promise.all([
      this.users.standings([idOf(userId)], now),
      this.placesOf(userId),
    ]);
    const standing: Standing = { userId, ...presentStanding(row ?? {}, now) };
    const to = [
      rooms.user(userId),
      ...cohortIds.map((id) => rooms.cohort(String(id))),
      ...conversations.flatMap(([first]) => (first ? [rooms.channel(String(first.channelId))] : [])),
    ];
    this.realtime.emit(to, 'standing.changed', standing);
  }

  /**
   * The cohorts somebody is in, and who is in each of their conversations outside of any. One whose people belong together no more is left out: nobody writes in
   * it, and nobody hears of the others by it.
   */
  private async placesOf(userId: string) {
    const [memberships, mine] = await Promise.all([
      this.memberships.ofPerson(idOf(userId)),
      this.channelMembers.conversationsOf(idOf(userId)),
    ]);
    const places = await this.channelMembers.inChannels(mine.map(({ channelId }) => channelId));
    const cohortsOf = await this.belongings.cohortsOf([...new Set(places.map((one) => String(one.userId)))]);
    const conversations = [...grouped(places, ({ channelId }) => String(channelId)).values()];
    return {
      cohortIds: memberships.map((one) => one.cohortId),
      conversations: conversations.filter((people) =>
        isConnected(
          people.map((one) => String(one.userId)),
          cohortsOf,
        ),
      ),
    };
  }
}
