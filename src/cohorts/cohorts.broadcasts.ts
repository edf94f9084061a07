import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus } from '../infra/events/event-bus.js';
import { Realtime } from '../infra/realtime/realtime.js';
import { rooms } from '../infra/realtime/rooms.js';
import { memberChanged, memberJoined, memberLeft } from './cohorts.events.js';
import { Members } from './members/members.service.js';

/** Keeps the cohort rooms of live sockets as the memberships are. */
@Injectable()
export class CohortsBroadcasts implements OnModuleInit {
  constructor(
    private readonly bus: EventBus,
    private readonly realtime: Realtime,
    private readonly members: Members,
  ) {}

  onModuleInit(): void {
    this.realtime.roomsFrom((userId) => this.roomsOf(userId));
    this.bus.on(memberJoined, ({ cohortId, userId, role }) => {
      this.place(cohortId, userId, role === 'staff');
      this.realtime.emit(rooms.user(userId), 'cohort.joined', { cohortId });
    });
    this.bus.on(memberChanged, ({ cohortId, userId, role }) => this.place(cohortId, userId, role === 'staff'));
    this.bus.on(memberLeft, ({ cohortId, userId }) => {
      this.realtime.leave([userId], rooms.cohort(cohortId));
      this.realtime.leave([userId], rooms.cohortStaff(cohortId));
      this.realtime.emit(rooms.user(userId), 'cohort.left', { cohortId });
    });
  }

  private place(cohortId: string, userId: string, isStaff: boolean): void {
    this.realtime.join([userId], rooms.cohort(cohortId));
    if (isStaff) this.realtime.join([userId], rooms.cohortStaff(cohortId));
    else this.realtime.leave([userId], rooms.cohortStaff(cohortId));
  }

  private async roomsOf(userId: string): Promise<string[]> {
    const memberships = await this.members.ofPerson(userId);
    const staff = memberships.filter((membership) => membership.role === 'staff');
    return [
      ...memberships.map((one) => rooms.cohort(one.cohortId)),
      ...staff.map((one) => rooms.cohortStaff(one.cohortId)),
    ];
  }
}
