import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Members } from '../../cohorts/members/members.service.js';
import type { GoalChanged } from '../../contracts/mentoring/goals.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { Realtime } from '../../infra/realtime/realtime.js';
import { rooms } from '../../infra/realtime/rooms.js';
import { goalChanged } from './goals.events.js';

/** Tells the readers of a goal who are in the cohort, and nobody else, that it changed: they look again. */
@Injectable()
export class GoalsBroadcasts implements OnModuleInit {
  constructor(
    private readonly bus: EventBus,
    private readonly realtime: Realtime,
    private readonly members: Members,
  ) {}

  onModuleInit(): void {
    this.bus.on(goalChanged, async ({ cohortId, goalId, revision, readerIds }) => {
      const payload: GoalChanged = { cohortId, goalId, revision };
      const here = await this.members.among(cohortId, readerIds);
      this.realtime.emit(here.map(rooms.user), 'goal.changed', payload);
    });
  }
}
