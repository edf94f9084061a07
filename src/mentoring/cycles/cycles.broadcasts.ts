import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Members } from '../../cohorts/members/members.service.js';
import type { CycleChanged } from '../../contracts/mentoring/cycles.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { Realtime } from '../../infra/realtime/realtime.js';
import { rooms } from '../../infra/realtime/rooms.js';
import { cycleChanged } from './cycles.events.js';

/** Tells the two of a cycle, and staff, that it changed: they look again. Says nothing of it. */
@Injectable()
export class CyclesBroadcasts implements OnModuleInit {
  constructor(
    private readonly bus: EventBus,
    private readonly realtime: Realtime,
    private readonly members: Members,
  ) {}

  onModuleInit(): void {
    this.bus.on(cycleChanged, async ({ cohortId, cycleId, revision, peopleIds }) => {
      const here = await this.members.among(cohortId, peopleIds);
      const payload: CycleChanged = { cohortId, cycleId, revision };
      this.realtime.emit([...here.map(rooms.user), rooms.cohortStaff(cohortId)], 'cycle.changed', payload);
    });
  }
}
