import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus } from '../infra/events/event-bus.js';
import { Realtime } from '../infra/realtime/realtime.js';
import { rooms } from '../infra/realtime/rooms.js';
import { memberChanged, memberJoined, memberLeft } from './cohorts.events.js';
import { CommonsAccess } from './commons/commons-access.js';
import { Members } from './members/members.service.js';

/** Keeps the cohort rooms of live sockets as the memberships are. */
@Injectable()
export class CohortsBroadcasts implements OnModuleInit {
  constructor(
    private readonly bus: EventBus,
    private readonly realtime: Realtime,
    private readonly members: Members,
    private readonly commons: CommonsAccess,
  ) {}

  onModuleInit(): void {
    this.realtime.roomsFrom((userId) => this.roomsOf(userId));
    this.bus.on(memberJoined, ({ cohortId, userId, role }) => {
      this.place(cohortId, userId, role === 'staff');
      this.realtime.emit(rooms.user(userId), 'cohort.joined', { cohortId });
    });
    this.bus.on(memberChanged, ({ cohortId, userId, role }) => this.place(cohortId, userId, role === 'staff'));
    this.bus.on(memberLeft, async ({ cohortId, userId }) => {
      this.realtime.leave([userId], rooms.cohort(cohortId));
      this.realtime.leave([userId], rooms.cohortStaff(cohortId));
      this.realtime.emit(rooms.user(userId), 'cohort.left', { cohortId });
      // Who left their last cohort is in the commons no more.
      if ((await this.commons.within([userId])).length === 0) this.realtime.leave([userId], rooms.commons);
    });
  }

  private place(cohortId: string, userId: string, isStaff: boolean): void {
    this.realtime.join([userId], rooms.cohort(cohortId));
    this.realtime.join([userId], rooms.commons);
    if (isStaff) this.realtime.join([userId], rooms.cohortStaff(cohortId));
    else this.realtime.leave([userId], rooms.cohortStaff(cohortId));
  }

  private async roomsOf(userId: string): Promise<string[]> {
    const memberships = await this.members.ofPerson(userId);
    const isInCommons = memberships.length > 0 || (await this.commons.within([userId])).length > 0;
    const staff = memberships.filter((membership) => membership.role === 'staff');
    return [
      ...(isInCommons ? [rooms.commons] : []),
      ...memberships.map((one) => rooms.cohort(one.cohortId)),
      ...staff.map((one) => rooms.cohortStaff(one.cohortId)),
    ];
  }
}
