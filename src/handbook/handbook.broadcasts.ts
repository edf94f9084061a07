import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { HandbookChanged } from '../contracts/handbook/handbook.js';
import { COMMONS_PLACE } from '../contracts/limits.js';
import { EventBus } from '../infra/events/event-bus.js';
import { Realtime } from '../infra/realtime/realtime.js';
import { rooms } from '../infra/realtime/rooms.js';
import { handbookChanged } from './handbook.events.js';

/** Tells a cohort's live sockets which page of its handbook is another now; those of all cohorts of that of the commons. */
@Injectable()
export class HandbookBroadcasts implements OnModuleInit {
  constructor(
    private readonly bus: EventBus,
    private readonly realtime: Realtime,
  ) {}

  onModuleInit(): void {
    this.bus.on(handbookChanged, ({ cohortId, pageId }) => {
      const payload: HandbookChanged = { cohortId, pageId };
      this.realtime.emit(
        cohortId === COMMONS_PLACE ? rooms.commons : rooms.cohort(cohortId),
        'handbook.changed',
        payload,
      );
    });
  }
}
