import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Members } from '../../cohorts/members/members.service.js';
import type { RequestChanged } from '../../contracts/mentoring/requests.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { Realtime } from '../../infra/realtime/realtime.js';
import { rooms } from '../../infra/realtime/rooms.js';
import { requestChanged } from './requests.events.js';

/** Tells who asked, who owns it and who owned it before that a request changed: they look again. Says nothing of it. */
@Injectable()
export class RequestsBroadcasts implements OnModuleInit {
  constructor(
    private readonly bus: EventBus,
    private readonly realtime: Realtime,
    private readonly members: Members,
  ) {}

  onModuleInit(): void {
    this.bus.on(requestChanged, async ({ cohortId, requestId, revision, peopleIds }) => {
      const here = await this.members.among(cohortId, peopleIds);
      const payload: RequestChanged = { cohortId, requestId, revision };
      this.realtime.emit([...here.map(rooms.user), rooms.cohortStaff(cohortId)], 'request.changed', payload);
    });
  }
}
