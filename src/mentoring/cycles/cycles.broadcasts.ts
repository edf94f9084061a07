import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { CycleChanged } from '../../contracts/cycles.js';
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
  ) {}

  onModuleInit(): void {
    this.bus.on(cycleChanged, ({ cohortId, cycleId, revision, peopleIds }) => {
      const payload: CycleChanged = { cohortId, cycleId, revision };
      this.realtime.emit([...peopleIds.map(rooms.user), rooms.cohortStaff(cohortId)], 'cycle.changed', payload);
    });
  }
}
